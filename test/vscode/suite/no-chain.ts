import assert from 'node:assert/strict';
import { commands, languages, window } from 'vscode';
import { read, shot } from './support/host.ts';
import { clearMessages, message } from './support/messages.ts';
import { until } from './support/until.ts';
import { openView } from './support/view.ts';

describe('a folder without a chain', () => {
  afterEach(clearMessages);

  for (const command of [
    'chainUpgrade.newUpgrade',
    'chainUpgrade.inspect',
    // An alias: its id in earlier releases.
    'chainUpgrade.showUnderstood',
  ]) {
    it(`${command} says that there is none, and ends`, async () => {
      await commands.executeCommand(command);
      assert.equal(
        await message('Chain Upgrade:'),
        'Chain Upgrade: there is no Cosmos SDK chain in notes: no go.mod names github.com/cosmos/cosmos-sdk.',
      );
      assert.equal(window.activeTextEditor, undefined);
    });
  }

  it('is not linted, and has no status bar item', async () => {
    await commands.executeCommand('chainUpgrade.lint');
    assert.match(
      (await message('Chain Upgrade:'))!,
      /there is no Cosmos SDK app in this workspace/,
    );
    assert.deepEqual(
      languages
        .getDiagnostics()
        .flatMap(([, list]) => list.filter(d => d.source === 'chain-upgrade')),
      [],
    );
  });

  it('has a view that says so, and what to do', async () => {
    await openView();
    const words = await until('the words in the view', async () =>
      (await read('.sidebar .welcome-view-content')).find(text => text.includes('Cosmos SDK')),
    );
    assert.match(words, /^There is no Cosmos SDK app in this workspace/);
    assert.match(words, /Open Folder/);
    await shot('view-none');
    await commands.executeCommand('workbench.view.explorer');
  });
});
