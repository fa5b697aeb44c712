import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readiness } from '../../core/operate/readiness.ts';
import { GoChain } from '../go/chain.ts';
import { addEras, supportEras } from '../go/era-chain.ts';
import { askedGenerations } from '../support/asked-generations.ts';
import { cliHere } from '../support/cli.ts';
import type { Home } from './home.ts';
import { daemon } from './home.ts';
import { ProcessGroup } from './process-group.ts';
import { Rpc } from './rpc.ts';
import { propose, waitFor } from './upgrade.ts';
import { makeValidators } from './validators.ts';

// A first build of everything the SDK brings takes minutes.
const patience = 40 * 60_000;
const upcoming = 'pythagoras';
/** More blocks than are made until the vote for a switch has ended, and its notice after that. */
const ahead = 150;

for (const generation of askedGenerations()) {
  describe(`readiness of three validators for an era, on SDK ${generation}`, function () {
    this.timeout(patience);
    this.bail(true);
    const work = mkdtempSync(join(tmpdir(), 'chain-upgrade-era-ready-'));
    const [old, next] = [join(work, 'old'), join(work, 'next')];
    const file = join(work, 'ready.json');
    const chain = new GoChain(generation);
    const nodes: ProcessGroup[] = [];
    let homes: Home[];
    let begins: number;
    after(async () => {
      for (const node of nodes) await node.stop();
      chain.remove();
      rmSync(work, { recursive: true, force: true });
    });

    const start = (i: number, binary: string) => {
      const { dir } = homes[i]!;
      const args = ['start', '--home', dir, '--log_no_color'];
      const log = join(work, `${i}-${binary === next ? 'next' : 'old'}.log`);
      nodes[i] = new ProcessGroup(binary, args, log, { ...process.env, HOME: dir });
    };
    const rpcOf = (i: number) => new Rpc(homes[i]!.port);
    const beyond = (i: number, height: number) =>
      waitFor(`height ${height}`, async () => (await rpcOf(i).height()) >= height, nodes[i]!, 180);
    const decide = async (number: number, ...args: string[]) => {
      const printed = daemon(next, homes[0]!.dir, 'era', ...args, '--deposit', '1stake');
      const proposal = JSON.parse(printed) as { summary: string };
      await propose(next, homes[0]!, nodes[0]!, proposal, number);
      return proposal;
    };
    const isStored = (text: string) => async () =>
      String(await rpcOf(0).stored('era', 1)).includes(text);
    /** What the third one tells nobody, its operator signed. */
    const measure = async () => {
      const endpoints = join(work, 'endpoints');
      const url = ({ port }: Home) => `http://127.0.0.1:${port}`;
      writeFileSync(
        endpoints,
        homes
          .slice(0, 2)
          .map(home => `${url(home)}\n`)
          .join(''),
      );
      const { status, stdout, stderr } = await cliHere([
        ...['readiness', '--rpc', url(homes[0]!), '--era', upcoming, '--release', 'v2.1.0'],
        ...['--endpoints', endpoints, '--format', 'json'],
      ]);
      assert.equal(stderr, '');
      writeFileSync(file, stdout);
      return { status, result: JSON.parse(stdout) as Readiness };
    };

    it('begins with two releases, one of which knows the era', async () => {
      addEras(chain);
      chain.buildNode(next, '2.1.0');
      supportEras(chain, 'thales');
      chain.buildNode(old, '2.0.0');
      const made = await makeValidators(work, [
        { binary: next, power: 500 },
        { binary: old, power: 300 },
        { binary: next, power: 200, details: `ready for it [ready:${upcoming}]` },
      ]);
      homes = made.map(({ dir, rpc }) => ({ dir, port: Number(new URL(rpc).port) }));
      for (const [i, binary] of [next, old, next].entries()) start(i, binary);
      await beyond(0, 3);
      await decide(1, 'announce', upcoming);
      await waitFor('the marker', isStored(`{"name":"${upcoming}"}`), nodes[0]!);
    });

    it('is not enough while one runs the old release, which says so itself', async () => {
      const { status, result } = await measure();
      assert.equal(status, 1);
      assert.deepEqual([result.era, result.wanted], [upcoming, 'v2.1.0']);
      assert.deepEqual(result.shares, { ready: '0.7000', behind: '0.3000', unknown: '0.0000' });
      assert.deepEqual(result.byEvidence, {
        measured: '0.5000',
        signed: '0.2000',
        reported: '0.0000',
      });
      assert.deepEqual(
        result.validators.map(({ moniker, state, version }) => [moniker, state, version]),
        [
          ['node-0', 'ready', '2.1.0'],
          ['node-1', 'behind', '2.0.0'],
          ['node-2', 'ready', upcoming],
        ],
      );
      const warning = new RegExp(`upcoming era \\\\?"${upcoming}\\\\?"`);
      await waitFor('the warning', () => warning.test(nodes[1]!.log()), nodes[1]!);
      assert.doesNotMatch(nodes[0]!.log(), warning);
    });

    it('is enough once that one has the release', async () => {
      await nodes[1]!.stop();
      start(1, next);
      await beyond(1, (await rpcOf(0).height()) + 1);
      const { status, result } = await measure();
      assert.equal(status, 0);
      assert.deepEqual(result.shares, { ready: '1.0000', behind: '0.0000', unknown: '0.0000' });
    });

    it('goes into the proposal, and all of them switch', async () => {
      begins = (await rpcOf(0).height()) + ahead;
      const activate = ['activate', upcoming, '--height', String(begins), '--readiness', file];
      const { summary } = await decide(2, ...activate);
      assert.match(
        summary,
        /^Ready for era pythagoras \(v2\.1\.0\) at height \d+: 1\.0000 of the voting power \(measured 0\.8000, signed 0\.2000, reported 0\.0000\)\.$/,
      );
      await waitFor('the height', isStored(`"height":${begins}}`), nodes[0]!);
      for (const i of homes.keys()) await beyond(i, begins + 3);
      const hashes = await Promise.all(homes.map((_, i) => rpcOf(i).appHash(begins + 2)));
      assert.deepEqual(hashes, Array(3).fill(hashes[0]));
      const count = async (at: number) =>
        (await rpcOf(1).stored('counter', 1, at))!.readBigUInt64BE();
      assert.equal((await count(begins - 1)) - (await count(begins - 2)), 1n);
      assert.equal((await count(begins)) - (await count(begins - 1)), 2n);
    });
  });
}
