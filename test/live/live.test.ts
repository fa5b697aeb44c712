import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastWords } from '../../core/rehearse/log.ts';
import { GoChain } from '../go/chain.ts';
import { askedGenerations } from '../support/asked-generations.ts';
import { edited } from '../support/edits.ts';
import { History } from '../support/git.ts';
import { isExplained } from '../truth/explained.ts';
import { isOf, readRecord, steady } from '../truth/record.ts';
import { rowsOf } from '../truth/rows.ts';
import { Versions, write } from '../truth/versions.ts';
import { failedStart, haltedHome } from './broken.ts';
import { buildCosmovisor, startCosmovisor } from './cosmovisor.ts';
import type { Home } from './home.ts';
import { daemon, makeHome } from './home.ts';
import { ProcessGroup } from './process-group.ts';
import { Rpc } from './rpc.ts';
import { proposeUpgrade, waitFor } from './upgrade.ts';

// A first build of everything the SDK brings takes minutes.
const patience = 15 * 60_000;
const plan = 'v3';
const release = 'v2.0.0';

interface Rehearsal {
  readonly from: string;
  readonly plan: string;
  readonly steps: readonly { readonly name: string; readonly ok: boolean }[];
  readonly failure?: unknown;
}

/**
 * The mistakes of the truth table that are tried here, with the exit codes on SDK 0.47 and on later
 * ones: a panic is 2, an error 1.
 */
const exitCodes: Readonly<Record<string, readonly [old: number, later: number]>> = {
  'added-not-a-store-key': [2, 2],
  'migration-gap': [2, 1],
};

for (const generation of askedGenerations()) {
  describe(`a chain on SDK ${generation}, upgraded under cosmovisor`, function () {
    this.timeout(patience);
    this.bail(true);
    const work = mkdtempSync(join(tmpdir(), 'chain-upgrade-live-'));
    const [cosmovisor, old, next] = [
      join(work, 'cosmovisor'),
      join(work, 'old'),
      join(work, 'next'),
    ];
    const chain = new GoChain(generation);
    const history = new History(chain.dir);
    let home: Home;
    let node: ProcessGroup | undefined;
    let height: number;
    after(async () => {
      await node?.stop();
      chain.remove();
      rmSync(work, { recursive: true, force: true });
    });

    it('builds what is released', () => {
      history.commit(release);
      chain.buildNode(old);
      buildCosmovisor(cosmovisor);
    });
    it('lets chain-upgrade write the next version', () => {
      chain.develop();
      history.commit();
      chain.chainUpgrade('new', plan, '--renamed', 'box=crate', '--yes');
      const { base, findings } = JSON.parse(
        chain.chainUpgrade('lint', '--format', 'json', '--require-base'),
      ) as { base: string; findings: { severity: string; message: string }[] };
      assert.equal(base, release);
      assert.deepEqual(
        findings.filter(({ severity }) => severity === 'error'),
        [],
      );
      chain.buildNode(next);
    });
    it('is rehearsed by chain-upgrade', () => {
      const {
        from,
        plan: rehearsed,
        steps,
        failure,
      } = JSON.parse(chain.chainUpgrade('rehearse', '--yes', '--format', 'json')) as Rehearsal;
      assert.deepEqual([from, rehearsed, failure], [release, plan, undefined]);
      assert.ok(steps.length > 0 && steps.every(step => step.ok), JSON.stringify(steps));
    });
    it('stops for the upgrade, and goes on with the next version', async () => {
      home = await makeHome(old, join(work, 'home'), { box: { value: 'full' } });
      node = startCosmovisor(cosmovisor, home, old, next, plan);
      height = await proposeUpgrade(old, home, node, plan);
      await waitFor(
        'the block after the upgrade',
        async () => (await new Rpc(home.port).height()) >= height + 2,
        node,
      );
      assert.match(node.log(), new RegExp(`UPGRADE "${plan}" NEEDED at height: ${height}`));
      assert.equal(readlinkSync(join(home.dir, 'cosmovisor/current')).split('/').at(-1), plan);
    });
    it('has the migrated state', () => checkState(home, height));
    it('starts again', async () => {
      await node!.stop();
      node = new ProcessGroup(
        next,
        ['start', '--home', home.dir, '--log_no_color'],
        join(work, 'again.log'),
        { ...process.env, HOME: home.dir },
      );
      const reached = height + 2;
      await waitFor(
        'blocks after the restart',
        async () => (await new Rpc(home.port).height()) >= reached + 2,
        node,
      );
      await checkState(home, height);
    });
    it('exports the migrated state', async () => {
      await node!.stop();
      const file = join(work, 'export.json');
      daemon(next, home.dir, 'export', '--output-document', file);
      const { app_state: state } = JSON.parse(readFileSync(file, 'utf8')) as {
        app_state: Record<string, { value?: string; count?: number }>;
      };
      assert.deepEqual(
        [state['box'], state['shelf'], state['ledger']],
        [{ value: 'full' }, { value: 'empty' }, undefined],
      );
      assert.ok(
        state['counter']!.count! > height,
        `the counter stands at ${state['counter']!.count}`,
      );
    });

    describe('and a next version with a mistake', () => {
      let versions: Versions | undefined;
      before(() => {
        versions = new Versions(generation);
      });
      after(() => versions?.remove());

      for (const row of rowsOf(generation).filter(({ rule }) => rule in exitCodes)) {
        it(`fails as it does in one process: ${row.mistake}`, async () => {
          const broken = join(work, row.rule);
          const binary = `${broken}.bin`;
          const said = readRecord()[generation]!.find(one => isOf(one, row))!;
          haltedHome(home, broken);
          write(versions!.next.dir, edited(versions!.good, row.edits));
          versions!.next.buildNode(binary);
          const { code, words } = failedStart(binary, broken);
          assert.equal(code, exitCodes[row.rule]![generation === '0.47' ? 0 : 1], words);
          // The heights are others.
          const bare = (text: string) => steady(row, text).replace(/expected \d+/, 'expected N');
          assert.ok(
            bare(words).endsWith(bare(lastWords(said.words)!)),
            `${words}\nin one process: ${said.words}`,
          );
          isExplained(await versions!.read(row), row, { ...said, words });
        });
      }
    });
  });
}

/** The stores as the upgrade has to leave them, asked of the running node. */
async function checkState({ port }: Home, height: number): Promise<void> {
  const rpc = new Rpc(port);
  assert.equal(await rpc.appliedAt(plan), height);
  assert.equal(String(await rpc.stored('crate', 1)), 'full');
  assert.equal(String(await rpc.stored('shelf', 1)), 'empty');
  for (const gone of ['box', 'ledger']) await assert.rejects(rpc.stored(gone, 1), /no such store/);
  assert.equal(await rpc.stored('counter', 1), undefined);
  assert.ok((await rpc.stored('counter', 2))!.readBigUInt64BE() > BigInt(height));
}
