import type { Json } from '../core/rehearse/genesis.ts';
import type { Log } from '../host/commands/session.ts';
import type { Listener } from './steps.ts';

/** How a rehearsal is done. */
export interface RehearseOptions {
  readonly build?: string | undefined;
  readonly genesisPatch?: Json | undefined;
  readonly startArgs: readonly string[];
  readonly fees?: string | undefined;
  /** A command that submits and passes the plan, where gov does not decide on upgrades. */
  readonly propose?: string | undefined;
  /** Whether a validator with CometBFT is run, where the chain could be driven as well. */
  readonly validator?: boolean;
  readonly cosmovisor?: boolean;
  /** Blocks to make after the upgrade, where the chain is driven. */
  readonly blocks: number;
  /** Milliseconds of the chain's time to let pass after the upgrade. */
  readonly after: number;
  /** Milliseconds that the upgrade block may take. */
  readonly maxBlockTime?: number | undefined;
  /** The path of a state to rehearse on; a new chain without it. */
  readonly state?: string | undefined;
  /** The bytes that what is kept for further rehearsals may take. */
  readonly cacheLimit: number;
  readonly signal: AbortSignal;
  readonly listener: Listener;
  readonly tell: Log;
}

/** What is done where nothing else was asked for. */
export const usualOptions = { startArgs: [], blocks: 100, after: 0, cacheLimit: 10e9 } as const;

/** The options that need a chain whose blocks this process makes, of those that were given. */
export function onlyDriven(
  options: Pick<RehearseOptions, 'after' | 'maxBlockTime'>,
): string | undefined {
  if (options.maxBlockTime !== undefined) return '--max-block-time';
  return options.after > 0 ? '--after' : undefined;
}
