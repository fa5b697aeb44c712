import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GoChain } from '../go/chain.ts';
import { addEras, eraUpgrade, supportEras } from '../go/era-chain.ts';
import { askedGenerations } from '../support/asked-generations.ts';
import type { Home } from './home.ts';
import { chainId, daemon, editLines, freePorts, makeHome } from './home.ts';
import { ProcessGroup } from './process-group.ts';
import { Rpc } from './rpc.ts';
import { gov, propose, proposeUpgrade, waitFor } from './upgrade.ts';

// A first build of everything the SDK brings takes minutes.
const patience = 40 * 60_000;
const texts = { deposit: '2stake', summary: 'none', metadata: 'none' };

for (const generation of askedGenerations()) {
  describe(`eras on nodes of SDK ${generation}`, function () {
    this.timeout(patience);
    this.bail(true);
    const work = mkdtempSync(join(tmpdir(), 'chain-upgrade-era-'));
    // Releases: without eras, the first alone, both, the second alone with an upgrade of its own.
    const [e0, e1] = [join(work, 'e0'), join(work, 'e1')];
    const [e2, e3] = [join(work, 'e2'), join(work, 'e3')];
    const chain = new GoChain(generation);
    const nodes: ProcessGroup[] = [];
    let validator: Home;
    let follower: Home;
    let making: ProcessGroup;
    let following: ProcessGroup;
    let begins: number;
    let proposals = 0;
    let searched = 1;
    const rejections: string[] = [];
    after(async () => {
      for (const each of nodes) await each.stop();
      chain.remove();
      rmSync(work, { recursive: true, force: true });
    });

    const start = (binary: string, { dir }: Home) => {
      const args = ['start', '--home', dir, '--log_no_color'];
      const log = join(work, `log-${nodes.length}`);
      const started = new ProcessGroup(binary, args, log, { ...process.env, HOME: dir });
      nodes.push(started);
      return started;
    };
    const beyond = (home: Home, node: ProcessGroup, height: number) =>
      waitFor(
        `height ${height}`,
        async () => (await new Rpc(home.port).height()) >= height,
        node,
        120,
      );
    const height = () => new Rpc(validator.port).height();
    const markers = async () => String(await new Rpc(validator.port).stored('era', 1));
    const upcoming = 'pythagoras';
    const stopped = () =>
      new RegExp(
        `unsupported era \\\\?"${upcoming}\\\\?" at height ${begins} \\(this binary knows \\[thales\\]\\)`,
      );
    /** The document that the daemon's own command prints. */
    const document = (...args: string[]) =>
      JSON.parse(daemon(e2, validator.dir, 'era', ...args, '--deposit', '2stake')) as object;
    const vote = (proposal: object) => propose(e2, validator, making, proposal, ++proposals);
    const shown = (what: string, pattern: RegExp) =>
      waitFor(what, async () => pattern.test(await markers()), making);
    /** The rejected decisions of the blocks so far, as events. */
    const rejected = async () => {
      const rpc = new Rpc(validator.port);
      const last = await rpc.height();
      for (; searched < last; searched++) {
        const events = await rpc.events(searched);
        if (events.includes('era_marker_rejected')) rejections.push(events);
      }
      return rejections;
    };

    it('are supported by releases', () => {
      chain.buildNode(e0, '1.0.0');
      addEras(chain);
      chain.buildNode(e2, '2.1.0');
      supportEras(chain, 'thales');
      chain.buildNode(e1, '2.0.0');
      supportEras(chain, 'pythagoras');
      chain.chainUpgrade('new', 'v4', '--yes');
      chain.buildNode(e3, '3.0.0');
      assert.match(daemon(e2, work, 'era', 'list'), /^thales\npythagoras\n$/);
    });

    it('come with an ordinary upgrade', async () => {
      const home = await makeHome(e0, join(work, 'upgraded'));
      const old = start(e0, home);
      const at = await proposeUpgrade(e0, home, old, eraUpgrade);
      const needed = `UPGRADE "${eraUpgrade}" NEEDED at height: ${at}`;
      await waitFor('the halt', () => old.log().includes(needed), old, 120);
      await old.stop();
      const node = start(e2, home);
      await beyond(home, node, at + 3);
      const rpc = new Rpc(home.port);
      assert.equal(String(await rpc.stored('era', 1)), '[{"name":"thales","height":1}]');
      assert.ok(!/panic|unsupported era|upcoming era/.test(node.log()));
      const announced = JSON.parse(daemon(e2, home.dir, 'era', 'announce', 'pythagoras')) as object;
      await propose(e2, home, node, { ...announced, deposit: '2stake' }, 2);
      const isThere = async () =>
        String(await rpc.stored('era', 1)).includes('{"name":"pythagoras"}');
      await waitFor('the marker', isThere, node);
      await node.stop();
    });

    it('begin with the first one, on every release that supports it', async () => {
      const era = { markers: [{ name: 'thales', height: 1 }], notice_blocks: 10 };
      validator = await makeHome(e2, join(work, 'validator'), { era });
      editLines(join(validator.dir, 'config/app.toml'), [
        [/^snapshot-interval = .*$/m, 'snapshot-interval = 20'],
        [/^snapshot-keep-recent = .*$/m, 'snapshot-keep-recent = 0'],
      ]);
      editLines(join(validator.dir, 'config/config.toml'), [
        [/^peer_gossip_sleep_duration = .*$/m, 'peer_gossip_sleep_duration = "5ms"'],
      ]);
      making = start(e2, validator);
      follower = await makeFollower(e1, join(work, 'follower'), validator);
      following = start(e1, follower);
      await beyond(follower, following, 3);
      const logs = making.log() + following.log();
      assert.ok(!/upcoming era|unsupported era/.test(logs), 'a warning before a decision');
    });

    it('are announced by a vote, and old binaries warn (B1: two phases)', async () => {
      await vote(document('announce', upcoming));
      await shown('the marker', /\{"name":"pythagoras"\}/);
      const warning =
        /upcoming era \\?"pythagoras\\?", at a height still to be set, is not supported/;
      await waitFor('the warning', () => warning.test(following.log()), following);
      await following.stop();
      following = start(e1, follower);
      await waitFor('the warning', () => warning.test(following.log()), following);
      const [first] = following.log().split(warning);
      assert.ok(!/committed state/.test(first!), 'it warns only after a block');
      assert.ok(!making.log().includes('upcoming era'));
    });

    it('reject decisions that break a rule, and ignore what is none (B5)', async () => {
      const before = await markers();
      const at = await height();
      await vote(document('announce', upcoming));
      await vote(document('activate', upcoming, '--height', String(at)));
      await vote({ messages: [], ...texts, title: 'era: announce Misspelt' });
      const message = {
        '@type': '/cosmos.bank.v1beta1.MsgSetSendEnabled',
        authority: gov,
        send_enabled: [{ denom: 'other', enabled: true }],
        use_default_for: [],
      };
      await vote({ messages: [message], ...texts, title: 'era: announce hidden' });
      await vote({ ...document('announce', 'typo'), title: 'era: announce typo' });
      await shown('the marker', /"typo"/);
      await vote(document('cancel', 'typo'));
      await waitFor('its end', async () => !/"typo"/.test(await markers()), making);
      assert.equal(await markers(), before);
      const reasons = await rejected();
      assert.equal(reasons.length, 2);
      assert.match(reasons[0]!, /is already announced/);
      assert.match(reasons[1]!, /is less than 10 blocks after/);
    });

    it('are scheduled, and rescheduled before they begin (B2, B6)', async () => {
      const first = (await height()) + 400;
      await vote(document('activate', upcoming, '--height', String(first)));
      await shown('the height', new RegExp(`"height":${first}\\}`));
      begins = (await height()) + 60;
      const ready = join(work, 'readiness.json');
      const shares = { ready: '0.9712' };
      const byEvidence = { measured: '0.9000', signed: '0.0712', reported: '0.0000' };
      const answer = { height: 7, wanted: 'v2.1.0', era: upcoming, shares, byEvidence };
      writeFileSync(ready, JSON.stringify(answer));
      const options = ['--height', String(begins), '--readiness', ready];
      const proposal = document('activate', upcoming, ...options) as { summary: string };
      assert.match(proposal.summary, /^Ready for era pythagoras \(v2\.1\.0\).* 0\.9712 of the/);
      assert.throws(
        () => document('activate', 'other', ...options),
        /tells the readiness for era "pythagoras", not for "other"/,
      );
      await vote(proposal);
      await shown('the new height', new RegExp(`"height":${begins}\\}`));
      const node = ['--node', `tcp://127.0.0.1:${validator.port}`];
      const status = JSON.parse(daemon(e2, work, 'era', 'status', '--json', ...node)) as {
        current: { name: string };
        upcoming: unknown;
      };
      assert.equal(status.current.name, 'thales');
      assert.deepEqual(status.upcoming, [{ name: upcoming, height: begins }]);
      const said = daemon(e1, work, 'era', 'status', ...node);
      assert.match(said, new RegExp(`from height ${begins}: pythagoras`));
    });

    it('stop an old binary at the height, with the explicit error (B3)', async () => {
      const hasStopped = () => {
        const [, failure] = following.log().split('CONSENSUS FAILURE!!!');
        return failure !== undefined && stopped().test(failure);
      };
      await waitFor('the stop', hasStopped, following, 120);
      await new Promise(done => setTimeout(done, 500));
      assert.ok(following.alive);
      await following.stop();
    });

    it('stop it again when it is started again (B3)', () => {
      const { code, words } = run(e1, follower.dir, 'start', '--log_no_color');
      assert.match(words, stopped());
      // A begin-blocker of SDK 0.47 returns no error: it panics, and nothing recovers while it replays.
      assert.equal(code, generation === '0.47' ? 2 : 1, words.slice(-2000));
    });

    it('end an old binary that catches up (B3)', async () => {
      const syncing = await makeFollower(e1, join(work, 'syncing'), validator);
      const late = start(e1, syncing);
      const end = Date.now() + 60_000;
      while (late.alive && Date.now() < end) await new Promise(done => setTimeout(done, 100));
      assert.match(late.log(), stopped());
      assert.ok(!late.alive);
    });

    it('switch the behaviour at the height, once (B3)', async () => {
      await beyond(validator, making, begins + 4);
      const rpc = new Rpc(validator.port);
      const count = async (at: number) => (await rpc.stored('counter', 1, at))!.readBigUInt64BE();
      const steps: bigint[] = [];
      for (let at = begins - 2; at <= begins + 2; at++)
        steps.push((await count(at)) - (await count(at - 1)));
      assert.deepEqual(steps, [1n, 1n, 2n, 2n, 2n]);
      assert.ok(!making.log().includes('CONSENSUS FAILURE'));
    });

    it('never trouble the right binary, killed twenty times around the height', async () => {
      for (let i = 0; i < 20; i++) {
        const killed = start(e2, follower);
        await new Promise(done => setTimeout(done, 100 + i * 60));
        await killed.crash();
        assert.ok(!/unsupported era|panic/.test(killed.log()), killed.log().slice(-2000));
      }
    });

    it('have equal app hashes after the old binary was replaced (B4)', async () => {
      following = start(e2, follower);
      const last = (await height()) + 3;
      await beyond(follower, following, last);
      const [one, other] = [new Rpc(validator.port), new Rpc(follower.port)];
      for (const block of [begins - 1, begins, begins + 1, last])
        assert.equal(await one.appHash(block), await other.appHash(block));
      await following.stop();
    });

    it('are final (B5)', async () => {
      const before = await markers();
      await vote(document('activate', upcoming, '--height', String((await height()) + 300)));
      await vote(document('cancel', upcoming));
      await waitFor('the rejections', async () => (await rejected()).length === 4, making);
      assert.match((await rejected()).at(-1)!, /a switch is final/);
      assert.equal(await markers(), before);
    });

    it('come with a state sync (B7)', async () => {
      const rpc = new Rpc(validator.port);
      const trusted = begins + 2;
      const synced = await makeFollower(e2, join(work, 'synced'), validator);
      const address = `http://127.0.0.1:${validator.port}`;
      editLines(join(synced.dir, 'config/config.toml'), [
        [/(^\[statesync\][^[]*?^enable = )false$/m, '$1true'],
        [/^rpc_servers = .*$/m, `rpc_servers = "${address},${address}"`],
        [/^trust_height = .*$/m, `trust_height = ${trusted}`],
        [/^trust_hash = .*$/m, `trust_hash = "${await rpc.blockHash(trusted)}"`],
        [/^discovery_time = .*$/m, 'discovery_time = "5s"'],
      ]);
      const node = start(e2, synced);
      await waitFor('the snapshot', () => /Snapshot restored/i.test(node.log()), node, 120);
      const last = (await height()) + 3;
      await beyond(synced, node, last);
      assert.equal(await rpc.appHash(last), await new Rpc(synced.port).appHash(last));
      assert.equal(String(await new Rpc(synced.port).stored('era', 1)), await markers());
      await node.stop();
    });

    it('go on in a chain that begins with an exported state (B7)', async () => {
      await making.stop();
      const fresh = { ...validator, dir: join(work, 'fresh') };
      cpSync(validator.dir, fresh.dir, { recursive: true });
      const exported = run(e2, validator.dir, 'export');
      assert.equal(exported.code, 0, exported.words);
      const genesis = JSON.parse(exported.words.slice(exported.words.indexOf('{'))) as {
        initial_height: number;
        app_state: { era: { markers: unknown; notice_blocks: number } };
      };
      assert.deepEqual(genesis.app_state.era, {
        markers: [{ name: upcoming, height: 1 }],
        notice_blocks: 10,
      });
      daemon(e2, fresh.dir, 'comet', 'unsafe-reset-all');
      writeFileSync(join(fresh.dir, 'config/genesis.json'), JSON.stringify(genesis));
      const node = start(e2, fresh);
      const rpc = new Rpc(fresh.port);
      const first = Number(genesis.initial_height);
      await waitFor('blocks', async () => (await rpc.height()) > first + 2, node);
      const count = async (at: number) => (await rpc.stored('counter', 1, at))!.readBigUInt64BE();
      assert.equal((await count(first + 1)) - (await count(first)), 2n);
      await node.stop();
    });

    it('stop a release without the first one at the first block (B8)', async () => {
      const home = await makeFollower(e3, join(work, 'from-genesis'), validator);
      making = start(e2, validator);
      await waitFor('the network', async () => (await height()) > begins, making);
      const node = start(e3, home);
      const error =
        /unsupported era \\?"thales\\?" at height 1 \(this binary knows \[pythagoras\]\)/;
      await waitFor('the stop', () => error.test(node.log()), node).catch((reason: unknown) => {
        assert.match(node.log(), error, String(reason));
      });
      await node.stop();
    });

    it('drop the old behaviour with an upgrade behind the switch (B8)', async () => {
      const upgrade = await proposeUpgrade(e2, validator, making, 'v4', ++proposals);
      const needed = `UPGRADE "v4" NEEDED at height: ${upgrade}`;
      await waitFor('the halt', () => making.log().includes(needed), making, 120);
      await making.stop();
      making = start(e3, validator);
      await beyond(validator, making, upgrade + 3);
      assert.ok(!/unsupported era|CONSENSUS FAILURE/.test(making.log()));
    });
  });
}

/** The home of a node that makes no blocks and follows another one. */
async function makeFollower(binary: string, dir: string, leader: Home): Promise<Home> {
  mkdirSync(dir, { recursive: true });
  daemon(binary, dir, 'init', 'follower', '--chain-id', chainId);
  for (const file of ['genesis.json', 'config.toml', 'app.toml'])
    cpSync(join(leader.dir, 'config', file), join(dir, 'config', file));
  const config = join(leader.dir, 'config/config.toml');
  const [, p2p] = /^laddr = "tcp:\/\/127\.0\.0\.1:(\d+)"$/m.exec(
    readFileSync(config, 'utf8').split('[p2p]')[1]!,
  )!;
  const id = daemon(binary, leader.dir, 'comet', 'show-node-id').trim();
  const [port, own] = await freePorts(2);
  editLines(join(dir, 'config/config.toml'), [
    [
      new RegExp(`^laddr = "tcp://127\\.0\\.0\\.1:${leader.port}"$`, 'm'),
      `laddr = "tcp://127.0.0.1:${port}"`,
    ],
    [
      new RegExp(`^laddr = "tcp://127\\.0\\.0\\.1:${p2p}"$`, 'm'),
      `laddr = "tcp://127.0.0.1:${own}"`,
    ],
    [/^persistent_peers = .*$/m, `persistent_peers = "${id}@127.0.0.1:${p2p}"`],
    [/^addr_book_strict = .*$/m, 'addr_book_strict = false'],
    [/^allow_duplicate_ip = .*$/m, 'allow_duplicate_ip = true'],
  ]);
  return { dir, port: port! };
}

/** What a command did in a home. */
function run(binary: string, dir: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(binary, [...args, '--home', dir], {
    encoding: 'utf8',
    env: { ...process.env, HOME: dir },
    timeout: 60_000,
    maxBuffer: 64 << 20,
  });
  return { code: status, words: stdout + stderr };
}
