import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, languages, window, workspace } from 'vscode';
import { runningProcesses } from '../../../rehearse/process-table.ts';
import type { FakeNode } from '../../support/fake-go.ts';
import { fakeGo } from '../../support/fake-go.ts';
import { closeAll, file, folder, onDisk, saveAll, typeOver, undoIn } from './support/editor.ts';
import { click, press, read, readPages, shot } from './support/host.ts';
import { clearMessages, message } from './support/messages.ts';
import { noStep, stepTitled } from './support/quick-input.ts';
import { releaseBeforeV3 } from './support/release.ts';
import { shows } from './support/terminal.ts';
import { changedFiles, treeOf } from './support/tree.ts';
import { until } from './support/until.ts';

const app = () => file('app/app.go');

describe('Rehearse', () => {
  const environment = { ...process.env };
  let work: string;
  let cache: string;
  let tree: Record<string, string>;
  let ended: Promise<unknown>;

  before(async () => {
    await releaseBeforeV3();
    tree = await treeOf(folder());
    // Another test's task has left its terminal open.
    for (const terminal of window.terminals) terminal.dispose();
    await until('no terminal', () => window.terminals.length === 0);
  });
  after(() => rm(file('.git').fsPath, { recursive: true, force: true }));

  beforeEach(async () => {
    work = await mkdtemp(join(tmpdir(), 'chain-upgrade-rehearse-'));
  });
  afterEach(async () => {
    for (const terminal of window.terminals) terminal.dispose();
    await closeAll();
    await clearMessages();
    process.env = { ...environment };
    assert.deepEqual(
      changedFiles(tree, await treeOf(folder())),
      [],
      'the test left something behind',
    );
    await rm(work, { recursive: true, force: true });
  });

  /** Starts the command; what it builds are nodes without a chain. */
  const start = (node: FakeNode) => {
    const { env } = fakeGo(node, work);
    Object.assign(process.env, env);
    cache = env.CHAIN_UPGRADE_CACHE;
    ended = Promise.resolve(commands.executeCommand('chainUpgrade.rehearse'));
  };
  const agree = async () => {
    await stepTitled('Rehearse v3');
    await press('Enter');
    await ended;
  };
  const nothingIsLeft = () =>
    until(
      'nothing to be left',
      () =>
        readdirSync(join(cache, 'rehearse/places/0')).length === 0 &&
        !runningProcesses().some(
          ({ pid, told }) => pid !== process.pid && told.includes(`${cache}/rehearse/places`),
        ),
    );

  it('asks to save first; cancelled it does nothing', async () => {
    const document = await typeOver(app(), 'package app', '// Not saved.\npackage app');
    start({});
    const { rows } = await stepTitled('Rehearse: Save');
    assert.deepEqual(
      [rows.length, /Save/.test(rows[0]!), /Cancel/.test(rows[1]!), /app\/app\.go/.test(rows[2]!)],
      [3, true, true, true],
      rows.join('\n'),
    );
    await shot('rehearse-save');
    await press('Escape');
    await ended;
    await noStep();
    assert.deepEqual(
      [document.isDirty, window.terminals.length, existsSync(join(cache, 'rehearse'))],
      [true, 0, false],
    );
  });

  it('shows what would be run; cancelled it does nothing', async () => {
    start({});
    const { rows } = await stepTitled('Rehearse v3');
    assert.match(
      rows.join(' '),
      /Plan v3, from v2\.0\.0 to the working tree\. .*Builds v2\.0\.0 \(\.\/cmd\/harbord\) .*Nothing is written into the repository\./,
    );
    await shot('rehearse-confirm');
    await press('ArrowDown', 'Enter');
    await ended;
    await noStep();
    assert.deepEqual([window.terminals.length, existsSync(join(cache, 'rehearse'))], [0, false]);
  });

  it('saves, and rehearses in a terminal (pictured)', async () => {
    const text = (await onDisk(app()))!;
    const document = await typeOver(app(), 'package app', '// Saved.\npackage app');
    try {
      start({ gone: ['tally'] });
      await stepTitled('Rehearse: Save');
      await press('Enter');
      await stepTitled('Rehearse v3');
      assert.equal(document.isDirty, false);
      await agree();
      await shows(/^ +[\d.]+ s {2}build new \([\d.]+ s\)$/);
      await shows(/^Plan v3 from v2\.0\.0 PASSED: applied at height \d+, restarted\.$/);
      await message('Chain Upgrade: the plan v3 passed its rehearsal.');
      await click('.notifications-list-container a:has-text("Show Report")');
      await until('the report', async () =>
        (await readPages('main, body')).some(page => page.includes('Rehearsal of v3')),
      );
      await clearMessages();
      await shot('report', '.part.editor');
      await shot('rehearse-passed');
      await nothingIsLeft();
      window.activeTerminal!.sendText(' ', false);
      await until('the terminal to close', () => window.terminals.length === 0);
    } finally {
      await workspace.fs.writeFile(app(), Buffer.from(text, 'latin1'));
      await until('the file as it was', () => document.getText().startsWith(text.slice(0, 20)));
    }
  });

  it('says why the upgrade failed, and opens the line', async () => {
    start({
      panic:
        "failed to load latest version: version of store berths mismatch root store's version; expected 32 got 0; new stores should be added using StoreUpgrades",
    });
    await agree();
    await shows(/^ +at: +app\/.*\.go:\d+$/);
    const said = await message(
      'Chain Upgrade: the plan v3 failed its rehearsal at upgrade: failed to load latest version: version of store berths mismatch',
    );
    assert.match(said, /\. To fix it: /);
    await shot('rehearse-failed');
    const [button] = await read('.notifications-list-container a:has-text("Open app/")');
    const [, path, line] = /^Open (\S+):(\d+)$/.exec(button!)!;
    await click('.notifications-list-container a:has-text("Open app/")');
    await until(
      'the line',
      () =>
        window.activeTextEditor?.document.uri.toString() === file(path!).toString() &&
        window.activeTextEditor.selection.active.line === Number(line) - 1,
    );
    const marks = () =>
      languages
        .getDiagnostics(file(path!))
        .filter(({ source }) => source === 'chain-upgrade rehearse');
    const [mark] = marks();
    assert.equal(mark?.range.start.line, Number(line) - 1);
    assert.match(mark.message, /^the plan v3 failed its rehearsal at upgrade: .*\nto fix it: /);
    await shot('rehearse-mark');
    await typeOver(file(path!), 'package ', '// Mended.\npackage ');
    await saveAll();
    assert.deepEqual(marks(), []);
    await undoIn(file(path!));
    await saveAll();
    await nothingIsLeft();
  });

  for (const [how, end] of [
    ['Ctrl-C', () => window.activeTerminal!.sendText('\x03', false)],
    ['closing the terminal', () => window.activeTerminal!.dispose()],
  ] as const) {
    it(`ends everything by ${how}`, async () => {
      start({ build: 60 });
      await agree();
      await shows(/build old … [1-9] s/);
      assert.ok(
        runningProcesses().some(({ told }) =>
          told.includes(`${cache}/rehearse/places/0/run/old-bin`),
        ),
      );
      end();
      await nothingIsLeft();
      if (how === 'Ctrl-C') await shows(/^Stopped: nothing of it runs any more\.$/);
    });
  }
});
