import assert from 'node:assert/strict';
import { readSelection } from '../../scripts/test/selection.ts';
import type { Suite } from '../../scripts/test/suites.ts';

describe('what npm test runs', () => {
  const suites = [suite('unit', ['test/a.test.ts', 'test/b/c.test.ts']), suite('check', [])];
  const selected = (...args: string[]) =>
    readSelection(args, suites, { root: '/root', cwd: '/root/test' }).runs.map(
      run => `${run.name}: ${run.args.join(' ')}`,
    );

  it('is everything, or the suites that are named', () => {
    assert.deepEqual(selected(), ['unit: all', 'check: all']);
    assert.deepEqual(selected('check'), ['check: all']);
  });

  it('is a file or a folder, from where it was called or from the root', () => {
    assert.deepEqual(selected('test/b/c.test.ts'), ['unit: test/b/c.test.ts']);
    assert.deepEqual(selected('b/'), ['unit: test/b/c.test.ts']);
    assert.deepEqual(selected('./a.test.ts', 'b'), ['unit: all']);
  });

  it('is the tests with a title, of suites that have tests', () => {
    assert.deepEqual(selected('--grep', 'x y'), ['unit: grep=x y test/a.test.ts test/b/c.test.ts']);
  });

  it('is refused with the names of the suites', () => {
    assert.throws(() => selected('b/no.test.ts'), {
      message: 'there is no suite and no test file "b/no.test.ts"; the suites are unit, check',
    });
    assert.throws(() => selected('--nothing'), /--nothing/);
  });
});

function suite(name: string, files: readonly string[]): Suite {
  return {
    name,
    files,
    args: ['all'],
    select: (some, grep) => [...(grep === undefined ? [] : [`grep=${grep}`]), ...some],
    missing: () => undefined,
    minutes: 1,
  };
}
