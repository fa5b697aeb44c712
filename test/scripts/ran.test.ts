import assert from 'node:assert/strict';
import type { RanResult } from '../../scripts/corpus/ran-page.ts';
import { isRight, ranSection } from '../../scripts/corpus/ran-page.ts';
import { readRan } from '../../scripts/corpus/ran-table.ts';

const release = { repository: 'harbor/harbor', tag: 'v2.0.0', plan: 'v2', height: '100' };
const result: RanResult = {
  release,
  base: 'v1.0.0',
  seen: true,
  pending: ['v2'],
  errors: [],
  warnings: 0,
};

describe('the table of releases that ran', () => {
  it('is read, or refused by its line', () => {
    const head = 'repository\ttag\tplan\theight\n';
    assert.deepEqual(readRan(`${head}harbor/harbor\tv2.0.0\tv2\t100\n`), [release]);
    assert.throws(
      () => readRan(`${head}harbor/harbor\tv2.0.0\n`),
      /^Error: line 2 does not have 4 values$/,
    );
    assert.throws(() => readRan('a\tb\n'), /^Error: the first line has to be/);
  });

  it('shows what is open', () => {
    assert.equal(isRight(result), true);
    const unseen = { ...result, seen: false, pending: [] };
    assert.equal(isRight(unseen), false);
    const page = ranSection([result, unseen]);
    assert.match(page, /^\nOf 2 releases .* the plan is seen in 1, and 2 have no error/);
    assert.match(
      page,
      /\| harbor\/harbor@v2\.0\.0 \| v1\.0\.0 \| v2 \| no; new are none \| none \|/,
    );
  });
});
