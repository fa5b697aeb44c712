import { generationIsBefore, generations } from '../../sdk/generations.ts';
import type { Generation } from '../chain.ts';

/**
 * One piece of evidence about the SDK an app is built on. None is trusted against all the others:
 * forks number as they like, requirements are forced by dependencies, and old files are left lying
 * about.
 */
export interface Witness {
  /** The generations that it does not rule out. */
  readonly admits: readonly Generation[];
  /** The one of them that it speaks of, where it names one. */
  readonly names?: Generation;
}

/** A witness that rules out all generations but one. */
export function witnessOf(generation: Generation | null): Witness | undefined {
  return generation === null ? undefined : { admits: [generation], names: generation };
}

/** A witness that names a generation, and knows that nothing older is meant. */
export function witnessSince(generation: Generation | null): Witness | undefined {
  if (generation === null) return undefined;
  const admits = generations.filter(other => !generationIsBefore(other, generation));
  return { admits, names: generation };
}

/** A witness that only rules out generations; undefined where it leaves none. */
export function witnessAmong(admits: readonly Generation[] | undefined): Witness | undefined {
  if (!admits || admits.length === 0) return undefined;
  return admits.length === 1 ? witnessOf(admits[0]!) : { admits };
}

/**
 * The generation that the witnesses agree on, or at least half of them; of several the one that the
 * first of them names. Null where they disagree beyond that, or leave several open.
 */
export function agreed(witnesses: readonly Witness[]): Generation | null {
  const supported = generations.map(generation => ({
    generation,
    by: support(witnesses, generation),
  }));
  const most = Math.max(...supported.map(({ by }) => by));
  if (most === 0 || most * 2 < witnesses.length) return null;
  const best = supported.filter(({ by }) => by === most).map(({ generation }) => generation);
  if (best.length === 1) return best[0]!;
  const named = witnesses.find(({ names }) => names !== undefined && best.includes(names));
  return named?.names ?? null;
}

/** Whether what a witness names is ruled out by none of the others. */
export function isBelieved({ names }: Witness, others: readonly Witness[]): boolean {
  return names !== undefined && others.every(({ admits }) => admits.includes(names));
}

function support(witnesses: readonly Witness[], generation: Generation): number {
  return witnesses.filter(({ admits }) => admits.includes(generation)).length;
}
