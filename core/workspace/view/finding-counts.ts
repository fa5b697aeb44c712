import type { Diagnostic } from '../../lint/diagnostic.ts';
import { plural } from '../../plural.ts';

/** How many findings there are of the kinds that a view counts. */
export interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
}

/** Counts errors and warnings; advice is not counted. */
export function countFindings(problems: readonly Diagnostic[]): FindingCounts {
  const count = (severity: string) => problems.filter(p => p.severity === severity).length;
  return { errors: count('error'), warnings: count('warning') };
}

/** The counts in words, such as `1 error, 2 warnings`; empty where there is none. */
export function countsText({ errors, warnings }: FindingCounts): string {
  return [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
  ].join(', ');
}
