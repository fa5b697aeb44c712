import type { Analysis } from '../chain/analysis.ts';
import type { Baseline } from '../chain/baseline.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import { lint } from '../lint/lint.ts';

/**
 * The errors that the linter reports after a plan and not before it, compared with the last release
 * where there is one. What was wrong already, in the same line or in the same words, is not the
 * plan's doing; a warning that becomes an error is.
 */
export function newErrors(
  before: Analysis,
  now: Analysis,
  base: Baseline | undefined,
): readonly Diagnostic[] {
  const known = new Set(errorsIn(before, base).flatMap(found => identities(before, found)));
  return errorsIn(now, base).filter(found => !identities(now, found).some(id => known.has(id)));
}

function errorsIn(analysis: Analysis, base: Baseline | undefined): Diagnostic[] {
  const found = lint(analysis, base ? { bases: [base] } : {});
  return found.filter(({ severity }) => severity === 'error');
}

/** What a finding is known by: lines move, and a message may name the new upgrade. */
function identities({ repo }: Analysis, { rule, location, message }: Diagnostic): string[] {
  const lines = repo.texts.get(location.file)?.split('\n') ?? [];
  const line = lines[location.line - 1]?.trim() ?? '';
  return [`${rule} says ${message}`, `${rule} at ${location.file}: ${line}`];
}
