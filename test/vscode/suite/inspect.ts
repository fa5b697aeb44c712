import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { commands, window } from 'vscode';
import { closeAll, file, typeOver } from './support/editor.ts';
import { clickInPage, readPages, shot } from './support/host.ts';
import { releaseBeforeV3 } from './support/release.ts';
import { until } from './support/until.ts';

const app = () => file('app/app.go');

describe('Inspect Chain', () => {
  afterEach(closeAll);
  const show = () => commands.executeCommand('chainUpgrade.inspect');
  /** Waits until the page holds those words, and gives all of it. */
  const page = (words: string) =>
    until(`the words ${words.replace(/\W+/g, ' ')}`, async () =>
      (await readPages('main')).find(text => text.includes(words)),
    );

  it('opens a page about the chain', async () => {
    await show();
    const text = await page('What was understood of list');
    assert.match(text, /App app \(\w+\)/);
    assert.match(text, /^v3\s+registered\s+deletes tally\s+app\/upgrades\/v3\s+app\/app\.go:\d+/m);
    assert.match(text, /^berth\s+x\/berth\s+2 at x\/berth\/module\.go:\d+\s+1 → 2 at x\/berth/m);
    assert.match(text, /Not understood/);
    assert.equal(window.tabGroups.activeTabGroup.activeTab?.label, 'What was understood of list');
    await shot('inspect');
  });

  it('its places are links to the line', async () => {
    await show();
    await page('What was understood of list');
    const links = await readPages('main a');
    const place = links.find(text => text.startsWith('app/app.go:'))!;
    await clickInPage('main a:has-text("app/app.go:")');
    const editor = await until('the file', () => window.activeTextEditor);
    assert.equal(editor.document.uri.toString(), app().toString());
    assert.equal(editor.selection.active.line, Number(place.split(':')[1]) - 1);
  });

  it('shows what is typed and not saved, also when it is asked again', async () => {
    await show();
    await page('What was understood of list');
    const name = file('app/upgrades/v3/constants.go');
    await typeOver(name, '"v3"', '"v3-typed"');
    await page('v3-typed');
    await typeOver(name, '"v3-typed"', '"v3-again"');
    await show();
    await page('v3-again');
    assert.equal(
      window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(tab => tab.label.startsWith('What'))
        .length,
      1,
    );
  });

  it('draws the upgrades over the release', async () => {
    await releaseBeforeV3();
    try {
      await show();
      await page('Compared with v2.0.0');
      const words = await readPages('svg.drawing text');
      assert.deepEqual(words, ['v2', '+1', 'v2.0.0', 'v3', '−1', 'pending']);
      await shot('inspect-drawing');
    } finally {
      await rm(file('.git').fsPath, { recursive: true, force: true });
    }
  });
});
