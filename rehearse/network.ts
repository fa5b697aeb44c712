import type { RehearsalMode } from '../core/rehearse/driven.ts';
import type { AppHashes, Cost, Rescue } from '../core/rehearse/result.ts';
import type { StoreKey } from '../core/rehearse/store-trace.ts';
import type { ChainNode } from './chain-node.ts';
import type { Standing } from './consensus/standing.ts';
import type { DaemonCommands } from './daemon-commands.ts';
import type { Home } from './home.ts';
import type { RehearsalFolder } from './rehearsal-folder.ts';
import type { GivenState } from './state/open-state.ts';
import type { StateProgram } from './state/program.ts';

/** What a network is made of. */
export interface NetworkParts {
  readonly commands: DaemonCommands;
  readonly home: Home;
  readonly old: string;
  /** The new version's binary. */
  readonly now: string;
  readonly plan: string;
  /** The state that was given, in the home; undefined for a new chain. */
  readonly state?: GivenState | undefined;
  /** What reads and compares states, where one was given. */
  readonly reader?: StateProgram | undefined;
  /** Where the old version halted in another rehearsal, in the home. */
  readonly resumed?: Standing | undefined;
  readonly startArgs: readonly string[];
  /** Milliseconds that the upgrade block may take before it counts as one that never ends. */
  readonly blockLimit: number;
  readonly place: RehearsalFolder;
  readonly signal: AbortSignal;
}

/** A chain of one validator that is brought from the old version to the new one. */
export interface RehearsedNetwork {
  readonly mode: RehearsalMode;
  /** Starts the old version. Throws where it makes no blocks. */
  start(): Promise<ChainNode>;
  /** The height for a plan that is proposed at `height`, by a command of the user's or by ours. */
  planHeight(height: number, byCommand: boolean): number;
  /**
   * Stops the old version, has its home changed in a way that adds a height, and starts it again.
   */
  change?(work: (home: string) => Promise<unknown>): Promise<ChainNode>;
  /**
   * Starts the new version on what the old one left when it halted for the plan. Throws
   * `NodeFailed` where it does not load.
   */
  upgrade(): Promise<ChainNode>;
  /** Stops the new version and starts it again. Throws `NodeFailed` where it does not load. */
  restart(): Promise<ChainNode>;
  /** What can be tried on copies of the halted home; undefined where nothing can. */
  readonly trials: Trials | undefined;
  /**
   * The key that the new version touched last where it could not make the upgrade block; undefined
   * where it could, or that cannot be told.
   */
  stoppedAt?(): Promise<StoreKey | undefined>;
  /** Where the chain stood when the old version halted; undefined where it cannot be resumed. */
  readonly standing?: Standing | undefined;
  /** Ends everything that runs. */
  end(): Promise<void>;
}

/** What a halted home is good for besides the upgrade itself. */
export interface Trials {
  /** What the upgrade block cost when it was made first. */
  cost(): Cost | null;
  /** Starts what `repeat` needs beside what is done meanwhile. */
  prepare(): void;
  /** Makes the upgrade block once more, in another copy. */
  repeat(stores: readonly string[]): Promise<AppHashes>;
  /** Whether either version gets past the plan's height where it is told to skip the plan. */
  rescue(): Promise<readonly Rescue[]>;
}
