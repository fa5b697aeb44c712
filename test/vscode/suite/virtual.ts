import assert from 'node:assert/strict';
import { commands, Uri, workspace } from 'vscode';
import { closeAll, saveAll, undoIn } from './support/editor.ts';
import { press } from './support/host.ts';
import { MemoryFs } from './support/memory-fs.ts';
import { clearMessages, message } from './support/messages.ts';
import { step, stepTitled } from './support/quick-input.ts';
import { changedFiles, treeOf } from './support/tree.ts';
import { until } from './support/until.ts';

const root = Uri.parse('memory:/harbor');

describe('a chain that lies on no disk', () => {
  const fs = new MemoryFs();
  const registered = workspace.registerFileSystemProvider('memory', fs, { isCaseSensitive: true });
  const stored = () =>
    Object.fromEntries(
      [...fs.files].map(([path, { bytes }]) => [
        path.slice('/harbor/'.length),
        Buffer.from(bytes).toString('latin1'),
      ]),
    );

  before(async () => {
    for (const [path, text] of Object.entries(await treeOf(workspace.workspaceFolders![0]!.uri))) {
      fs.writeFile(Uri.joinPath(root, path), Buffer.from(text, 'latin1'));
    }
    // After the others: a change of the first folder would start the extension host anew.
    workspace.updateWorkspaceFolders(workspace.workspaceFolders!.length, 0, {
      uri: root,
      name: 'harbor',
    });
    await until('the folder', () =>
      workspace.workspaceFolders!.some(folder => folder.name === 'harbor'),
    );
  });

  after(async () => {
    await closeAll();
    await clearMessages();
    workspace.updateWorkspaceFolders(workspace.workspaceFolders!.length - 1, 1);
    await until(
      'the folder to go',
      () => !workspace.workspaceFolders!.some(folder => folder.name === 'harbor'),
    );
    registered.dispose();
  });

  it('gets its upgrade, without git, and one undo takes it back', async () => {
    const before = stored();
    const ended = Promise.resolve(commands.executeCommand('chainUpgrade.newUpgrade'));
    await stepTitled('New Upgrade: Folder');
    await press('ArrowDown', 'ArrowDown', 'Enter');
    for (let i = 1; i <= 5; i++) {
      await until(`step ${i}`, async () => (await step())?.title.endsWith(`(${i}/6)`));
      await press('Enter');
    }
    const preview = await stepTitled('New Upgrade v4 (6/6)');
    assert.ok(
      preview.rows.some(row =>
        row.includes('not compared with a release: the files are not on a disk'),
      ),
      preview.rows.join('\n'),
    );
    await press('Enter');
    await ended;
    await message('New Upgrade v4: 3 files written');
    assert.deepEqual(changedFiles(before, stored()), [
      'app/app.go',
      'app/upgrades/v4/constants.go',
      'app/upgrades/v4/upgrades.go',
    ]);
    await undoIn(Uri.joinPath(root, 'app/app.go'));
    await saveAll();
    assert.deepEqual(changedFiles(before, stored()), []);
  });
});
