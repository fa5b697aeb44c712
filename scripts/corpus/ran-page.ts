import type { Diagnostic } from '../../core/lint/diagnostic.ts';
import type { RanRelease } from './ran-table.ts';
import { cell, table } from './section.ts';

/** A release that ran, and what was read and reported of it. */
export interface RanResult {
  readonly release: RanRelease;
  /** The baseline it was compared with, or why there was none. */
  readonly base: string;
  /** Whether its plan is registered in it under the name of the table. */
  readonly seen: boolean;
  /** The plan names that it registers and its baseline does not. */
  readonly pending: readonly string[];
  readonly errors: readonly Diagnostic[];
  readonly warnings: number;
}

/** Whether a result is as it should be: the plan is seen, and there is no error. */
export function isRight({ seen, errors }: RanResult): boolean {
  return seen && errors.length === 0;
}

/** The section of the page: the figures, and a row for each release that needs an explanation. */
export function ranSection(results: readonly RanResult[]): string {
  const seen = results.filter(result => result.seen).length;
  const clean = results.filter(({ errors }) => errors.length === 0).length;
  const open = results.filter(result => !isRight(result));
  const rows = open.map(({ release, base, seen: isSeen, pending, errors }) => [
    `${release.repository}@${release.tag}`,
    base,
    release.plan,
    isSeen ? 'yes' : `no; new are ${pending.join(', ') || 'none'}`,
    errors.map(({ rule, message }) => `${rule}: ${cell(message)}`).join('<br>') || 'none',
  ]);
  return (
    `\nOf ${results.length} releases that main networks upgraded to, the plan is seen in ${seen}, ` +
    `and ${clean} have no error. The others:\n\n` +
    table(['release', 'baseline', 'plan', 'seen', 'errors'], rows) +
    '\n'
  );
}
