import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GoChain } from '../go/chain.ts';
import { askedGenerations } from '../support/asked-generations.ts';
import { History } from '../support/git.ts';
import { failedStart } from './broken.ts';
import { buildCosmovisor, startCosmovisor } from './cosmovisor.ts';
import type { Home } from './home.ts';
import { daemon, makeHome } from './home.ts';
import { ProcessGroup } from './process-group.ts';
import { Rpc } from './rpc.ts';
import { proposeUpgrade, waitFor } from './upgrade.ts';

// A first build of everything the SDK brings takes minutes.
const patience = 40 * 60_000;
const versionPackage = 'github.com/cosmos/cosmos-sdk/version';

/** A handler that expects a version that the network does not have. */
const migrations = '\t\ttoVM, err := mm.RunMigrations(';
const expectation =
  '\t\tif err := appversion.Expect(fromVM, map[string]uint64{"counter": 1}); err != nil {\n' +
  '\t\t\treturn nil, err\n\t\t}\n';
const importOfGuard: [before: string, after: string] = [
  '\t"fmt"\n',
  '\t"fmt"\n\n\t"example.com/tiny/app/appversion"\n',
];

/** A handler whose result depends on the record of the node that runs it. */
const returned = '\t\treturn toVM, nil\n';
const storingRecord =
  '\t\trecord, err := appversion.Load(filepath.Join(os.Getenv("HOME"), "data"))\n' +
  '\t\tif err != nil {\n\t\t\treturn nil, err\n\t\t}\n' +
  '\t\ttoVM["recorded"] = uint64(len(record.History))\n';
const importOfRecord =
  '\t"fmt"\n\t"os"\n\t"path/filepath"\n\n\t"example.com/tiny/app/appversion"\n';

interface Entry {
  readonly version: number;
  readonly from_height: number;
  readonly upgrade?: string;
  readonly software?: string;
}

/** What a command of a node did in a home. */
interface Ran {
  readonly code: number | null;
  readonly words: string;
}

for (const generation of askedGenerations()) {
  describe(`the version guard on a node of SDK ${generation}`, function () {
    this.timeout(patience);
    this.bail(true);
    const work = mkdtempSync(join(tmpdir(), 'chain-upgrade-guard-'));
    const [one, two, three] = [join(work, 'one'), join(work, 'two'), join(work, 'three')];
    const [plain, stale] = [join(work, 'plain'), join(work, 'stale')];
    const reading = join(work, 'reading');
    const cosmovisor = join(work, 'cosmovisor');
    const chain = new GoChain(generation);
    const nodes: ProcessGroup[] = [];
    let home: Home;
    let node: ProcessGroup;
    let height: number;
    after(async () => {
      for (const each of nodes) await each.stop();
      chain.remove();
      rmSync(work, { recursive: true, force: true });
    });

    const start = (binary: string, dir: string, ...more: string[]) => {
      const args = ['start', '--home', dir, '--log_no_color', ...more];
      const log = join(dir, `log-${nodes.length}`);
      const started = new ProcessGroup(binary, args, log, { ...process.env, HOME: dir });
      nodes.push(started);
      return started;
    };
    const beyond = async (wanted: number) => {
      const isThere = async () => (await new Rpc(home.port).height()) >= wanted;
      await waitFor(`height ${wanted}`, isThere, node, 120);
    };
    /** A copy of the home as it is, with the same ports: one node runs at a time. */
    const copyOf = (name: string, from = home.dir) => {
      const to = join(work, name);
      cpSync(from, to, { recursive: true, filter: source => !source.endsWith('.sock') });
      return to;
    };
    const build = (to: string, version: string) =>
      void chain.go(
        ...['build', '-ldflags', `-s -w -X ${versionPackage}.Version=${version}`],
        ...['-o', to, './cmd/tinyd'],
      );

    it('is written, and raised by each new upgrade', () => {
      const history = new History(chain.dir);
      history.commit('v1.0.0');
      history.commit();
      chain.chainUpgrade('guard', '--yes');
      history.commit('v1.0.1');
      build(one, 'v1.0.1');
      history.commit();
      chain.chainUpgrade('new', 'v3', '--yes');
      history.commit('v3.0.0');
      build(two, 'v3.0.0');
      history.commit();
      chain.replace('cmd/tinyd/main.go', 'export, guardStart)', 'export, func(*cobra.Command) {})');
      build(plain, 'v3.0.0');
      chain.replace('cmd/tinyd/main.go', 'export, func(*cobra.Command) {})', 'export, guardStart)');
      const handler = 'app/upgrades/v3/upgrades.go';
      chain
        .replace(handler, migrations, `${expectation}${migrations}`)
        .replace(handler, ...importOfGuard);
      const lint = () => chain.chainUpgrade('lint', '--base', 'v1.0.1');
      assert.throws(lint, /error expected-versions-stale counter is at version 2 in v1\.0\.1/);
      build(stale, 'v3.0.0');
      chain
        .replace(handler, `${expectation}${migrations}`, migrations)
        .replace(handler, importOfGuard[1], importOfRecord)
        .replace(handler, returned, `${storingRecord}${returned}`);
      assert.throws(lint, /error app-version-in-state-machine Load reads a file of this node/);
      build(reading, 'v3.0.0');
      chain
        .replace(handler, `${storingRecord}${returned}`, returned)
        .replace(handler, importOfRecord, importOfGuard[0]);
      chain.chainUpgrade('new', 'v4', '--yes');
      build(three, 'v4.0.0');
      const { apps } = JSON.parse(chain.chainUpgrade('inspect', '--format', 'json')) as {
        apps: { guard: { current: number; releases: { upgrades: string[] }[] } }[];
      };
      const { current, releases } = apps[0]!.guard;
      assert.deepEqual([current, releases.map(row => row.upgrades)], [3, [[], ['v3'], ['v4']]]);
      buildCosmovisor(cosmovisor);
    });

    it('records the app version where nothing is recorded (seed 2)', async () => {
      home = await makeHome(one, join(work, 'home'));
      node = start(one, home.dir);
      await beyond(10);
      assert.match(
        node.log(),
        /the app version is not checked: application\.db holds no committed/,
      );
      await node.stop();
      assert.deepEqual(historyIn(home.dir), []);
      node = start(one, home.dir);
      await beyond(14);
      const [entry, ...others] = historyIn(home.dir);
      assert.deepEqual([entry?.version, entry?.software, others], [1, 'v1.0.1', []]);
      assert.ok(entry!.from_height >= 9, JSON.stringify(entry));
    });

    it('refuses an older state, and says which migration it lacks (seed 1, 4)', async () => {
      await node.stop();
      const refused = run(two, home.dir, 'start');
      assert.equal(refused.code, 1);
      assert.match(refused.words, /app version mismatch at height \d+\n {2}this binary: 2 \(v3\)/);
      assert.match(refused.words, /the state: {3}1 \(v1\.0\.1\)/);
      assert.match(
        refused.words,
        /a migration has not happened yet: run app version 1 \(v1\.0\.1\)/,
      );
      assert.match(refused.words, /are sure .* tinyd app-version set 2 --expect 1/);
      assert.doesNotMatch(refused.words, /Usage:/);
      assert.equal(preUpgrade(two, home.dir).code, 30);
      node = start(one, home.dir);
      await beyond(18);
    });

    it('refuses a binary of a later upgrade at the height of an earlier one', async () => {
      height = await proposeUpgrade(one, home, node, 'v3');
      const needed = `UPGRADE "v3" NEEDED at height: ${height}`;
      await waitFor('the halt', () => node.log().includes(needed), node, 120);
      await node.stop();
      const refused = run(three, home.dir, 'start');
      assert.equal(refused.code, 1);
      assert.match(refused.words, /upgrade "v3" is the next block and needs app version 2 \(v3\)/);
      const asked = preUpgrade(three, home.dir);
      assert.equal(asked.code, 30);
      assert.match(asked.words, /^app version mismatch at height /);
      assert.deepEqual(preUpgrade(two, home.dir), { code: 0, words: '' });
      assert.equal(historyIn(home.dir).length, 1);
      copyOf('halted');
    });

    it('stops where a handler expects module versions that the network has not', () => {
      const { code, words } = failedStart(stale, copyOf('stale-home', join(work, 'halted')));
      assert.ok(code > 0, `exit ${code}`);
      assert.match(
        words,
        /this upgrade was written for another state: counter is at version 2, not 1/,
      );
    });

    it('comes to another app hash where a handler reads a record that this node lacks', async () => {
      const appHash = async (binary: string, hasRecord: boolean) => {
        const dir = copyOf(`record-${nodes.length}`, join(work, 'halted'));
        if (!hasRecord) rmSync(join(dir, 'data/app-version.json'));
        node = start(binary, dir);
        await beyond(height + 1);
        // A header holds the hash of the state before its block.
        const hash = await new Rpc(home.port).appHash(height + 1);
        await node.stop();
        return hash;
      };
      assert.notEqual(await appHash(reading, true), await appHash(reading, false));
      assert.equal(await appHash(two, true), await appHash(two, false));
    });

    it('stops a wrong binary under cosmovisor at pre-upgrade', async () => {
      const dir = copyOf('wrong', join(work, 'halted'));
      const isOver = () => /pre-?upgrade command failed/i.test(node.log());
      node = startCosmovisor(cosmovisor, { ...home, dir }, one, three, 'v3', '1h');
      nodes.push(node);
      await waitFor('the end of cosmovisor', isOver, node, 120).catch(() => undefined);
      await node.stop();
      assert.ok(isOver(), node.log().slice(-3000));
      assert.deepEqual(historyIn(dir), historyIn(join(work, 'halted')));
    });

    it('never refuses the right binary, killed twenty times around the upgrade', async () => {
      const dir = copyOf('killed', join(work, 'halted'));
      for (let i = 0; i < 20; i++) {
        const killed = start(two, dir);
        await new Promise(done => setTimeout(done, 100 + i * 120));
        await killed.stop('SIGKILL');
        assert.doesNotMatch(killed.log(), /app version mismatch|panic/, killed.log().slice(-2000));
      }
      node = start(two, dir);
      await beyond(height + 2);
      await node.stop();
      assert.deepEqual(
        historyIn(dir).map(({ version, from_height }) => [version, from_height]),
        [
          [1, historyIn(home.dir)[0]!.from_height],
          [2, height],
        ],
      );
    });

    it('lets the old binary skip the upgrade, and the next one be run', async () => {
      // A node that was killed after it recorded the version, before it committed the block.
      const dir = copyOf('skipped', join(work, 'halted'));
      const recorded = copyOf('recorded', join(work, 'halted'));
      const killed = start(two, recorded);
      await waitFor('the record', () => historyIn(recorded).length === 2, killed);
      await killed.stop('SIGKILL');
      const record = 'data/app-version.json';
      cpSync(join(recorded, record), join(dir, record));
      const skip = ['--unsafe-skip-upgrades', String(height)];
      node = start(one, dir, ...skip);
      await beyond(height + 2);
      assert.equal(historyIn(dir).length, 1);
      const next = await proposeUpgrade(one, { ...home, dir }, node, 'v4', 2);
      const needed = `UPGRADE "v4" NEEDED at height: ${next}`;
      await waitFor('the halt', () => node.log().includes(needed), node, 120);
      await node.stop();
      node = start(three, dir, ...skip);
      await beyond(next + 2);
      await node.stop();
      assert.deepEqual(
        historyIn(dir).map(({ version, upgrade }) => [version, upgrade]),
        [
          [1, undefined],
          [3, 'v4'],
        ],
      );
    });

    it('records the new app version from the upgrade on (seed 5)', async () => {
      node = start(two, home.dir);
      await beyond(height + 3);
      const [, entry, ...others] = historyIn(home.dir);
      const expected = { version: 2, from_height: height, upgrade: 'v3', software: 'v3.0.0' };
      assert.deepEqual([entry, others], [expected, []]);
      await node.stop();
      const shown = JSON.parse(daemon(two, home.dir, 'app-version', 'show', '--json')) as {
        binary: unknown;
        history: unknown[];
      };
      assert.deepEqual(
        [shown.binary, shown.history[1]],
        [{ version: 2, software: 'v3.0.0' }, expected],
      );
    });

    it('makes the blocks that a node without it makes', async () => {
      const dir = copyOf('control');
      for (const part of ['application.db', 'snapshots', 'app-version.json'])
        rmSync(join(dir, 'data', part), { recursive: true, force: true });
      cpSync(join(work, 'halted/data/application.db'), join(dir, 'data/application.db'), {
        recursive: true,
      });
      // CometBFT replays the blocks and compares the hash of each state with the recorded one.
      node = start(plain, dir);
      const last = await heightOf(two, home.dir);
      await beyond(last + 2);
      assert.match(node.log(), /Replay|replay/);
      await node.stop();
      assert.ok(!existsSync(join(dir, 'data/app-version.json')));
    });

    it('refuses a newer state, and says which release it is of (seed 3)', async () => {
      const refused = run(one, home.dir, 'start');
      assert.equal(refused.code, 1);
      assert.match(refused.words, /the state is newer than this binary/);
      assert.match(refused.words, /2 \(such as v3\.0\.0\)/);
      const query = ['--grpc-only', '--grpc.address', '127.0.0.1:0'];
      node = start(one, home.dir, ...query);
      await waitFor('the words', () => node.log().includes('the state is newer'), node);
      await new Promise(done => setTimeout(done, 2000));
      assert.ok(node.alive, node.log());
      await node.stop();
    });

    it('records anew what was lost, and refuses what it still can', async () => {
      const dir = copyOf('lost');
      rmSync(join(dir, 'data/app-version.json'));
      node = start(two, dir);
      await waitFor('the record', () => historyIn(dir)[0]?.version === 2, node);
      await node.stop();
      const early = copyOf('lost-early', join(work, 'halted'));
      rmSync(join(early, 'data/app-version.json'));
      assert.match(run(three, early, 'start').words, /needs app version 2/);
      assert.equal(preUpgrade(two, early).code, 0);
    });

    it('is overruled by hand only', () => {
      const wrong = run(two, home.dir, 'app-version', 'set', '1', '--expect', '1');
      assert.notEqual(wrong.code, 0);
      assert.match(wrong.words, /app version 2 is recorded at height \d+, not 1/);
      daemon(two, home.dir, 'app-version', 'set', '1', '--expect', '2');
      assert.equal(historyIn(home.dir).at(-1)?.version, 1);
      daemon(two, home.dir, 'app-version', 'set', '2', '--expect', '1');
      assert.match(run(one, home.dir, 'start').words, /the state is newer/);
    });
  });
}

/** The height of the last committed block, as the guard says it. */
async function heightOf(binary: string, dir: string): Promise<number> {
  const { words } = run(binary, dir, 'app-version', 'set', '9', '--expect', '8');
  return Number(/at height (\d+)/.exec(words)?.[1]);
}

/** What is recorded in a home. */
function historyIn(dir: string): readonly Entry[] {
  const file = join(dir, 'data/app-version.json');
  if (!existsSync(file)) return [];
  return (JSON.parse(readFileSync(file, 'utf8')) as { history: Entry[] | null }).history ?? [];
}

function run(binary: string, dir: string, ...args: string[]): Ran {
  const { status, stdout, stderr } = spawnSync(
    binary,
    [...args, '--home', dir, ...(args[0] === 'start' ? ['--log_no_color'] : [])],
    { encoding: 'utf8', env: { ...process.env, HOME: dir }, timeout: 60_000 },
  );
  return { code: status, words: stdout + stderr };
}

/** What cosmovisor does with a new binary before it starts it. */
function preUpgrade(binary: string, dir: string): Ran {
  const { status, stdout, stderr } = spawnSync(binary, ['pre-upgrade'], {
    encoding: 'utf8',
    env: { ...process.env, HOME: '/nonexistent', DAEMON_HOME: dir },
    timeout: 60_000,
  });
  return { code: status, words: stdout + stderr };
}
