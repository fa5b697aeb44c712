import assert from 'node:assert/strict';
import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GoChain, run } from '../go/chain.ts';
import { askedGenerations } from '../support/asked-generations.ts';
import { projectRoot } from '../support/root.ts';
import { writeFiles } from '../support/temp.ts';
import { buildCosmovisor } from './cosmovisor.ts';
import { chainId } from './home.ts';
import { ProcessGroup } from './process-group.ts';
import { Rpc } from './rpc.ts';
import { Runbook } from './runbook.ts';
import { waitFor } from './upgrade.ts';
import type { ValidatorHome } from './validators.ts';
import { makeValidators } from './validators.ts';
import { buildVersions } from './versions.ts';

// A first build of everything the SDK brings takes minutes.
const patience = 15 * 60_000;
const plan = 'v3';
const platform = `linux/${process.arch === 'arm64' ? 'arm64' : 'amd64'}`;

// The commands of modules come from another package on every generation; here they are of 0.50.
for (const generation of askedGenerations().filter(asked => asked === '0.50')) {
  describe(`the operator files of a network on SDK ${generation}`, function () {
    this.timeout(patience);
    this.bail(true);
    const work = mkdtempSync(join(tmpdir(), 'chain-upgrade-operators-'));
    const [old, next, cosmovisor] = [
      join(work, 'old'),
      join(work, 'next'),
      join(work, 'cosmovisor'),
    ];
    const bin = join(work, 'bin');
    const chain = new GoChain(generation);
    const nodes: ProcessGroup[] = [];
    let homes: ValidatorHome[];
    let runbook: Runbook;
    let server: Server | undefined;
    after(async () => {
      for (const node of nodes) await node.stop();
      server?.close();
      chain.remove();
      rmSync(work, { recursive: true, force: true });
    });

    const rpcOf = (i: number) => new Rpc(Number(new URL(homes[i]!.rpc).port));
    const heightOf = (i: number) => rpcOf(i).height();
    const beyond = (i: number, height: number) =>
      waitFor(`height ${height}`, async () => (await heightOf(i)) >= height, nodes[i]!, 180);
    /** The variables of the service, with the home of one of this machine's nodes. */
    const environment = (i: number): Record<string, string> => {
      const text = readFileSync(join(runbook.dir, 'cosmovisor.env'), 'utf8');
      const set = [...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]);
      const { dir } = homes[i]!;
      return { ...Object.fromEntries(set), HOME: dir, DAEMON_HOME: dir };
    };
    const start = (i: number, more: Record<string, string> = {}) => {
      const { dir } = homes[i]!;
      const args = ['run', 'start', '--home', dir, '--log_no_color'];
      const env = { ...process.env, ...environment(i), ...more };
      nodes[i] = new ProcessGroup(cosmovisor, args, join(dir, 'log'), env);
    };
    /** A command of the runbook, given by the operator of a node. */
    const operator = (i: number, line: string, more: Record<string, string> = {}) => {
      const own = { DAEMON_HOME: homes[i]!.dir, NODE: homes[i]!.rpc };
      const signs = { KEY: 'val', KEYRING: 'test', FEES: '1stake', GAS: '400000' };
      return runbook.run(line, { ...own, ...signs, ...more }, bin);
    };
    /** The same for a transaction of each of some nodes, once all are in a block. */
    const sends = async (of: Iterable<number>, line: string, more: Record<string, string> = {}) => {
      for (const inBlock of [...of].map(i => sent(i, line, more))) await inBlock();
    };
    const sent = (i: number, line: string, more: Record<string, string>) => {
      const said = operator(i, line, more);
      const [, hash] = /txhash: (\w+)/.exec(said) ?? [];
      assert.ok(hash, said);
      let went: { code: number; log: string } | undefined;
      const isInBlock = async () => {
        went = await rpcOf(i).transaction(hash);
        return went !== undefined;
      };
      return async () => {
        await waitFor(line, isInBlock, nodes[i]!);
        assert.deepEqual([went!.code, went!.log], [0, ''], line);
      };
    };
    const propose = async (number: number, ahead: number) => {
      const height = (await heightOf(0)) + ahead;
      chain.chainUpgrade(
        ...['proposal', plan, '--network', chainId, '--height', String(height)],
        ...['--deposit', '1stake', '--yes'],
      );
      chain.chainUpgrade('operators', plan, '--network', chainId, '--yes');
      runbook = new Runbook(join(chain.dir, 'operators', chainId, plan));
      const proposal = { PROPOSAL: String(number) };
      for (const line of runbook.commands('Submit')) await sends([0], line, proposal);
      const [vote, query, ...more] = runbook.commands('Vote');
      await sends(homes.keys(), vote!, proposal);
      await passed(() => operator(0, query!, proposal));
      assert.match(operator(0, more[0]!), new RegExp(`"height": ?"${height}"`));
      return height;
    };
    const passed = (query: () => string) =>
      waitFor('the end of the vote', () => /PROPOSAL_STATUS_PASSED/.test(query()), nodes[0]!);

    it('are written for three nodes, which run under cosmovisor', async () => {
      buildVersions(chain.withModuleCommands(), plan, old, next);
      buildCosmovisor(cosmovisor);
      homes = await makeValidators(
        work,
        [400, 300, 300].map(power => ({ binary: old, power })),
      );
      const network = { rpc: homes[0]!.rpc, denom: 'stake', prefix: 'cosmos', home: work };
      const cli = join(projectRoot, 'dist/bundle/main.js');
      writeFiles(chain.dir, {
        '.chain-upgrade.json': JSON.stringify({ networks: { [chainId]: network } }),
      });
      writeFiles(bin, { 'chain-upgrade': `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n` });
      chmodSync(join(bin, 'chain-upgrade'), 0o755);
      symlinkSync(old, join(bin, 'tinyd'));
      const url = `${platform}=https://example.org/tinyd`;
      chain.chainUpgrade(
        ...['manifest', plan, '--network', chainId, '--yes'],
        ...['--binary', url, '--file', `${platform}=${next}`],
      );
      chain.chainUpgrade('operators', plan, '--network', chainId, '--yes');
      runbook = new Runbook(join(chain.dir, 'operators', chainId, plan));
      for (const i of homes.keys()) {
        run(cosmovisor, ['init', old], work, environment(i));
        start(i);
      }
      await beyond(0, 2);
    });

    it('bring it through a plan that is cancelled', async () => {
      const height = await propose(1, 130);
      chain.chainUpgrade(
        ...['proposal', plan, '--cancel', '--network', chainId, '--deposit', '1stake', '--yes'],
      );
      const [submit, vote] = runbook.commands('Cancel');
      await sends([0], submit!);
      await sends(homes.keys(), vote!, { CANCEL: '2' });
      const plans = runbook.commands('Vote').at(-1)!;
      const isGone = () => !operator(0, plans).includes(`"${plan}"`);
      await waitFor('the plan to go', isGone, nodes[0]!);
      await beyond(0, height + 2);
      assert.doesNotMatch(nodes[0]!.log(), /UPGRADE .* NEEDED/);
    });

    it('bring it through the upgrade, and stop a node whose binary is another', async () => {
      const height = await propose(3, 80);
      const prepare = runbook.commands('Prepare');
      copyFileSync(next, join(runbook.dir, 'tinyd'));
      for (const i of homes.keys()) {
        for (const line of prepare) operator(i, line.replace('PATH/TO/tinyd', './tinyd'));
      }
      const wrong = join(homes[2]!.dir, 'cosmovisor/upgrades', plan, 'bin/tinyd');
      copyFileSync(old, wrong);
      await beyond(0, height + 3);
      await beyond(1, height + 3);
      const isOver = () => !nodes[2]!.alive;
      await waitFor('the end of the third', isOver, nodes[2]!, 120).catch(error => {
        if (!isOver()) throw error;
      });
      const cosmovisorOf = (i: number) => join(homes[i]!.dir, 'cosmovisor');
      assert.match(
        readFileSync(join(cosmovisorOf(2), 'preupgrade.log'), 'utf8'),
        new RegExp(`${wrong} is not the binary of v3: its sha256 is \\w+, not \\w+`),
      );
      const folders = [0, 2].map(i => readlinkSync(join(cosmovisorOf(i), 'current')));
      assert.deepEqual(
        folders.map(folder => folder.split('/').at(-1)),
        [plan, 'genesis'],
      );
      const [status, applied] = runbook.commands('Monitor');
      assert.match(operator(0, status!), new RegExp(chainId));
      assert.match(operator(0, applied!), new RegExp(`"height": ?"${height}"`));
    });

    it('bring that node back', async () => {
      const install = runbook.commands('Prepare').find(line => line.startsWith('sh install.sh'))!;
      operator(2, install.replace('PATH/TO/tinyd', './tinyd'));
      for (const line of runbook.commands('If the switch was stopped')) operator(2, line);
      await nodes[2]!.stop();
      start(2);
      await beyond(2, await heightOf(0));
    });

    it('name a download that cosmovisor takes, and refuses with another checksum', async () => {
      let file = old;
      server = createServer((_, response) => response.end(readFileSync(file)));
      await new Promise<void>(done => void server!.listen(0, '127.0.0.1', done));
      const { port } = server.address() as AddressInfo;
      chain.chainUpgrade('new', 'v4', '--yes');
      const last = join(work, 'last');
      chain.buildNode(last);
      const url = `${platform}=http://127.0.0.1:${port}/tinyd`;
      chain.chainUpgrade(
        ...['manifest', 'v4', '--network', chainId, '--yes'],
        ...['--binary', url, '--file', `${platform}=${last}`],
      );
      for (const i of homes.keys()) await nodes[i]!.stop();
      const downloads = {
        DAEMON_ALLOW_DOWNLOAD_BINARIES: 'true',
        COSMOVISOR_CUSTOM_PREUPGRADE: '',
      };
      for (const i of homes.keys()) start(i, downloads);
      await waitFor('blocks', async () => (await heightOf(0)) > 0, nodes[0]!);
      const height = (await heightOf(0)) + 80;
      chain.chainUpgrade(
        ...['proposal', 'v4', '--network', chainId, '--height', String(height)],
        ...['--deposit', '1stake', '--yes'],
      );
      chain.chainUpgrade('operators', 'v4', '--network', chainId, '--yes');
      runbook = new Runbook(join(chain.dir, 'operators', chainId, 'v4'));
      for (const line of runbook.commands('Submit')) await sends([0], line);
      const [vote] = runbook.commands('Vote');
      await sends(homes.keys(), vote!, { PROPOSAL: '4' });
      for (const i of homes.keys()) {
        await waitFor('the end of cosmovisor', () => !nodes[i]!.alive, nodes[i]!, 180).catch(
          error => {
            if (nodes[i]!.alive) throw error;
          },
        );
        assert.match(nodes[i]!.log(), /Checksums did not match/);
      }
      file = last;
      // A node that has halted is looked at once, when it ends again (`startCosmovisor`).
      for (const i of homes.keys()) start(i, { ...downloads, DAEMON_POLL_INTERVAL: '1h' });
      await beyond(0, height + 2);
    });
  });
}
