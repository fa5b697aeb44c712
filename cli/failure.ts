import { resolve } from 'node:path';
import { refuse } from '../core/plan/plan.ts';
import type { ReportedFailure } from '../host/errors.ts';
import { planJson } from './plan-json.ts';

/**
 * What standard output holds after an error with `--format json`: `{ error }`, or a refused plan of
 * a command that makes one, in the folder it was to work in.
 */
export function failureJson(failure: ReportedFailure, planFolder?: string): object {
  if (planFolder === undefined) return { error: failure };
  const { message, internal } = failure;
  const plan = refuse(message, internal ? { internal } : {});
  return planJson({ root: resolve(planFolder), plan });
}

/** The last value of an option on a command line, which may be wrong in other ways. */
export function lastValue(args: readonly string[], option: string): string | undefined {
  const end = args.indexOf('--');
  const words = end < 0 ? args : args.slice(0, end);
  let value: string | undefined;
  for (const [i, word] of words.entries()) {
    if (word === `--${option}`) value = words[i + 1];
    if (word.startsWith(`--${option}=`)) value = word.slice(`--${option}=`.length);
  }
  return value;
}
