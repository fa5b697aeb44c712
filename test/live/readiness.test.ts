import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readiness } from '../../core/operate/readiness.ts';
import type { Verified } from '../../core/operate/verify.ts';
import { GoChain } from '../go/chain.ts';
import { askedGenerations } from '../support/asked-generations.ts';
import { cliHere } from '../support/cli.ts';
import { sha256 } from '../support/node-home.ts';
import { daemon } from './home.ts';
import { ProcessGroup } from './process-group.ts';
import { Rpc } from './rpc.ts';
import { waitFor } from './upgrade.ts';
import type { ValidatorHome } from './validators.ts';
import { makeValidators } from './validators.ts';

// A first build of everything the SDK brings takes minutes.
const patience = 15 * 60_000;

for (const generation of askedGenerations()) {
  describe(`three validators on SDK ${generation}`, function () {
    this.timeout(patience);
    this.bail(true);
    const work = mkdtempSync(join(tmpdir(), 'chain-upgrade-ready-'));
    const [old, next] = [join(work, 'old'), join(work, 'next')];
    const chain = new GoChain(generation);
    const nodes: ProcessGroup[] = [];
    let homes: ValidatorHome[];
    let file: string;
    after(async () => {
      for (const node of nodes) await node.stop();
      chain.remove();
      rmSync(work, { recursive: true, force: true });
    });

    const json = async <T>(...args: string[]) => {
      const { status, stdout, stderr } = await cliHere([...args, '--format', 'json']);
      assert.ok(status === 0 || status === 1, stderr);
      return { status, stderr, result: JSON.parse(stdout) as T };
    };
    const ready = (...args: string[]) =>
      json<Readiness>('readiness', '--rpc', homes[0]!.rpc, '--endpoints', file, ...args);

    it('run two versions', async () => {
      chain.buildNode(old, '2.0.0');
      chain.buildNode(next, '2.1.0-rc10');
      homes = await makeValidators(work, [
        { binary: next, power: 500 },
        { binary: old, power: 300 },
        { binary: next, power: 200, details: 'at home here [ready:v2.1.0]' },
      ]);
      for (const [i, { dir }] of homes.entries()) {
        const args = ['start', '--home', dir, '--log_no_color'];
        const env = { ...process.env, HOME: dir };
        nodes.push(new ProcessGroup(i === 1 ? old : next, args, join(work, `${i}.log`), env));
      }
      const rpc = new Rpc(Number(new URL(homes[0]!.rpc).port));
      await waitFor('the first blocks', async () => (await rpc.height()) >= 3, nodes[0]!);
      // The third one tells nobody its address.
      file = join(work, 'endpoints');
      writeFileSync(
        file,
        homes
          .slice(0, 2)
          .map(({ rpc: url }) => `${url}\n`)
          .join(''),
      );
    });

    it('are measured, or have signed, and the shares are exact', async () => {
      const { status, result, stderr } = await ready('--release', 'v2.1.0-rc9');
      assert.deepEqual([status, stderr], [1, '']);
      assert.equal(result.totalPower, '1000');
      assert.deepEqual(result.shares, { ready: '0.7000', behind: '0.3000', unknown: '0.0000' });
      assert.deepEqual(result.byEvidence, {
        measured: '0.5000',
        signed: '0.2000',
        reported: '0.0000',
      });
      assert.deepEqual(
        result.validators.map(({ moniker, state, version, evidence }) => [
          moniker,
          state,
          version,
          evidence,
        ]),
        [
          ['node-0', 'ready', '2.1.0-rc10', 'measured'],
          ['node-1', 'behind', '2.0.0', 'measured'],
          ['node-2', 'ready', 'v2.1.0', 'signed'],
        ],
      );
      const enough = await ready('--release', 'v2.1.0-rc9', '--min', '0.7');
      assert.equal(enough.status, 0);
      const final = await ready('--release', 'v2.1.0');
      assert.deepEqual(final.result.shares, {
        ready: '0.2000',
        behind: '0.8000',
        unknown: '0.0000',
      });
    });

    it('attest for their own keys, which counts where it is asked for', async () => {
      const { dir, rpc } = homes[0]!;
      const bin = (folder: string) => join(dir, 'cosmovisor', folder, 'bin');
      for (const [folder, binary] of [
        ['genesis', old],
        ['upgrades/v3', next],
      ] as const) {
        mkdirSync(bin(folder), { recursive: true });
        cpSync(binary, join(bin(folder), 'tinyd'));
      }
      const hash = sha256(readFileSync(next));
      const manifest = join(work, 'manifest.json');
      const { platform, arch } = process;
      const on = `${platform}/${arch === 'x64' ? 'amd64' : arch}`;
      writeFileSync(manifest, JSON.stringify({ upgrade_kit: { binary_sha256: { [on]: hash } } }));
      const args = ['--home', dir, '--upgrade', 'v3', '--manifest', manifest, '--rpc', rpc];
      const { result, stderr } = await json<Verified>('verify', ...args, '--run', '--attest');
      assert.equal(stderr, '', JSON.stringify(result.checks.filter(({ ok }) => !ok)));
      assert.deepEqual([result.attest?.version, result.attest?.binarySha256], ['2.1.0-rc10', hash]);
      const reports = join(work, 'ready.jsonl');
      writeFileSync(reports, `${JSON.stringify(result.attest)}\n`);
      const upgrade = ['--upgrade', 'v3', '--reports', reports];
      assert.equal((await ready(...upgrade)).result.shares.ready, '0.0000');
      const counted = await ready(...upgrade, '--count', 'signed,reported');
      assert.deepEqual(counted.result.byEvidence, {
        measured: '0.0000',
        signed: '0.0000',
        reported: '0.5000',
      });
      // Another node's home has another key.
      const other = ['--home', homes[1]!.dir, '--upgrade', 'v3', '--rpc', rpc, '--attest'];
      const refused = await json<Verified>('verify', ...other);
      assert.match(refused.stderr, /note: nothing is attested: /);
    });

    it('tell their state, of one height', async () => {
      const { result } = await json<{
        chainId: string;
        height: number;
        modules: Record<string, number>;
        plan: null;
      }>('state', '--rpc', homes[0]!.rpc, '--height', '2');
      assert.deepEqual([result.chainId, result.height, result.plan], ['tiny-1', 2, null]);
      assert.ok(result.modules['counter']! >= 1, JSON.stringify(result.modules));
      assert.match(daemon(next, homes[0]!.dir, 'version'), /^2\.1\.0-rc10$/m);
    });

    it('are unknown where they do not answer', async () => {
      await nodes[1]!.stop();
      const { result } = await ready('--release', 'v2.1.0-rc9');
      assert.deepEqual(result.shares, { ready: '0.7000', behind: '0.0000', unknown: '0.3000' });
      assert.match(result.problems[0]!.why, /cannot be asked: /);
    });
  });
}
