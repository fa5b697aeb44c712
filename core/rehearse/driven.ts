import type { Generation } from '../sdk/generations.ts';
import { generationIsBefore } from '../sdk/generations.ts';
import type { AbciWire } from './abci/requests.ts';

/**
 * How a rehearsal brings a chain from one version to the next: by making its blocks itself, or with
 * one validator that runs CometBFT.
 */
export type RehearsalMode = 'driven' | 'validator';

/**
 * The protocol that apps of an SDK generation speak: CometBFT 0.37 with 0.47, 0.38 and later with
 * 0.50 and later, one protocol for all that is asked of them. Undefined for Tendermint, and where
 * the generation is not known.
 */
export function wireOf(generation: Generation | null): AbciWire | undefined {
  if (generation === null || generationIsBefore(generation, '0.47')) return undefined;
  return generation === '0.47' ? '0.37' : '0.38';
}

/** Why a generation cannot be driven, as part of a sentence; undefined where it can. */
export function undrivenGeneration(generation: Generation | null): string | undefined {
  if (wireOf(generation) !== undefined) return undefined;
  return generation === null
    ? 'which CometBFT it speaks to is not known'
    : `SDK ${generation} speaks to Tendermint, not to CometBFT`;
}

/** How a version is run without CometBFT. */
export interface StandaloneStart {
  readonly wire: AbciWire;
  /** The flag of `start` that keeps CometBFT out, without its dashes. */
  readonly flag: string;
}

const flagsNeeded = ['transport', 'address'];
/**
 * What the flag is called: from SDK 0.50 on, in the server of cosmos/evm, and before, which the SDK
 * still takes (server/start.go).
 */
const standaloneFlags = ['with-comet', 'with-cometbft', 'with-tendermint'];

/** The flag of `start` that keeps CometBFT out, from its help; undefined where it has none. */
export function standaloneFlag(help: string): string | undefined {
  return standaloneFlags.find(flag => hasFlag(help, flag));
}

function hasFlag(help: string, flag: string): boolean {
  return new RegExp(`^\\s*(-\\w, )?--${flag}(?![\\w-])`, 'm').test(help);
}

/**
 * The options that `start` lacks to run without CometBFT, from its help; undefined where it has
 * them.
 */
export function undrivenStart(help: string): string | undefined {
  const missing = flagsNeeded.filter(flag => !hasFlag(help, flag));
  if (standaloneFlag(help) === undefined) missing.unshift(standaloneFlags[0]!);
  if (missing.length === 0) return undefined;
  return `its start command has no ${missing.map(flag => `--${flag}`).join(', ')}`;
}
