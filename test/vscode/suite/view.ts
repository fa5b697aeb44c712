import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { commands, window, workspace } from 'vscode';
import { closeAll, file, typeOver } from './support/editor.ts';
import { press, read, shot } from './support/host.ts';
import { clearMessages } from './support/messages.ts';
import { noStep, stepTitled } from './support/quick-input.ts';
import { releaseBeforeV3 } from './support/release.ts';
import { until } from './support/until.ts';
import { clickLine, line, lines, openView, pressButton, spokenLines } from './support/view.ts';

const app = () => file('app/app.go');

describe('the view of a chain', () => {
  before(async () => {
    await releaseBeforeV3();
    await commands.executeCommand('chainUpgrade.lint');
    await clearMessages();
    await openView();
  });
  afterEach(async () => {
    await closeAll();
    await clearMessages();
  });
  after(async () => {
    await rm(file('.git').fsPath, { recursive: true, force: true });
    await commands.executeCommand('workbench.view.explorer');
  });

  it('has the upgrades of an app, and what they do with stores (pictured)', async () => {
    await line('compared with v2.0.0');
    const all = await lines();
    const one = (pattern: RegExp) =>
      assert.ok(
        all.some(text => pattern.test(text)),
        `${pattern.source}\n${all.join('\n')}`,
      );
    one(/^appCosmos SDK v0\.\d+/);
    one(/^v3pending · −1 · 1 warning$/);
    one(/^v2already in v2\.0\.0 · \+1$/);
    one(/^− tallystore deleted$/);
    one(/^registered in app\/app\.go:\d+$/);
    await shot('view', '.part.sidebar');
  });

  it('has the modules with versions and migrations', async () => {
    assert.match(await line('berth'), /^berthversion 2 \(2 in v2\.0\.0\) · 1 migration$/);
    await clickLine('berth');
    await press('ArrowRight');
    await line('1 → 2');
  });

  it('tells screen readers in words what icons and signs show', async () => {
    const spoken = await spokenLines();
    const said = (start: string) => spoken.find(text => text.startsWith(start));
    assert.equal(said('upgrade "v3"'), 'upgrade "v3", pending, deletes tally, 1 warning');
    assert.equal(said('deletes the store tally'), 'deletes the store tally');
    assert.match(said('module berth') ?? '', /^module berth, version 2 \(2 in v2\.0\.0\), 1 mig/);
    assert.ok(
      spoken.every(text => text !== ''),
      spoken.join('\n'),
    );
  });

  it('opens the line of the code', async () => {
    await clickLine('− tally');
    await until('the file', () =>
      window.activeTextEditor?.document.uri.path.endsWith('/v3/constants.go'),
    );
    const editor = window.activeTextEditor!;
    assert.match(editor.document.lineAt(editor.selection.active.line).text, /tally/);
  });

  it('follows what is typed, and counts what is found', async () => {
    await window.showTextDocument(app());
    await typeOver(app(), 'v3.Upgrade', 'v3.Upgrade, v3.Upgrade');
    await line('1 error');
    await until('the badge', async () =>
      (await read('.activitybar .badge-content')).some(text => Number(text) > 0),
    );
    await shot('view-finding');
    await closeAll();
    await until('no error', async () => !(await lines()).some(text => text.includes('error')));
  });

  it('is emptied by the setting that turns linting off, and filled when it is turned on', async () => {
    const settings = workspace.getConfiguration('chainUpgrade');
    await settings.update('lint', false);
    try {
      const words = await until('the words in the view', async () =>
        (await read('.sidebar .welcome-view-content')).find(text => text.includes('not read')),
      );
      assert.match(words, /the setting chainUpgrade\.lint is off/);
      assert.deepEqual(await lines(), []);
    } finally {
      await settings.update('lint', undefined);
    }
    await line('compared with v2.0.0');
  });

  it('starts a migration of its module without asking which', async () => {
    await pressButton('berth', 'New Migration');
    await stepTitled('New Migration: Body (2/4)');
    await press('Escape');
    await noStep();
  });

  it('starts an upgrade of its app', async () => {
    await pressButton('app', 'New Upgrade');
    await stepTitled('New Upgrade: Upgrade name (1/6)');
    await press('Escape');
    await noStep();
  });
});
