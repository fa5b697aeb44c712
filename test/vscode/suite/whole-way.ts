import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, Uri, window } from 'vscode';
import { projectRoot } from '../../support/root.ts';
import { closeAll, folder } from './support/editor.ts';
import { click, press, say, shot } from './support/host.ts';
import { clearMessages, message } from './support/messages.ts';
import { enter, stepTitled, takeOffered } from './support/quick-input.ts';
import { shows } from './support/terminal.ts';
import { changedFiles, treeOf } from './support/tree.ts';

/**
 * Everything an upgrade takes, on a chain that Go compiles: a module's migration, the upgrade, and
 * its rehearsal with real nodes.
 */
describe('the whole way', function () {
  // Each step goes on from the one before.
  this.bail(true);
  const environment = { ...process.env };
  let ended: Promise<unknown>;
  let elsewhere: string | undefined;
  const start = (command: string) => {
    ended = Promise.resolve(commands.executeCommand(`chainUpgrade.${command}`));
  };

  before(async () => {
    elsewhere = await mkdtemp(join(tmpdir(), 'chain-upgrade-elsewhere-'));
    await cp(folder().fsPath, elsewhere, { recursive: true });
  });
  after(() => {
    process.env = environment;
    return elsewhere && rm(elsewhere, { recursive: true, force: true, maxRetries: 5 });
  });
  afterEach(async () => {
    for (const terminal of window.terminals) terminal.dispose();
    await closeAll();
    await clearMessages();
  });

  /** What the command line writes, in a copy. */
  const byCommandLine = (...args: string[]) =>
    execFileSync(
      process.execPath,
      [join(projectRoot, 'dist/bundle/main.js'), ...args, '--dir', elsewhere!, '--yes'],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );

  it('migrates a message that changed, with the bytes that the command line writes', async () => {
    const before = await treeOf(folder());
    start('newMigration');
    await stepTitled('New Migration: Module (1/4)');
    await click('.quick-input-widget .quick-input-list-row:has-text("counter")');
    await stepTitled('New Migration: Body (2/4)');
    await click('.quick-input-widget .quick-input-list-row:has-text("message")');
    await stepTitled('New Migration: Old type (3/5)');
    await enter('Mark=types.MarkKey');
    await takeOffered(['New Migration: Test (4/5)']);
    await stepTitled('New Migration x/counter (5/5)');
    await press('Enter');
    await ended;
    await message('New Migration x/counter');
    byCommandLine('migration', 'counter', '--old-type', 'Mark=types.MarkKey');
    const written = changedFiles(before, await treeOf(folder()));
    assert.ok(written.includes('x/counter/migrations/v3/types/mark.pb.go'), written.join());
    assert.deepEqual(changedFiles(await treeOf(folder()), await treeOf(Uri.file(elsewhere!))), []);
  });

  it('writes the upgrade, with the bytes that the command line writes', async () => {
    start('newUpgrade');
    await stepTitled('New Upgrade: Upgrade name (1/6)');
    await enter('v3');
    await takeOffered([
      'New Upgrade: Added stores (2/6)',
      'New Upgrade: Modules (3/6)',
      'New Upgrade: Binaries (4/6)',
      'New Upgrade: Test (5/6)',
    ]);
    await stepTitled('New Upgrade v3 (6/6)');
    await press('Enter');
    await ended;
    await message('New Upgrade v3');
    byCommandLine('new', 'v3');
    assert.deepEqual(changedFiles(await treeOf(folder()), await treeOf(Uri.file(elsewhere!))), []);
  });

  it('rehearses it with real nodes', async function () {
    this.timeout(11 * 60_000);
    const why = whyNotRehearsed();
    if (why !== undefined) {
      await say(`        not rehearsed: ${why}`);
      this.skip();
    }
    // The toolchain that the chain asks for would be fetched, and compile all of the SDK anew.
    Object.assign(process.env, {
      GOTOOLCHAIN: 'local',
      CHAIN_UPGRADE_CACHE: join(elsewhere!, 'cache'),
    });
    const before = await treeOf(folder());
    start('rehearse');
    await stepTitled('Rehearse v3');
    await press('Enter');
    await ended;
    assert.equal(
      await message('Chain Upgrade: the plan v3', 10 * 60),
      'Chain Upgrade: the plan v3 passed its rehearsal.',
    );
    await shows(/^Plan v3 from v2\.0\.0 PASSED: applied at height \d+, restarted\.$/);
    await shot('rehearsed');
    assert.deepEqual(
      changedFiles(before, await treeOf(folder())),
      [],
      'the rehearsal wrote into the repository',
    );
  });
});

function whyNotRehearsed(): string | undefined {
  if (spawnSync('go', ['version']).status !== 0) return 'there is no Go on the PATH';
  if (process.env['CI'] === 'true') return undefined;
  return 'Go may compile for minutes; CI=true npm test -- vscode does it';
}
