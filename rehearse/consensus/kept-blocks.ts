import { createHash } from 'node:crypto';
import type { TxOutcome } from '../../core/rehearse/abci/block.ts';
import type { MadeBlock } from './producer.ts';

/** How many blocks without transactions are remembered. */
const keptEmpty = 100;

/** A transaction, its block and how it went. */
export interface KeptTx {
  readonly made: MadeBlock;
  readonly index: number;
  readonly tx: Uint8Array;
  readonly outcome: TxOutcome;
}

/** The blocks that are remembered, for who asks: all with transactions, of the others the newest. */
export class KeptBlocks {
  private readonly blocks = new Map<number, MadeBlock>();
  private readonly txs = new Map<string, KeptTx>();

  add(made: MadeBlock): void {
    const { height, txs } = made.block;
    this.blocks.set(height, made);
    txs.forEach((tx, index) => {
      const outcome = made.outcomes[index];
      if (outcome) this.txs.set(txHash(tx), { made, index, tx, outcome });
    });
    const old = this.blocks.get(height - keptEmpty);
    if (old?.block.txs.length === 0) this.blocks.delete(height - keptEmpty);
  }

  block(height: number): MadeBlock | undefined {
    return this.blocks.get(height);
  }

  /** By its hash in hexadecimal, as CometBFT writes it. */
  tx(hash: string): KeptTx | undefined {
    return this.txs.get(hash.toUpperCase());
  }
}

/** A transaction's hash, as CometBFT writes it. */
export function txHash(tx: Uint8Array): string {
  return createHash('sha256').update(tx).digest('hex').toUpperCase();
}
