import assert from 'node:assert/strict';
import { rules } from '../../../core/lint/all.ts';
import { generations } from '../../go/generations.ts';
import { isExplained } from '../../truth/explained.ts';
import { exempt, pageOf, readPage } from '../../truth/page.ts';
import { isOf, readRecord } from '../../truth/record.ts';
import { rowsOf } from '../../truth/rows.ts';
import { Versions } from '../../truth/versions.ts';

const record = readRecord();

describe('every rule that reports errors', () => {
  it('was shown on a node, or is exempt with a reason', () => {
    const shown = new Set(
      generations.flatMap(generation => rowsOf(generation)).map(({ rule }) => rule),
    );
    const errors = rules.filter(({ severity }) => severity === 'error').map(({ name }) => name);
    assert.deepEqual(
      errors.filter(name => !shown.has(name) && !(name in exempt)),
      [],
    );
    assert.deepEqual(
      Object.keys(exempt).filter(name => shown.has(name) || !errors.includes(name)),
      [],
    );
  });
  it('was shown on the generation that CI runs', () => assert.ok(record['0.50']));
  it('has its words on the page', () =>
    assert.equal(readPage(), pageOf(record), 'run `npm run test:truth`'));
});

for (const generation of generations.filter(one => record[one])) {
  describe(`what a node on SDK ${generation} said`, function () {
    this.timeout(60_000);
    let versions: Versions | undefined;
    before(() => {
      versions = new Versions(generation);
    });
    after(() => versions?.remove());

    for (const row of rowsOf(generation)) {
      it(`leads to ${row.rule}: ${row.mistake}`, async () => {
        const said = record[generation]?.find(one => isOf(one, row));
        assert.ok(said, `nothing is known: run \`npm run test:truth -- ${generation}\``);
        isExplained(await versions!.read(row), row, said);
      });
    }
  });
}
