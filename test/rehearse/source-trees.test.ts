import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { workingSource } from '../../rehearse/source-trees.ts';
import { History } from '../support/git.ts';
import { tempDir } from '../support/temp.ts';

describe('the trees of a rehearsal', () => {
  it('are laid out by nobody any more once that failed: what is removed then stays away', async () => {
    // No path may be longer than this: the file that is copied first cannot be written where its
    // folders are that deep.
    const longest = process.platform === 'linux' ? 4096 : 1024;
    const folders = (share: number) =>
      Array.from({ length: 20 }, () => 'd'.repeat((longest * share) / 20 - 1)).join('/');
    const root = tempDir({
      ...Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`a/${i}.go`, 'package a\n'])),
      [`z/${folders(0.7)}/a.go`]: 'package z\n',
    });
    new History(root).commit();
    const place = join(tempDir(), folders(0.3));
    const source = await workingSource(root);
    await assert.rejects(
      source.lay(place),
      /^Error: z\/d[^ ]*a\.go cannot be copied to build from: the name is too long$/,
    );
    rmSync(place, { recursive: true, force: true });
    await new Promise(resolve => setTimeout(resolve, 300));
    assert.equal(existsSync(place), false);
  });
});
