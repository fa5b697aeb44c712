import assert from 'node:assert/strict';
import { importPaths } from '../../../../core/go/source/import-block.ts';

describe('importPaths', () => {
  it('reads the declarations of a file, whatever stands in their comments', () => {
    const text = [
      'package a',
      'import "one" // import "none"',
      'import (',
      '\t// of the store (see below) "none"',
      '\tb "two" /* ) "none" */; . "three"',
      '\t_ `four`',
      '\t// a "quote and http://x.org',
      '\t"five"',
      ')',
      'import c "six"',
      'const text = "import"',
    ].join('\n');
    assert.deepEqual(importPaths(text).sort(), ['five', 'four', 'one', 'six', 'three', 'two']);
  });

  it('reads those that gofmt would write otherwise', () => {
    assert.deepEqual(importPaths('package a\nimport"one"\nimport. "two"\n'), ['one', 'two']);
    assert.deepEqual(importPaths('package a\nimportant "one"\n'), []);
  });

  it('ends where a comment and a string are open', () => {
    const open = `package a\nimport (\n${'/* a */ '.repeat(60)}"one\n`;
    assert.deepEqual(importPaths(open), []);
  });

  it('gives none where a declaration does not end', () => {
    assert.deepEqual(importPaths('package a\n\nimport (\n\t"one"\n\t// )\n'), []);
  });
});
