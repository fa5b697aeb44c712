import type { Repo } from '../go/repo/repo.ts';
import type { Chain } from './chain.ts';

/** The chain as the network runs it. */
export interface Baseline {
  /** A git ref, or the chain id of a lock. */
  readonly ref: string;
  /** Its code; a lock has none. */
  readonly repo?: Repo | undefined;
  readonly chain: Chain;
  /** The folders of the only apps it speaks of. */
  readonly apps?: readonly string[];
  /** Whether the current commit is built on it; release branches often are not merged back. */
  readonly merged: boolean;
}
