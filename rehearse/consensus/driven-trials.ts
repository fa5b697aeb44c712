import type { AppHashes, Cost, Rescue } from '../../core/rehearse/result.ts';
import { NodeFailed } from '../chain-node.ts';
import type { Trials } from '../network.ts';
import { differingKeys, differingStores } from './differing-stores.ts';
import type { DrivenNode } from './driven-node.ts';
import type { HaltedChain } from './halted-chain.ts';
import { hexOf } from './rpc-answers.ts';
import type { UpgradeBlock } from './upgrade-block.ts';
import { upgradeBlock } from './upgrade-block.ts';

/** How often the block is made again to find the keys that differ: two runs may agree by chance. */
const moreRuns = 4;

/** What is tried on copies of a halted home, after the upgrade was made in one. */
export class DrivenTrials implements Trials {
  private readonly chain: HaltedChain;
  private readonly first: UpgradeBlock;
  /** The node that made the upgrade block first, and has gone on since. */
  private readonly upgraded: DrivenNode;
  private runs = 1;

  constructor(chain: HaltedChain, first: UpgradeBlock, upgraded: DrivenNode) {
    this.chain = chain;
    this.first = first;
    this.upgraded = upgraded;
  }

  cost(): Cost {
    return this.first.cost;
  }

  async repeat(stores: readonly string[]): Promise<AppHashes> {
    const [second, made] = await this.again();
    const differ = Buffer.compare(this.first.appHash, made.appHash) !== 0;
    const hashes = {
      first: hexOf(this.first.appHash),
      second: hexOf(made.appHash),
      equal: !differ,
      differs: differ ? await this.differences(second, stores) : [],
    };
    await second.stop();
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
        home: this.chain.copyHalted(name),
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

  /** Makes the upgrade block in another copy; with one processor, so that goroutines take turns. */
  private async again(): Promise<[DrivenNode, UpgradeBlock]> {
    const name = `repeat-${this.runs++}`;
    const node = await this.chain.run({
      version: 'now',
      home: this.chain.copyHalted(name),
      name,
      stand: () => this.chain.standing,
      env: { GOMAXPROCS: '1' },
    });
    const made = await upgradeBlock(node, this.chain.blockLimit);
    if (!made) throw new NodeFailed(node.words());
    return [node, made];
  }

  /** Where two runs of the upgrade block differ: the keys where they can be told, else the stores. */
  private async differences(
    second: DrivenNode,
    stores: readonly string[],
  ): Promise<AppHashes['differs']> {
    const differing = await differingStores(this.upgraded, second, stores, this.first.height);
    for (let i = 0; i < moreRuns; i++) {
      const [node] = await this.again();
      const keys = [];
      for (const store of differing) keys.push(...(await differingKeys(node, second, store)));
      await node.stop();
      if (keys.length > 0) return keys.slice(0, mostKeys);
    }
    return differing.map(store => ({ store, key: null }));
  }
}

/** More of them tell nothing more. */
const mostKeys = 20;
