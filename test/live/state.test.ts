import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UpgradeEffects } from '../../core/network/effects.ts';
import type { Rehearsal } from '../../core/rehearse/result.ts';
import { GoChain, run } from '../go/chain.ts';
import { askedGenerations } from '../support/asked-generations.ts';
import { projectRoot } from '../support/root.ts';
import { writeFiles } from '../support/temp.ts';
import { daemon, makeHome } from './home.ts';
import { ProcessGroup } from './process-group.ts';
import { Rpc } from './rpc.ts';
import type { Contents } from './state-contents.ts';
import { entries, hashesOf, openProposal } from './state-contents.ts';
import { waitFor } from './upgrade.ts';
import { buildVersions } from './versions.ts';

// A first build of everything the SDK brings takes minutes.
const patience = 20 * 60_000;
const plan = 'v3';
const cli = join(projectRoot, 'dist/bundle/main.js');

if (askedGenerations().includes('0.50')) {
  describe('rehearsals on the state of a chain on SDK 0.50', function () {
    this.timeout(patience);
    const work = mkdtempSync(join(tmpdir(), 'chain-upgrade-state-'));
    const cache = join(work, 'cache');
    const env = { ...process.env, CHAIN_UPGRADE_CACHE: cache, GOTOOLCHAIN: 'local' };
    const binary = join(work, 'old');
    const old = new GoChain('0.50');
    const chain = new GoChain('0.50');

    before(() => {
      // The commands of snapshots, which small chains leave out.
      for (const [before, after] of [
        [
          '\t"github.com/cosmos/cosmos-sdk/client/rpc"\n',
          '$&\t"github.com/cosmos/cosmos-sdk/client/snapshot"\n',
        ],
        [
          '\troot.AddCommand(server.StatusCommand(),',
          '\troot.AddCommand(snapshot.Cmd(newApp))\n$&',
        ],
      ] as const)
        chain.replace(
          'cmd/tinyd/main.go',
          before,
          after.replace('$&', () => before),
        );
      buildVersions(chain, plan, binary);
      chain.with('incidents');
      chain.replace(
        'app/upgrades.go',
        'upgrade.CreateUpgradeHandler(app.ModuleManager, app.configurator),',
        'app.withRewards(upgrade.CreateUpgradeHandler(app.ModuleManager, app.configurator)),',
      );
    });
    after(() => {
      old.remove();
      chain.remove();
      rmSync(work, { recursive: true, force: true, maxRetries: 5 });
    });

    /** A stopped node's home with such contents. */
    function home(
      name: string,
      { chainId = 'tiny-2', validators = 1, counter = {}, gov = {} }: Contents,
    ): string {
      const dir = join(work, name);
      old.runBlocks('TestMakesBlocks', dir, plan, {
        VALIDATORS: String(validators),
        STORE_ENTRIES: JSON.stringify({ counter, gov }),
      });
      writeFiles(dir, {
        'config/genesis.json': JSON.stringify({ chain_id: chainId, app_state: {} }),
      });
      return dir;
    }

    /** One rehearsal on a state: its exit code, result and words. */
    function rehearsed(state: string, ...more: string[]) {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [
          cli,
          'rehearse',
          '--dir',
          chain.dir,
          '--state',
          state,
          '--yes',
          '--format',
          'json',
          ...more,
        ],
        { env, encoding: 'utf8' },
      );
      const result = stdout ? (JSON.parse(stdout) as Rehearsal) : undefined;
      return { status, result, stderr };
    }

    /** Why the upgrade failed on a state of such contents. */
    function failure(name: string, contents: Contents, ...more: string[]) {
      const { status, result, stderr } = rehearsed(home(name, contents), ...more);
      assert.equal(status, 1, stderr + JSON.stringify(result));
      return result!.failure!;
    }

    it('pass where nothing is there that a fresh chain has not, and leave the state as it is', () => {
      const given = home('control', {
        validators: 2,
        counter: { ...entries('05', 3).counter, ...entries('06', 1).counter },
      });
      const before = hashesOf(given);
      const { status, result, stderr } = rehearsed(given);
      assert.equal(status, 0, stderr + JSON.stringify(result));
      assert.deepEqual(result?.state, { source: 'home', chainId: 'tiny-2', height: 5 });
      assert.deepEqual(hashesOf(given), before);
      const { changes, invariants } = result.compared;
      const counter = changes.find(({ store }) => store === 'counter');
      assert.deepEqual([counter?.explained, counter?.migrated], [true, true]);
      assert.deepEqual(
        invariants.filter(({ ok }) => !ok),
        [],
      );
      assert.equal(result.compared.appHash?.equal, true);
    });

    it('find an orphaned key', () => {
      const { step, words, store, key } = failure('orphan', { counter: { '0500': '78' } });
      assert.deepEqual([step, store, key], ['upgrade', 'counter', '0500']);
      assert.match(words, /the mark 0500 has 1 bytes, want 8/);
    });

    it("find what is only done on the network's own chain id", () => {
      assert.match(failure('main', { chainId: 'tiny-1' }).words, /the vault is empty/);
    });

    it('find a migration that cannot bear as many validators', () => {
      assert.match(
        failure('validators', { validators: 120 }).words,
        /index out of range \[100\] with length 100/,
      );
    });

    it('find the order of a map that forks the network, with store and key', () => {
      const given = home('owners', entries('06', 12));
      const { status, result, stderr } = rehearsed(given);
      assert.equal(status, 1, stderr);
      const { equal, differs } = result!.compared.appHash!;
      assert.equal(equal, false);
      assert.ok(differs.length > 0 && differs.every(({ store }) => store === 'counter'));
      assert.ok(differs.every(({ key }) => key?.startsWith('07')));
    });

    it('find a migration that is too slow for what is there', () => {
      const budget = ['--max-block-time', '250ms'];
      const small = rehearsed(home('few', entries('08', 8)), ...budget);
      assert.equal(small.status, 0, small.stderr + JSON.stringify(small.result));
      const large = rehearsed(home('many', entries('08', 1500)), ...budget);
      assert.equal(large.status, 1, large.stderr);
      const times = [small, large].map(({ result }) => result!.cost!.finalizeMs);
      assert.ok(times[1]! > 50 * times[0]!, times.join(' and '));
    });

    it('tell the proposals that wait and that the new version cannot decode', () => {
      const { gov } = openProposal(7, '/tiny.ledger.MsgBook');
      const { status, result, stderr } = rehearsed(home('proposal', { gov }));
      assert.equal(status, 0, stderr + JSON.stringify(result));
      const known = openProposal(8, '/cosmos.bank.v1beta1.MsgSend');
      const { result: control } = rehearsed(home('known', known));
      assert.deepEqual(
        [result, control].map(found => found!.compared.pending),
        [[{ what: 'proposal 7', type: '/tiny.ledger.MsgBook' }], []],
      );
    });

    it('find a store that is left out of Added, which the control has', () => {
      const file = 'app/upgrades/v3/constants.go';
      const added = '\t\t\tshelftypes.StoreKey,\n';
      const other = '\t\t\tshelftypes.StoreKey + "s",\n';
      chain.replace(file, added, other);
      try {
        const { status, result, stderr } = rehearsed(join(work, 'control'));
        assert.equal(status, 1, stderr);
        const { step, rule, words } = result!.failure!;
        assert.deepEqual([step, rule], ['upgrade', 'store-not-added']);
        assert.match(words, /store shelf /);
      } finally {
        chain.replace(file, other, added);
      }
      assert.equal(rehearsed(join(work, 'control')).status, 0);
    });

    it('take the home of a node with CometBFT, whether it was stopped or killed', async () => {
      const made = await makeHome(binary, join(work, 'comet'), {}, 'tiny-3');
      const log = join(work, 'comet.log');
      const start = () =>
        new ProcessGroup(binary, ['start', '--home', made.dir], log, { ...env, HOME: made.dir });
      const rpc = new Rpc(made.port);
      const ends: readonly ((node: ProcessGroup) => Promise<void>)[] = [
        node => node.stop(),
        node => node.crash(),
      ];
      let height = 1;
      for (const end of ends) {
        const node = start();
        const wanted = height + 10;
        await waitFor('blocks', async () => (await rpc.height()) >= wanted, node);
        const running = rehearsed(made.dir);
        assert.equal(running.status, 2, running.stderr);
        assert.match(running.stderr, /error: a node runs in .*: stop it, or give /);
        await end(node);
        const before = hashesOf(made.dir);
        const { status, result, stderr } = rehearsed(made.dir);
        assert.equal(status, 0, stderr + JSON.stringify(result));
        assert.deepEqual(hashesOf(made.dir), before);
        assert.ok(result!.state!.height >= wanted - 1, String(result!.state!.height));
        assert.equal(result!.state!.chainId, 'tiny-3');
        height = result!.state!.height;
      }
    });

    it('are told by plan --state before: stores, versions and the plan of that network', () => {
      const told = (...more: string[]) => {
        const { status, stdout, stderr } = spawnSync(
          process.execPath,
          [cli, 'plan', '--dir', chain.dir, '--format', 'json', ...more],
          { env, encoding: 'utf8' },
        );
        assert.equal(status, 0, stderr);
        return JSON.parse(stdout) as UpgradeEffects;
      };
      const given = join(work, 'control');
      const before = hashesOf(given);
      const { modules, stores, notes } = told('--state', given);
      assert.deepEqual(hashesOf(given), before);
      const counter = modules.find(({ name }) => name === 'counter');
      assert.deepEqual([counter?.from, counter?.to], [2, 3]);
      assert.deepEqual(
        stores.added.map(({ name }) => name),
        ['shelf'],
      );
      assert.match(notes[0]!, /^compared with tiny-2 at height 5, as the state in .*control says$/);
      const other = spawnSync(
        process.execPath,
        [cli, 'plan', '--dir', chain.dir, '--base', 'HEAD', '--state', given],
        { env, encoding: 'utf8' },
      );
      assert.equal(other.status, 2);
      assert.match(other.stderr, /the state is of another chain or version: it has no store /);
    });

    /** Runs a command of the old version in a copy of the control's home. */
    function command(...args: string[]): string {
      const copy = join(work, 'commands');
      cpSync(join(work, 'control'), copy, { recursive: true });
      return daemon(binary, copy, ...args);
    }

    /** What a rehearsal that passed says of its state. */
    function passed(given: string) {
      const { status, result, stderr } = rehearsed(given);
      assert.equal(status, 0, stderr + JSON.stringify(result));
      return result!.state;
    }

    it('take a data folder, an archive and an exported genesis', () => {
      const control = join(work, 'control');
      const state = { chainId: 'tiny-2', height: 5 };
      assert.deepEqual(passed(join(control, 'data')), { source: 'data', ...state });
      const archive = join(work, 'control.tar.gz');
      run('tar', ['czf', archive, '-C', work, 'control'], work);
      assert.deepEqual(passed(archive), { source: 'archive', ...state });
      const genesis = join(work, 'exported.json');
      writeFileSync(genesis, command('export'));
      assert.deepEqual(passed(genesis), { source: 'genesis', ...state });
    });

    it('take a snapshot of the SDK, once it is known of which chain it is', () => {
      const snapshot = join(work, '5-3.tar.gz');
      command('snapshots', 'export', '--height', '5');
      command('snapshots', 'dump', '5', '3', '--output', snapshot);
      const unknown = rehearsed(snapshot);
      assert.equal(unknown.status, 2);
      assert.match(unknown.stderr, /does not say of which chain it is: write it down first with/);
      chain.chainUpgrade('lock', 'tiny-2', '--base', 'v2.0.0', '--yes');
      assert.deepEqual(passed(snapshot), { source: 'snapshot', chainId: 'tiny-2', height: 5 });
    });

    it('refuse a state of another chain, and one from after the plan', () => {
      const other = join(work, 'unlike');
      cpSync(join(work, 'control'), other, { recursive: true });
      const { status, stderr } = rehearsed(other, '--from', 'HEAD');
      assert.equal(status, 2);
      assert.match(stderr, /the state is of another chain or version: it has no store /);
    });

    it('take a plan that is pending already, and refuse another', () => {
      const given = join(work, 'control');
      const halted = join(work, 'pending');
      cpSync(given, halted, { recursive: true });
      old.runBlocks('TestSchedules', halted, plan);
      const { status, result, stderr } = rehearsed(halted);
      assert.equal(status, 0, stderr + JSON.stringify(result));
      const other = join(work, 'other');
      cpSync(given, other, { recursive: true });
      old.runBlocks('TestSchedules', other, 'v9');
      const refused = rehearsed(other);
      assert.equal(refused.status, 2);
      assert.match(refused.stderr, /plan v9 is pending in the state for height \d+: /);
    });

    it('refuse what no state is, and the state of another chain, in one line', () => {
      for (const [state, message] of [
        [join(work, 'nothing'), /no such file or folder$/],
        [chain.dir, /has no application\.db: expected a stopped node's home/],
      ] as const) {
        const { status, stderr } = rehearsed(state);
        assert.equal(status, 2, stderr);
        assert.match(stderr.trim(), message);
      }
    });

    it('go on from where the old version halted on that very state', () => {
      const given = join(work, 'again');
      cpSync(join(work, 'control'), given, { recursive: true });
      const steps = () => {
        const { status, result, stderr } = rehearsed(given);
        assert.equal(status, 0, stderr);
        const { compared, state } = result!;
        return { names: result!.steps.map(({ name }) => name), compared, state };
      };
      const [first, second] = [steps(), steps()];
      const left = first.names.filter(name => !second.names.includes(name));
      assert.deepEqual(left, ['build writer', 'propose']);
      assert.deepEqual([second.compared, second.state], [first.compared, first.state]);
    });

    it('leave a state as it is, and nothing behind, wherever they are killed', async () => {
      const given = join(work, 'killed');
      cpSync(join(work, 'control'), given, { recursive: true });
      const before = hashesOf(given);
      for (const step of ['state', 'halt', 'upgrade', 'repeat', 'blocks']) {
        const rehearsal = spawn(
          process.execPath,
          [cli, 'rehearse', '--dir', chain.dir, '--state', given, '--yes', '--format', 'json'],
          { env, stdio: ['ignore', 'ignore', 'pipe'] },
        );
        const ended = new Promise(done => rehearsal.once('close', done));
        let said = '';
        rehearsal.stderr.on('data', (chunk: Buffer) => {
          said += chunk.toString();
          if (said.includes(` s  ${step} `)) rehearsal.kill('SIGKILL');
        });
        await ended;
        assert.deepEqual(hashesOf(given), before, step);
      }
      const { status, stderr } = rehearsed(given);
      assert.equal(status, 0, stderr);
      assert.deepEqual(hashesOf(given), before);
      assert.equal(existsSync(join(cache, 'rehearse/places/0/run')), false);
    });
  });
} else {
  console.log('    not run: rehearsals on state are tried on SDK 0.50 alone');
}
