import assert from 'node:assert/strict';
import { closeAll, folder } from './editor.ts';
import { press } from './host.ts';
import { clearMessages } from './messages.ts';
import { step } from './quick-input.ts';
import { changedFiles, treeOf } from './tree.ts';

/**
 * Has every test of the suite around it end without a wizard, an editor, a message or a changed
 * file; gives what tells the files that a test has changed so far. The files are those of the first
 * folder unless told.
 */
export function leavingNothing(files = () => treeOf(folder())): () => Promise<string[]> {
  let before: Record<string, string>;
  const changed = async () => changedFiles(before, await files());
  beforeEach(async () => {
    before = await files();
  });
  afterEach(async () => {
    while (await step()) await press('Escape');
    await closeAll();
    await clearMessages();
    assert.deepEqual(await changed(), [], 'the test left something behind');
  });
  return changed;
}
