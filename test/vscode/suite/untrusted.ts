import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { commands, tasks, window, workspace } from 'vscode';
import { file, onDisk } from './support/editor.ts';
import { press, shot } from './support/host.ts';
import { clearMessages, message } from './support/messages.ts';
import { noStep, step, stepTitled } from './support/quick-input.ts';
import { release } from './support/release.ts';
import { until } from './support/until.ts';

describe('a workspace that is not trusted', () => {
  after(() => rm(file('.git').fsPath, { recursive: true, force: true }));

  it('gets its upgrade planned without git, and is told so', async () => {
    assert.equal(workspace.isTrusted, false);
    const keys = file('app/keepers/keys.go');
    await release('v3.0.0', keys, (await onDisk(keys))!);
    const ended = Promise.resolve(commands.executeCommand('chainUpgrade.newUpgrade'));
    for (let i = 1; i <= 5; i++) {
      await until(`step ${i}`, async () => (await step())?.title.endsWith(`(${i}/6)`));
      await press('Enter');
    }
    const preview = await stepTitled('New Upgrade v4 (6/6)');
    assert.ok(
      preview.rows.some(row =>
        row.includes('not compared with a release: the workspace is not trusted'),
      ),
      preview.rows.join('\n'),
    );
    await press('Escape');
    await ended;
    await noStep();
  });

  it('is not rehearsed, and is told why', async () => {
    await commands.executeCommand('chainUpgrade.rehearse');
    assert.equal(
      await message('Chain Upgrade: a rehearsal'),
      'Chain Upgrade: a rehearsal builds and runs what is in this workspace, and the workspace is not trusted.',
    );
    assert.equal(window.terminals.length, 0);
    await shot('rehearse-untrusted');
    await clearMessages();
  });

  it('is offered no task', async () => {
    // The editor itself does not answer before the workspace is trusted; should one answer, it has
    // to be without ours.
    const soon = new Promise<readonly unknown[]>(done => setTimeout(() => done([]), 3000));
    assert.deepEqual(await Promise.race([tasks.fetchTasks({ type: 'chain-upgrade' }), soon]), []);
  });
});
