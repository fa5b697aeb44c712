import type { Block } from '../../core/rehearse/abci/block.ts';
import type { Tip } from '../../core/rehearse/abci/tip.ts';

/** Where a chain stands, and the block that it could not execute, if there is one. */
export interface Standing {
  readonly tip: Tip;
  readonly pending?: Block | undefined;
}
