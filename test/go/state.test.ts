import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { StoreDifference } from '../../core/rehearse/state-facts.ts';
import type { RehearsalFolder } from '../../rehearse/rehearsal-folder.ts';
import { takePlace } from '../../rehearse/rehearsal-folder.ts';
import { workingSource } from '../../rehearse/source-trees.ts';
import { StateProgram } from '../../rehearse/state/program.ts';
import { askedGenerations } from '../support/asked-generations.ts';
import { tempDir } from '../support/temp.ts';
import { GoChain } from './chain.ts';
import type { Generation } from './generations.ts';

// A first build of everything the SDK brings takes minutes.
const patience = 30 * 60_000;
const plan = { name: 'v3', height: 8 };

/** The program for a chain, built in a copy of it. */
async function programFor(
  chain: GoChain,
  generation: Generation,
  place: RehearsalFolder,
): Promise<StateProgram> {
  return StateProgram.build({
    source: await workingSource(chain.dir),
    what: 'old',
    modules: { generation, modDir: '', gomod: '', takesOwn: true },
    backend: 'goleveldb',
    place,
    signal: new AbortController().signal,
    tell: () => {},
  });
}

for (const generation of askedGenerations()) {
  describe(`the state of a chain on SDK ${generation}`, function () {
    this.timeout(patience);
    this.bail(true);
    const cache = process.env['CHAIN_UPGRADE_CACHE'];
    const work = tempDir();
    const home = join(work, 'home');
    const halted = join(work, 'halted');
    const chain = new GoChain(generation);
    let place: RehearsalFolder;
    let program: StateProgram;

    before(async () => {
      process.env['CHAIN_UPGRADE_CACHE'] = join(work, 'cache');
      chain.released('v2.0.0');
      place = takePlace();
      program = await programFor(chain, generation, place);
      chain.runBlocks('TestMakesBlocks', home, plan.name);
    });
    after(() => {
      place.leave(false);
      chain.remove();
      if (cache === undefined) delete process.env['CHAIN_UPGRADE_CACHE'];
      else process.env['CHAIN_UPGRADE_CACHE'] = cache;
    });

    it('says its height, stores and module versions', async () => {
      const {
        height,
        chainId,
        stores,
        modules,
        plan: pending,
        done,
      } = await program.describe(home);
      assert.deepEqual([height, chainId, pending, done], [5, '', null, []]);
      assert.deepEqual(
        ['bank', 'box', 'counter', 'ledger', 'upgrade'].filter(name => !stores.includes(name)),
        [],
      );
      assert.deepEqual([modules['counter'], modules['box']], [2, 1]);
    });

    it('adds up', async () => {
      const { supply, denominations, bondDenom, bonded, notBonded, moduleAccounts } =
        await program.totals({ home });
      assert.deepEqual([supply, denominations, bondDenom], [{}, 1, 'stake']);
      assert.deepEqual(bonded, { kept: '1000000', sum: '1000000' });
      assert.deepEqual(notBonded, { kept: '0', sum: '0' });
      assert.ok(moduleAccounts.includes('bonded_tokens_pool'), moduleAccounts.join());
    });

    it('takes a plan, once, and no other beside it', async () => {
      await assert.rejects(program.writePlan(home, { ...plan, height: 6 }), /too late.*height 6$/);
      const { time } = await program.describe(home);
      const written = await program.writePlan(home, plan);
      assert.deepEqual([written.height, written.plan, written.time], [6, plan, time]);
      const again = await program.writePlan(home, plan);
      assert.deepEqual([again.height, again.plan], [6, plan]);
      await assert.rejects(
        program.writePlan(home, { name: 'v4', height: 20 }),
        /plan v3 is pending there for height 8 already$/,
      );
    });

    it('takes a plan at another height instead', async () => {
      const moved = join(work, 'moved');
      cpSync(home, moved, { recursive: true });
      const later = { ...plan, height: 20 };
      const written = await program.writePlan(moved, later);
      assert.deepEqual([written.height, written.plan], [7, later]);
    });

    it('goes on after a node that ended between its stores and its commit', async () => {
      const unclean = join(work, 'unclean');
      chain.runBlocks('TestMakesBlocks', unclean, plan.name);
      chain.runBlocks('TestEndsUncleanly', unclean, plan.name);
      await assert.rejects(program.writePlan(unclean, plan), /already saved to different hash/);
      const { height, time } = await program.settle(unclean);
      assert.deepEqual([height, time], [5, '2023-11-14T22:13:25Z']);
      assert.equal((await program.writePlan(unclean, plan)).height, 6);
      chain.runBlocks('TestStopsForPlan', unclean, plan.name);
    });

    it('stops the node for the plan that was written', () => {
      chain.runBlocks('TestStopsForPlan', home, plan.name);
      cpSync(home, halted, { recursive: true });
    });

    it('keeps the time of blocks beside a plan that is written', async () => {
      const { time } = await program.describe(home);
      assert.equal(time, '2023-11-14T22:13:27Z');
    });

    it('is compared with the one after the upgrade, store by store', async () => {
      chain.develop();
      chain.chainUpgrade(
        'new',
        plan.name,
        '--added',
        'example.com/tiny/x/shelf/types.StoreKey',
        '--deleted',
        'ledger',
        '--renamed',
        'box=crate',
        '--yes',
      );
      chain.runBlocks('TestGoesOn', home, plan.name);
      const { before, after, stores } = await program.compareStores(
        { home: halted },
        { home, height: plan.height },
      );
      assert.deepEqual([before, after], [7, 8]);
      const differences = Object.fromEntries(stores.map(found => [found.store, found]));
      const count = (name: string) => {
        const { added, changed, deleted } = differences[name] as StoreDifference;
        return { added, changed, deleted };
      };
      assert.deepEqual(count('counter'), { added: 1, changed: 0, deleted: 1 });
      assert.deepEqual(differences['counter']!.first, ['01', '02']);
      assert.deepEqual(count('box'), { added: 0, changed: 0, deleted: 1 });
      assert.deepEqual(count('crate'), { added: 1, changed: 0, deleted: 0 });
      assert.deepEqual(
        ['box', 'crate', 'ledger', 'shelf', 'counter'].map(name => [
          differences[name]?.before,
          differences[name]?.after,
        ]),
        [
          [true, false],
          [false, true],
          [true, false],
          [false, true],
          [true, true],
        ],
      );
      assert.equal(differences['bank'], undefined);
    });

    it('is compared at two heights of one home', async () => {
      const { before, after, stores } = await program.compareStores(
        { home, height: 10 },
        { home, height: 11 },
      );
      assert.deepEqual([before, after], [10, 11]);
      const counter = stores.find(found => found.store === 'counter');
      assert.deepEqual([counter?.added, counter?.changed, counter?.deleted], [0, 1, 0]);
      const equal = await program.compareStores({ home, height: 11 }, { home, height: 11 });
      assert.deepEqual(equal.stores, []);
    });

    it('says what it lacks', async () => {
      await assert.rejects(
        program.compareStores({ home, height: 500 }, { home }),
        /application\.db does not hold height 500$/,
      );
    });
  });
}
