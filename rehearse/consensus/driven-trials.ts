import type { AppHashes, Cost, Rescue } from '../../core/rehearse/result.ts';
import { NodeFailed } from '../chain-node.ts';
import type { Trials } from '../network.ts';
import { differingKeys, differingStores } from './differing-stores.ts';
import type { DrivenNode } from './driven-node.ts';
import type { HaltedChain, StateReader } from './halted-chain.ts';
import { hexOf } from './rpc-answers.ts';
import type { UpgradeBlock } from './upgrade-block.ts';
import { upgradeBlock } from './upgrade-block.ts';

/** How often the block is made again to find the keys that differ: two runs may agree by chance. */
const moreRuns = 4;

/** What is tried on copies of a halted home, after the upgrade was made in one. */
export class DrivenTrials implements Trials {
  private readonly chain: HaltedChain;
  private readonly first: UpgradeBlock;
  private prepared: Promise<StartedCopy> | undefined;
  private runs = 1;

  constructor(chain: HaltedChain, first: UpgradeBlock) {
    this.chain = chain;
    this.first = first;
  }

  cost(): Cost {
    return this.first.cost;
  }

  prepare(): void {
    this.prepared = this.startCopy();
    // Who takes it hears of its failure.
    this.prepared.catch(() => {});
  }

  /** Waits until what was prepared and not used has started, or has failed to. */
  async settled(): Promise<void> {
    await Promise.allSettled([this.prepared]);
  }

  async repeat(stores: readonly string[]): Promise<AppHashes> {
    const second = await this.again();
    const { made } = second;
    const differ = Buffer.compare(this.first.appHash, made.appHash) !== 0;
    const hashes = {
      first: hexOf(this.first.appHash),
      second: hexOf(made.appHash),
      equal: !differ,
      differs: differ ? await this.differences(second, stores) : [],
    };
    await second.node.stop();
    return hashes;
  }

  async rescue(): Promise<readonly Rescue[]> {
    const result: Rescue[] = [];
    for (const [binary, version] of [
      ['old', 'old'],
      ['new', 'now'],
    ] as const)
      result.push({ binary, ok: await this.skips(binary, version) });
    return result;
  }

  /** Whether a version passes the plan's height where it is told to skip it. */
  private async skips(binary: 'old' | 'new', version: 'old' | 'now'): Promise<boolean> {
    const name = `rescue-${binary}`;
    const { height } = this.first;
    try {
      const node = await this.chain.run({
        version,
        home: await this.chain.copyHalted(name),
        name,
        stand: () => this.chain.standing,
        args: ['--unsafe-skip-upgrades', String(height)],
      });
      const passed = await node.reach(height + 1, this.chain.blockLimit);
      await node.stop();
      return passed;
    } catch (error) {
      if (error instanceof NodeFailed) return false;
      throw error;
    }
  }

  /** Starts the new version in another copy; with one processor, so that goroutines take turns. */
  private async startCopy(): Promise<StartedCopy> {
    const name = `repeat-${this.runs++}`;
    const home = await this.chain.copyHalted(name);
    const node = await this.chain.run({
      version: 'now',
      home,
      name,
      stand: () => this.chain.standing,
      env: { GOMAXPROCS: '1' },
    });
    return { node, home };
  }

  /** Makes the upgrade block in another copy. */
  private async again(): Promise<Repetition> {
    const prepared = this.prepared ?? this.startCopy();
    this.prepared = undefined;
    const { node, home } = await prepared;
    const made = await upgradeBlock(node, this.chain.blockLimit);
    if (!made) throw new NodeFailed(node.words());
    return { node, made, home };
  }

  /** Where two runs of the upgrade block differ: the keys where they can be told, else the stores. */
  private async differences(
    second: Repetition,
    stores: readonly string[],
  ): Promise<AppHashes['differs']> {
    const { reader } = this.chain;
    if (reader) return this.differencesOnDisk(second, reader);
    const { height } = this.first;
    const differing = await differingStores(this.chain.upgraded, second.node, stores, height);
    for (let i = 0; i < moreRuns; i++) {
      const { node } = await this.again();
      const keys = [];
      for (const store of differing) keys.push(...(await differingKeys(node, second.node, store)));
      await node.stop();
      if (keys.length > 0) return keys.slice(0, mostKeys);
    }
    return differing.map(store => ({ store, key: null }));
  }

  /** The same where a state may be too large to be asked for: what both left is compared. */
  private async differencesOnDisk(
    second: Repetition,
    reader: StateReader,
  ): Promise<AppHashes['differs']> {
    const { height } = this.first;
    await second.node.stop();
    for (let i = 0; i < moreRuns; i++) {
      const { node, home } = await this.again();
      await node.stop();
      const { stores } = await reader.compareStores(
        { home: second.home, height },
        { home, height },
        mostKeys,
      );
      const keys = stores.flatMap(({ store, first }) => first.map(key => ({ store, key })));
      if (keys.length > 0) return keys.slice(0, mostKeys);
    }
    return [];
  }
}

/** The new version in a home of its own, where the old one halted. */
interface StartedCopy {
  readonly node: DrivenNode;
  readonly home: string;
}

/** The upgrade block, made again there. */
interface Repetition extends StartedCopy {
  readonly made: UpgradeBlock;
}

/** More of them tell nothing more. */
const mostKeys = 20;
