import assert from 'node:assert/strict';
import { commands, window, workspace } from 'vscode';
import { file, saveAll, undoIn } from './support/editor.ts';
import { click, press, readPages } from './support/host.ts';
import { leavingNothing } from './support/leaving-nothing.ts';
import { message } from './support/messages.ts';
import { noStep, step, stepTitled } from './support/quick-input.ts';
import { treeOf } from './support/tree.ts';
import { until } from './support/until.ts';

const [list, twoApps] = workspace.workspaceFolders!.map(folder => folder.uri);
const back = () => click('.quick-input-titlebar .codicon-quick-input-back');
const trees = async () => ({
  ...(await treeOf(list!)),
  ...Object.fromEntries(
    Object.entries(await treeOf(twoApps!)).map(([path, text]) => [`two/${path}`, text]),
  ),
});

let ended: Promise<unknown>;
const start = () => {
  ended = Promise.resolve(commands.executeCommand('chainUpgrade.newUpgrade'));
};

describe('several chains and several apps', () => {
  const changedSoFar = leavingNothing(trees);

  it('asks which chain, then which app, and writes there only', async () => {
    start();
    const folders = await stepTitled('New Upgrade: Folder');
    assert.deepEqual(
      folders.rows.map(row => row.split(' · ')[0]),
      ['list', 'single-two-apps'],
    );
    await press('ArrowDown', 'Enter');
    const apps = await stepTitled('New Upgrade: App');
    assert.deepEqual(
      apps.rows.map(row => row.split(' · ')[0]),
      ['app/consumer', 'app/provider'],
    );
    await press('ArrowDown', 'Enter');
    for (let last = ''; !last.startsWith('New Upgrade v'); ) {
      last = await until('the next step', async () => {
        const title = (await step())?.title;
        return title !== last && title;
      });
      await press('Enter');
    }
    await ended;
    await message('New Upgrade v');
    const changed = await changedSoFar();
    assert.ok(changed.length > 0);
    assert.deepEqual(
      changed.filter(path => !path.startsWith('two/app/provider/')),
      [],
    );
    await undoIn(file(changed[0]!.slice('two/'.length), twoApps));
    await saveAll();
  });

  it('the chain of the active editor is offered first', async () => {
    await window.showTextDocument(file('go.mod', twoApps));
    start();
    assert.match((await stepTitled('New Upgrade: Folder')).rows[0]!, /^single-two-apps/);
  });

  it('Back leads from the first question to the app, and from there to the chain', async () => {
    start();
    await stepTitled('New Upgrade: Folder');
    await press('ArrowDown', 'Enter');
    await stepTitled('New Upgrade: App');
    await press('Enter');
    await until('the first question', async () =>
      (await step())?.title.startsWith('New Upgrade: Upgrade name'),
    );
    await back();
    await stepTitled('New Upgrade: App');
    await back();
    await stepTitled('New Upgrade: Folder');
    await press('Escape');
    await ended;
    await noStep();
  });

  for (const at of ['New Upgrade: Folder', 'New Upgrade: App']) {
    it(`Escape at ${at} ends it`, async () => {
      start();
      await stepTitled('New Upgrade: Folder');
      if (at !== 'New Upgrade: Folder') {
        await press('ArrowDown', 'Enter');
        await stepTitled(at);
      }
      await press('Escape');
      await ended;
      await noStep();
    });
  }

  it('Inspect Chain asks which chain, and tells of all its apps', async () => {
    const shown = Promise.resolve(commands.executeCommand('chainUpgrade.inspect'));
    await stepTitled('Inspect Chain: Folder');
    await press('ArrowDown', 'Enter');
    await shown;
    const text = await until('the page', async () =>
      (await readPages('main')).find(words => words.includes('understood of single-two-apps')),
    );
    assert.equal(text.match(/^App /gm)?.length, 2);
  });
});
