import { forkWords, slowWords } from '../core/rehearse/compare.ts';
import type { Compared } from '../core/rehearse/result.ts';
import type { ChainNode } from './chain-node.ts';
import { NodeFailed } from './chain-node.ts';
import type { Trials } from './network.ts';
import type { RehearseOptions } from './options.ts';
import type { Steps } from './steps.ts';
import { UpgradeFailed } from './upgrade-failed.ts';

/** What is wanted of a chain beyond its upgrade. */
export type Further = Pick<RehearseOptions, 'blocks' | 'after'>;

/** Milliseconds that a block of many may take. */
const usualLimit = 10_000;
const leastLimit = 120_000;

/**
 * What is tried once the upgrade passed: the upgrade block again, blocks and time after it, and the
 * ways out where the plan has to be skipped. `found` hears of each as it is known.
 */
export async function goFurther(
  steps: Steps,
  trials: Trials,
  upgraded: ChainNode,
  stores: readonly string[],
  { blocks, after }: Further,
  found: (part: Partial<Compared>) => void,
): Promise<void> {
  await steps.run(
    'repeat',
    () => repeat(trials, stores, found),
    () => 'to the same app hash',
  );
  await steps.run(
    'blocks',
    () => makeBlocks(upgraded, blocks, after),
    height => `to height ${height}`,
  );
  await steps.run('rescue', async () => found({ rescue: await trials.rescue() }));
}

/** Throws where the upgrade block took longer than it may, in milliseconds. */
export function mustBeQuick(trials: Trials, limit: number | undefined): void {
  const cost = trials.cost();
  if (cost && limit !== undefined && cost.finalizeMs + cost.commitMs > limit)
    throw new UpgradeFailed('upgrade', slowWords(cost, limit));
}

async function repeat(
  trials: Trials,
  stores: readonly string[],
  found: (part: Partial<Compared>) => void,
): Promise<void> {
  const appHash = await trials.repeat(stores).catch((error: unknown) => {
    throw error instanceof NodeFailed ? new UpgradeFailed('repeat', error.message) : error;
  });
  found({ appHash });
  if (!appHash.equal) throw new UpgradeFailed('repeat', forkWords(appHash));
}

/** Lets time pass at once, and the blocks after it show what that brings; gives the height. */
async function makeBlocks(node: ChainNode, blocks: number, after: number): Promise<number> {
  const height = (await node.height()) + blocks;
  node.pass(after);
  if (!(await node.reach(height, leastLimit + blocks * usualLimit)))
    throw new UpgradeFailed('blocks', node.words());
  return height;
}
