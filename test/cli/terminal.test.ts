import assert from 'node:assert/strict';
import { chainCopy, cliOnTerminal, noTerminal } from '../support/cli.ts';
import { treeOf } from '../support/temp.ts';

const open = ['--added=', '--migrate=', '--binary=', '--no-test'];

describe('chain-upgrade on a terminal', function () {
  this.timeout(60_000);
  before(function () {
    const reason = noTerminal();
    if (reason) {
      console.log(`    not run: ${reason}`);
      this.skip();
    }
  });

  it('asks what is open, shows the diff, and writes after a yes', async () => {
    const cwd = chainCopy('list');
    const { status, screen } = await cliOnTerminal(
      ['new'],
      [
        { after: 'Name of the plan', keys: 'v7\r' },
        { after: 'Stores to add', keys: '\r' },
        { after: 'Modules whose state changes', keys: '\r' },
        { after: 'binaries for UpgradeInfo', keys: '\r' },
        { after: 'Write a test', keys: 'n\r' },
        { after: 'Write these 3 files?', keys: '\r' },
      ],
      { cwd },
    );
    assert.equal(status, 0, screen);
    assert.match(
      screen,
      // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with an escape
      /\x1b\[32m\+\t\tv7\.Upgrade,\x1b\[0m[\s\S]*Write these 3 files\?[\s\S]*created app\/upgrades\/v7\/constants\.go/,
    );
    assert.ok('app/upgrades/v7/upgrades.go' in treeOf(cwd));
  });

  it('asks again after a wrong answer', async () => {
    const cwd = chainCopy('list');
    const before = treeOf(cwd);
    const { status, screen } = await cliOnTerminal(
      ['new', ...open],
      [
        { after: 'Name of the plan', keys: 'v2\r' },
        { after: 'v2 exists already', keys: '\x03' },
      ],
      { cwd },
    );
    assert.equal(status, 130, screen);
    assert.deepEqual(treeOf(cwd), before);
  });

  it('writes nothing after a no: exit 1', async () => {
    const cwd = chainCopy('list');
    const before = treeOf(cwd);
    const { status, screen } = await cliOnTerminal(
      ['new', 'v7', ...open],
      [{ after: 'Write these 3 files?', keys: 'n\r' }],
      { cwd },
    );
    assert.equal(status, 1, screen);
    assert.match(screen, /nothing was written\r?\n$/);
    assert.deepEqual(treeOf(cwd), before);
  });

  it('ends quietly with 130 on Ctrl-C, wherever it is pressed', async () => {
    const cwd = chainCopy('list');
    const before = treeOf(cwd);
    for (const [args, after] of [
      [['new'], 'Name of the plan'],
      [['new', 'v7', '--migrate=', '--binary=', '--no-test'], 'Stores to add'],
      [['new', 'v7', ...open], 'Write these'],
    ] as const) {
      const { status, screen } = await cliOnTerminal(args, [{ after, keys: '\x03' }], { cwd });
      assert.equal(status, 130, screen);
      assert.ok(!/force closed|ExitPrompt|^ +at /m.test(screen), screen);
    }
    assert.deepEqual(treeOf(cwd), before);
  });

  it('does not ask with --yes, nor for an option that is wrong', async () => {
    const yes = await cliOnTerminal(['new', 'v7', '--yes'], [], { cwd: chainCopy('list') });
    assert.equal(yes.status, 0);
    assert.ok(!yes.screen.includes('?'), yes.screen);
    const wrong = await cliOnTerminal(['new', '--added', 'nosuch'], [], { cwd: chainCopy('list') });
    assert.equal(wrong.status, 2);
    assert.match(wrong.screen, /^chain-upgrade: error: .*nosuch[^\n]*\n$/);
  });

  it('asks beside its result, so that the result can be redirected, and without colours where none are wanted', async () => {
    const cwd = chainCopy('list');
    const { status, screen } = await cliOnTerminal(
      ['new', '--dry-run', ...open],
      [{ after: 'Name of the plan', keys: 'v7\r' }],
      { cwd, env: { NO_COLOR: '1' }, shell: '> plan.diff' },
    );
    assert.equal(status, 0, screen);
    assert.match(
      treeOf(cwd)['plan.diff']!,
      /^\d+ diff --git a\/app\/upgrades\/v7\/constants\.go [\s\S]*\+\t\tv7\.Upgrade,\n/,
    );
    assert.ok(!treeOf(cwd)['plan.diff']!.includes('\x1b'));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with an escape
    assert.ok(!/\x1b\[(3[0-9]|1|2)m/.test(screen), JSON.stringify(screen));
  });
});
