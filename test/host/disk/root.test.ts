import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findRoot } from '../../../host/disk/root.ts';
import { tempDir } from '../../support/temp.ts';

describe('findRoot', () => {
  it('is the folder that holds a go.mod', async () => {
    const dir = tempDir({ 'go.mod': 'module a', 'sub/go.mod': 'module a/sub' });
    assert.equal(await findRoot(dir), dir);
    assert.equal(await findRoot(join(dir, 'sub')), join(dir, 'sub'));
  });

  it('is the folder itself where a go.mod lies deeper', async () => {
    const dir = tempDir({ 'README.md': '', 'protocol/deep/go.mod': 'module a' });
    assert.equal(await findRoot(dir), dir);
  });

  it('is the folder of the nearest go.mod above, else', async () => {
    const dir = tempDir({
      'go.mod': 'module a',
      'x/go.mod': 'module a/x',
      'x/bank/keeper/keeper.go': 'package keeper',
      'app/app.go': 'package app',
    });
    assert.equal(await findRoot(join(dir, 'x/bank/keeper')), join(dir, 'x'));
    assert.equal(await findRoot(join(dir, 'app')), dir);
  });

  it('does not take what other tools fetched for a module of the repository', async () => {
    const dir = tempDir({
      'go.mod': 'module a',
      'web/node_modules/p/go.mod': 'module p',
      'web/vendor/v/go.mod': 'module v',
      'web/.cache/go.mod': 'module c',
    });
    assert.equal(await findRoot(join(dir, 'web')), dir);
  });

  it('is not misled by a link that goes round', async () => {
    const dir = tempDir({ 'go.mod': 'module a', 'app/app.go': 'package app' });
    symlinkSync('..', join(dir, 'app/loop'));
    assert.equal(await findRoot(join(dir, 'app')), dir);
  });

  it('says what is missing', async () => {
    const dir = tempDir({ 'a.txt': '' });
    await assert.rejects(findRoot(join(dir, 'nowhere')), {
      message: `no such folder: ${join(dir, 'nowhere')}`,
    });
    await assert.rejects(findRoot(join(dir, 'a.txt')), /a\.txt is not a folder/);
    await assert.rejects(findRoot(dir), /no go\.mod in, below or above .*--dir$/);
  });
});
