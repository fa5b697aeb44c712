import type { Block, TxOutcome } from '../../core/rehearse/abci/block.ts';
import type { Tip } from '../../core/rehearse/abci/tip.ts';
import { advanced, nextBlock, usualBlockTime } from '../../core/rehearse/abci/tip.ts';
import type { AbciApp } from './app.ts';
import { AppException } from './connection.ts';
import { nodeHashes } from './hashes.ts';

/** CometBFT's own limit of a block, for chains that have none (types/block.go). */
const largestBlock = 104_857_600;

/** A block that an app has committed, and how long that took. */
export interface MadeBlock {
  readonly block: Block;
  readonly outcomes: readonly TxOutcome[];
  readonly appHash: Uint8Array;
  /** Milliseconds. */
  readonly finalizeMs: number;
  readonly commitMs: number;
}

/** Makes a chain's blocks as its only proposer: each is proposed, voted for, executed, committed. */
export class BlockProducer {
  tip: Tip;
  /** A block that was proposed and could not be executed: the next version has to execute it. */
  pending: Block | undefined;
  /** Milliseconds of the chain's time from one block to the next. */
  pace = usualBlockTime;
  private readonly app: AbciApp;
  private readonly waiting: Uint8Array[] = [];
  private skipped = 0;

  constructor(app: AbciApp, tip: Tip, pending?: Block) {
    this.app = app;
    this.tip = tip;
    this.pending = pending;
  }

  /** Lets the next block come later by so many milliseconds. */
  skip(ms: number): void {
    this.skipped += ms;
  }

  /** Holds a transaction for the next block. */
  add(tx: Uint8Array): void {
    this.waiting.push(tx);
  }

  async make(): Promise<MadeBlock> {
    const block = this.pending ?? (await this.propose());
    this.pending = block;
    const began = performance.now();
    const executed = await this.app.execute(block);
    const executedAt = performance.now();
    const committed = await this.app.commit();
    const committedAt = performance.now();
    const appHash = executed.appHash ?? committed;
    this.tip = advanced(this.tip, block, executed, appHash);
    this.pending = undefined;
    this.forget(block.txs);
    return {
      block,
      outcomes: executed.txs,
      appHash,
      finalizeMs: executedAt - began,
      commitMs: committedAt - executedAt,
    };
  }

  private async propose(): Promise<Block> {
    const after = this.pace + this.skipped;
    const maxBytes = this.tip.maxBytes < 0 ? largestBlock : this.tip.maxBytes;
    const wanted = nextBlock(this.tip, this.waiting, nodeHashes, after);
    const txs = await this.app.prepare(wanted, maxBytes);
    const block = nextBlock(this.tip, txs, nodeHashes, after);
    if (!(await this.app.accepts(block)))
      throw new AppException(`the app rejects the block ${block.height} that it proposed itself`);
    this.skipped = 0;
    return block;
  }

  private forget(txs: readonly Uint8Array[]): void {
    for (const tx of txs) {
      const at = this.waiting.findIndex(one => Buffer.compare(one, tx) === 0);
      if (at >= 0) this.waiting.splice(at, 1);
    }
  }
}
