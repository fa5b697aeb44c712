import { table } from '../corpus/section.ts';
import type { Rewriter, Rewriting } from './rewriter.ts';
import type { Original, Outcome } from './trial.ts';
import { outcomeOf } from './trial.ts';

/** What became of all places of one rewriter. */
export interface Count {
  places: number;
  same: number;
  unknown: number;
  refused: number;
  wrong: number;
}

/** Counts by the rewriter's name. */
export type Tally = Map<string, Count>;

/** One place, and what became of it. */
export interface Tried {
  readonly rewriting: Rewriting;
  readonly outcome: Outcome;
}

/**
 * Tries all rewritings at once; where something differs, each by itself. Where only all together
 * differ, that counts for the first.
 */
export function tryAll(original: Original, rewritings: readonly Rewriting[]): Tried[] {
  if (rewritings.length === 0) return [];
  const together = outcomeOf(original, rewritings);
  if (together.kind === 'same' || rewritings.length === 1)
    return rewritings.map(rewriting => ({ rewriting, outcome: together }));
  const tried = rewritings.map(rewriting => ({
    rewriting,
    outcome: outcomeOf(original, [rewriting]),
  }));
  const [first, ...others] = tried;
  return tried.every(({ outcome }) => outcome.kind === 'same')
    ? [{ rewriting: first!.rewriting, outcome: together }, ...others]
    : tried;
}

/** Adds what became of a rewriter's places. */
export function count(tally: Tally, { name }: Rewriter, tried: readonly Tried[]): void {
  const counts = tally.get(name) ?? { places: 0, same: 0, unknown: 0, refused: 0, wrong: 0 };
  for (const { outcome } of tried) {
    counts.places++;
    counts[outcome.kind]++;
  }
  tally.set(name, counts);
}

/** The sum over all rewriters. */
export function totalOf(tally: Tally): Count {
  const total = { places: 0, same: 0, unknown: 0, refused: 0, wrong: 0 };
  for (const counts of tally.values()) {
    total.places += counts.places;
    total.same += counts.same;
    total.unknown += counts.unknown;
    total.refused += counts.refused;
    total.wrong += counts.wrong;
  }
  return total;
}

/** The counts as a table, the sum last. */
export function tallyTable(tally: Tally): string {
  const row = (name: string, { places, same, unknown, refused, wrong }: Count) => [
    name,
    ...[places, same, unknown, refused, wrong].map(String),
  ];
  return table(
    ['rewritten as', 'places', 'same', 'unknown there', 'refused', 'wrong'],
    [...[...tally].map(([name, counts]) => row(name, counts)), row('all', totalOf(tally))],
  );
}
