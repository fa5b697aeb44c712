import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GoChain } from '../go/chain.ts';
import { askedGenerations } from '../support/asked-generations.ts';
import { writeFiles } from '../support/temp.ts';
import { formsOf, takeLegacyContent } from './gov-forms.ts';
import type { Home } from './home.ts';
import { chainId, editGenesis, editLines, freePorts, makeHome } from './home.ts';
import { ProcessGroup } from './process-group.ts';
import { Rpc } from './rpc.ts';
import { gov, inBlock, sendTransaction, waitFor } from './upgrade.ts';
import { buildVersions } from './versions.ts';

// A first build of everything the SDK brings takes minutes.
const patience = 40 * 60_000;
const plan = 'v3';
/** Seconds, the expedited half of it: a vote has to be there in that time. */
const voting = 12;
/** More blocks than are made while a plan is voted for, and another vote cancels it. */
const ahead = 300;

/** What `chain-upgrade proposal` says in JSON, as far as it is read here. */
interface Written {
  readonly notes: readonly string[];
  readonly proposal: {
    readonly form: string;
    readonly height: number | null;
    readonly blockSeconds: { readonly mean: number; readonly error: number } | null;
    readonly periods: { readonly deposit: number; readonly voting: number } | null;
    readonly submit: string;
  };
}

interface Proposal {
  readonly status: string;
  readonly expedited?: boolean;
  readonly voting_start_time: string;
  readonly voting_end_time: string;
}

interface Plan {
  readonly name: string;
  readonly height: string;
  readonly info: string;
}

for (const generation of askedGenerations()) {
  describe(`proposals on a node of SDK ${generation}`, function () {
    this.timeout(patience);
    this.bail(true);
    const work = mkdtempSync(join(tmpdir(), 'chain-upgrade-proposals-'));
    const bin = join(work, 'bin');
    const [old, next] = [join(work, 'old'), join(work, 'next')];
    const chain = new GoChain(generation);
    const nodes: ProcessGroup[] = [];
    let home: Home;
    let node: ProcessGroup;
    let rest: string;
    let count = 0;
    let cancelled = 0;
    after(async () => {
      for (const each of nodes) await each.stop();
      chain.remove();
      rmSync(work, { recursive: true, force: true });
    });

    const rpc = () => new Rpc(home.port);
    const start = (binary: string) => {
      const args = ['start', '--home', home.dir, '--log_no_color'];
      const log = join(work, `log-${nodes.length}`);
      node = new ProcessGroup(binary, args, log, { ...process.env, HOME: home.dir });
      nodes.push(node);
    };
    const beyond = (height: number) =>
      waitFor(`height ${height}`, async () => (await rpc().height()) >= height, node, 240);
    const ask = async <T>(path: string) => {
      const answer = await fetch(`${rest}${path}`, { signal: AbortSignal.timeout(5000) });
      return (await answer.json()) as T;
    };
    const scheduled = async () =>
      (await ask<{ plan: Plan | null }>('/cosmos/upgrade/v1beta1/current_plan')).plan;
    const write = (...args: string[]) => {
      const network = ['--network', chainId];
      const command = ['proposal', plan, ...network, ...args, '--yes', '--format', 'json'];
      return JSON.parse(chain.chainUpgrade(...command)) as Written;
    };
    /** Submits what was written by the command that the notes give, and passes it. */
    const pass = async ({ notes, proposal: { submit } }: Written): Promise<Proposal> => {
      assert.ok(notes.includes(`submit it with: ${submit}`), notes.join('\n'));
      const { status, stdout, stderr } = spawnSync(
        'sh',
        ['-euc', `${submit} "$@"`, 'sh', ...own()],
        {
          cwd: chain.dir,
          encoding: 'utf8',
          env: {
            PATH: `${bin}:${process.env['PATH']}`,
            HOME: home.dir,
            KEY: 'val',
            FEES: '1stake',
          },
          timeout: 60_000,
        },
      );
      assert.equal(status, 0, `${submit}\n${stdout}${stderr}`);
      await inBlock(submit, stdout, rpc(), node);
      await sendTransaction(old, home, node, 'gov', 'vote', String(++count), 'yes');
      let proposal: Proposal;
      const isOver = async () => {
        ({ proposal } = await ask<{ proposal: Proposal }>(`/cosmos/gov/v1/proposals/${count}`));
        return proposal.status !== 'PROPOSAL_STATUS_VOTING_PERIOD';
      };
      await waitFor('the end of the vote', isOver, node);
      assert.equal(proposal!.status, 'PROPOSAL_STATUS_PASSED', JSON.stringify(proposal!));
      return proposal!;
    };
    /** What this machine adds to the command. */
    const own = () => [
      ...['--home', home.dir, '--keyring-backend', 'test'],
      ...['--yes', '--output', 'json'],
    ];
    const schedule = async (...args: string[]) => {
      cancelled = (await rpc().height()) + ahead;
      const written = write('--height', String(cancelled), ...args);
      assert.equal(written.proposal.height, cancelled);
      const proposal = await pass(written);
      const planned = await scheduled();
      assert.deepEqual([planned?.name, planned?.height], [plan, String(cancelled)]);
      return { proposal, planned: planned! };
    };
    const cancel = async (...args: string[]) => {
      const proposal = await pass(write('--cancel', ...args));
      assert.equal(await scheduled(), null);
      assert.ok((await rpc().height()) < cancelled, 'the plan was cancelled too late');
      return proposal;
    };

    it('are of a chain that runs, and its next version', async () => {
      if (generation === '0.47') takeLegacyContent(chain);
      buildVersions(chain, plan, old, next);
      mkdirSync(bin);
      symlinkSync(old, join(bin, 'tinyd'));
      home = await makeHome(old, join(work, 'home'), { box: { value: 'full' } });
      editGenesis(join(home.dir, 'config/genesis.json'), {}, voting);
      const [api] = await freePorts(1);
      rest = `http://127.0.0.1:${api}`;
      editLines(join(home.dir, 'config/app.toml'), [
        [/(^\[api\][^[]*?^enable = )false$/m, '$1true'],
        [/^address = "tcp:\/\/localhost:1317"$/m, `address = "tcp://127.0.0.1:${api}"`],
      ]);
      const network = { rpc: `http://127.0.0.1:${home.port}`, prefix: 'cosmos' };
      writeFiles(chain.dir, {
        '.chain-upgrade.json': JSON.stringify({ networks: { [chainId]: network } }),
      });
      start(old);
      await beyond(3);
    });

    for (const form of formsOf(generation)) {
      it(`schedule a plan and cancel it, as ${form}`, async () => {
        const info = form === 'v1' ? '{"binaries":{"any":"https://example.org/tinyd"}}' : '';
        const more = info === '' ? [] : ['--info', info];
        const { planned } = await schedule('--form', form, '--deposit', '1stake', ...more);
        assert.equal(planned.info, info);
        await cancel('--form', form, '--deposit', '1stake');
      });
    }

    if (generation !== '0.47')
      it('are expedited', async () => {
        const expedited = ['--expedited', '--deposit', '2stake'];
        const { proposal } = await schedule(...expedited);
        for (const { expedited: is, ...times } of [proposal, await cancel(...expedited)]) {
          assert.equal(is, true);
          const [begin, end] = [times.voting_start_time, times.voting_end_time].map(Date.parse);
          assert.equal(end! - begin!, (voting / 2) * 1000);
        }
      });

    it('take deposit, periods and height from the node', async () => {
      await beyond(cancelled + 2);
      assert.doesNotMatch(node.log(), /UPGRADE .* NEEDED/);
      const newest = await rpc().height();
      const written = write('--node', rest, '--allow-cancel', '5s');
      const { form, height, blockSeconds, periods, submit } = written.proposal;
      assert.deepEqual([form, periods], ['v1', { deposit: 2, voting }]);
      const seconds = (height! - newest) * (blockSeconds!.mean + blockSeconds!.error);
      assert.ok(seconds >= 2 * (2 + voting) + 5, JSON.stringify(written.proposal));
      assert.match(submit, /^tinyd tx gov submit-proposal /);
      assert.ok(
        written.notes.some(note => note.includes(gov)),
        written.notes.join('\n'),
      );
      await pass(written);
      const planned = await scheduled();
      assert.deepEqual([planned?.name, planned?.height], [plan, String(height)]);
    });

    it('are executed: the node halts for the plan, and the next version goes on', async () => {
      const height = Number((await scheduled())!.height);
      const needed = `UPGRADE "${plan}" NEEDED at height: ${height}`;
      await waitFor('the halt', () => node.log().includes(needed), node, 240);
      await node.stop();
      start(next);
      await beyond(height + 2);
      assert.equal(await rpc().appliedAt(plan), height);
      assert.equal(String(await rpc().stored('crate', 1)), 'full');
    });
  });
}
