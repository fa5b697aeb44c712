import assert from 'node:assert/strict';
import type { Hunk, Position } from '../../../core/workspace/hunks.ts';
import { hunksBetween } from '../../../core/workspace/hunks.ts';
import { asDocumentText, mixesLineEnds } from '../../../core/workspace/line-ends.ts';

/** What an editor does with the hunks: all at once, each at its place in the old text. */
function applied(text: string, hunks: readonly Hunk[]): string {
  const lines = text.split('\n');
  const offset = ({ line, character }: Position) =>
    lines.slice(0, line).reduce((sum, l) => sum + l.length + 1, 0) + character;
  return [...hunks]
    .reverse()
    .reduce(
      (out, { from, to, text: put }) => out.slice(0, offset(from)) + put + out.slice(offset(to)),
      text,
    );
}

describe('hunksBetween', () => {
  const cases: Record<string, [before: string, after: string]> = {
    'two insertions': ['a\nb\nc\nd\n', 'a\nimport\nb\nc\nelement\nd\n'],
    'a changed line': ['a\nb\nc\n', 'a\nB\nc\n'],
    'a line at the end': ['a\nb\n', 'a\nb\nc\n'],
    'no line end at the end': ['a\nb', 'a\nb\nc\n'],
    'the last line end goes': ['a\nb\n', 'a\nb'],
    'a removed line': ['a\nb\nc\n', 'a\nc\n'],
    everything: ['a\n', 'b\n'],
    'from nothing': ['', 'a\n'],
    'to nothing': ['a\n', ''],
    'replaced and inserted nearby': ['a\nb\nc\nd\ne\n', 'x\nb\ny\nc\ne\nf\n'],
  };
  for (const [name, [before, after]] of Object.entries(cases)) {
    it(`turns one text into the other: ${name}`, () =>
      assert.equal(applied(before, hunksBetween(before, after)), after));
  }

  it('leaves alone what stays', () => {
    assert.deepEqual(hunksBetween('a\nb\nc\nd\n', 'a\nimport\nb\nc\nelement\nd\n'), [
      { from: { line: 1, character: 0 }, to: { line: 1, character: 0 }, text: 'import\n' },
      { from: { line: 3, character: 0 }, to: { line: 3, character: 0 }, text: 'element\n' },
    ]);
    assert.deepEqual(hunksBetween('a\n', 'a\n'), []);
  });
});

describe('line ends', () => {
  it('a document knows neither byte order mark nor carriage returns', () => {
    assert.equal(asDocumentText('\ufeffa\r\nb\rc\n'), 'a\nb\nc\n');
  });

  it('mixed ones are noticed', () => {
    assert.deepEqual(['a\r\nb\r\n', 'a\nb\n', 'a', 'a\r\nb\n', 'a\rb\n'].map(mixesLineEnds), [
      false,
      false,
      false,
      true,
      true,
    ]);
  });
});
