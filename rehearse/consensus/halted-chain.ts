import type { StateProgram } from '../state/program.ts';
import type { AbciApp } from './app.ts';
import type { DrivenNode } from './driven-node.ts';
import type { Standing } from './standing.ts';

/** Which binary is started in which home, and where its chain stands. */
export interface DrivenStart {
  readonly version: 'old' | 'now';
  readonly home: string;
  /** What its log is called. */
  readonly name: string;
  readonly stand: (app: AbciApp) => Standing | Promise<Standing>;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** What compares the states of homes that no node uses. */
export type StateReader = Pick<StateProgram, 'compareStores'>;

/** A chain that has halted for its plan, and can be tried on from there any number of times. */
export interface HaltedChain {
  /** Where it stood, with the block that it could not make. */
  readonly standing: Standing;
  /** What compares homes; undefined where a chain is small enough to be asked. */
  readonly reader: StateReader | undefined;
  /** Milliseconds that a block may take. */
  readonly blockLimit: number;
  /** The node of the new version that has gone on since the upgrade. */
  readonly upgraded: DrivenNode;
  /** Starts a version. Throws `NodeFailed` where it does not load. */
  run(start: DrivenStart): Promise<DrivenNode>;
  /** Makes a copy of its home; gives its path. */
  copyHalted(name: string): Promise<string>;
}
