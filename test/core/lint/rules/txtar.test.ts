import assert from 'node:assert/strict';
import { parseArchive } from '../../../support/txtar.ts';

describe('a text archive', () => {
  it('is a comment and files', () => {
    assert.deepEqual(parseArchive('One.\nTwo.\n-- a/b.go --\npackage b\n\n-- c d --\nx\n'), {
      comment: 'One.\nTwo.\n',
      files: [
        { name: 'a/b.go', text: 'package b\n\n' },
        { name: 'c d', text: 'x\n' },
      ],
    });
  });

  it('may lack either, and the last line break', () => {
    assert.deepEqual(parseArchive('Only words'), { comment: 'Only words\n', files: [] });
    assert.deepEqual(parseArchive('-- a --\nx'), {
      comment: '',
      files: [{ name: 'a', text: 'x\n' }],
    });
    assert.deepEqual(parseArchive('-- a --\n-- b --\n').files, [
      { name: 'a', text: '' },
      { name: 'b', text: '' },
    ]);
  });

  it('takes no other line for the beginning of a file', () => {
    const lines = ' -- a --\n--a--\n-- b\n// -- c --\n';
    assert.deepEqual(parseArchive(lines), { comment: lines, files: [] });
  });

  it('reads line ends of Windows as others', () =>
    assert.deepEqual(parseArchive('w\r\n-- a --\r\nx\r\n'), {
      comment: 'w\n',
      files: [{ name: 'a', text: 'x\n' }],
    }));

  it('has each file once', () =>
    assert.throws(() => parseArchive('-- a --\n-- b --\n-- a --\n'), /a comes twice/));
});
