import assert from 'node:assert/strict';
import { commands, languages, window } from 'vscode';
import { clearMessages, message } from './support/messages.ts';

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
});
