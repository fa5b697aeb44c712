import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chainToRehearse, rehearsed } from '../support/rehearsed.ts';

const file = 'upgrades.checks/v3.json';

describe('chain-upgrade rehearse, with checks of its own', function () {
  this.timeout(60_000);
  let dir: string;
  before(() => {
    dir = chainToRehearse();
    mkdirSync(join(dir, 'upgrades.checks'));
  });
  afterEach(() => {
    rmSync(join(dir, file));
  });

  const write = (...checks: object[]) =>
    writeFileSync(join(dir, file), JSON.stringify({ checks }, null, 2));
  const key = { store: 'bank', key: '01' };
  const values = { old: '0a', new: '0b' };

  for (const way of [[], ['--validator']]) {
    it(`asks the halted old and the new version ${way.join('')}`, () => {
      write(
        { name: 'there', ...key, expect: 'exists' },
        { name: 'new', ...key, expect: { becomes: '0b' } },
      );
      const { status, stderr, result } = rehearsed(dir, { values }, ...way);
      assert.equal(status, 0, stderr);
      assert.deepEqual(result().compared.checks, [
        { name: 'there', ok: true, before: '0a', after: '0b' },
        { name: 'new', ok: true, before: '0a', after: '0b' },
      ]);
    });
  }

  it('exits 1 where one fails, with where it is written', () => {
    write({ name: 'there', ...key, expect: 'exists' }, { name: 'kept', ...key, expect: 'same' });
    const { status, result } = rehearsed(dir, { values });
    assert.equal(status, 1);
    const { compared, failure } = result();
    assert.deepEqual(
      compared.checks.map(({ ok }) => ok),
      [true, false],
    );
    assert.deepEqual(failure, {
      step: 'compare',
      words: 'check "kept": it was "0a" and is "0b"',
      rule: null,
      file,
      line: 9,
      fix: null,
    });
  });

  it('refuses a wrong one before anything is built', () => {
    write({ name: 'kept', ...key, expect: 'equal' });
    const { status, stderr, calls } = rehearsed(dir, { values });
    assert.equal(status, 2);
    assert.match(stderr, /upgrades\.checks\/v3\.json:7: "expect" has to be "same", "exists", /);
    assert.equal(calls().length, 0);
  });
});
