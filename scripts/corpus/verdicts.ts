import type { Study } from './study.ts';
import { expectedGenerations } from './table.ts';
import type { Trial } from './trial.ts';

/** Whether what was found is what the table says. */
export interface Verdict {
  readonly sdk: boolean;
  readonly registration: boolean;
  readonly stores: boolean;
}

/**
 * Compares a checkout with its row: the same one code, and an SDK generation that the row's version
 * may stand for.
 */
export function verdictOf({ row, understood }: Study): Verdict {
  const expected = expectedGenerations(row);
  const only = (found: readonly string[] | undefined, code: string) =>
    found?.length === 1 && found[0] === code;
  return {
    sdk:
      understood?.generations.length === 1 &&
      expected.some(generation => only(understood.generations, generation)),
    registration: only(understood?.registration, row.registration),
    stores: only(understood?.storeStyle, row.stores),
  };
}

/** Trials that went wrong: a crash, or a check that failed. */
export function failures(study: Study): Trial[] {
  return study.trials.filter(({ outcome, faults }) => outcome === 'crashed' || faults.length > 0);
}

/** How many of some things are so. */
export interface Count {
  readonly right: number;
  readonly of: number;
}

export function count<T>(all: readonly T[], right: (one: T) => boolean): Count {
  return { right: all.filter(right).length, of: all.length };
}

/** The middle of some numbers, and the greatest. */
export function middleAndMost(numbers: readonly number[]): { middle: number; most: number } {
  const sorted = [...numbers].sort((a, b) => a - b);
  return { middle: sorted[sorted.length >> 1] ?? 0, most: sorted.at(-1) ?? 0 };
}
