import type { FreshStart } from '../core/rehearse/fresh-start.ts';
import { NodeFailed } from './chain-node.ts';

/** The old version did not come to its first blocks. */
export class StartFailed extends NodeFailed {
  /** What it did not get past. */
  readonly reached: FreshStart;
  /** What it said. */
  readonly words: string;

  constructor(reached: FreshStart, words: string) {
    super(reached === 'blocks' ? `the old version makes no blocks: ${words}` : words);
    this.reached = reached;
    this.words = words;
  }
}
