import type { Analysis } from '../chain/analysis.ts';
import type { Baseline } from '../chain/baseline.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import { lint } from '../lint/lint.ts';

/**
 * An error that the linter reports after the plan, in a file where the rule had found nothing
 * before: what was wrong already is not the plan's doing.
 */
export function newError(before: Analysis, now: Analysis): string | undefined {
  const known = new Set(lint(before).map(({ rule, location }) => `${rule} ${location.file}`));
  const added = errorsOf(lint(now)).find(
    ({ rule, location }) => !known.has(`${rule} ${location.file}`),
  );
  if (!added) return undefined;
  const { rule, location, message } = added;
  return `the linter would report an error in ${location.file}:${location.line}: ${message} (${rule})`;
}

/**
 * What is left to do after the plan, one line each: the errors that the linter reports then, and
 * not before, compared with the last release.
 */
export function leftToDo(
  before: Analysis,
  now: Analysis,
  base: Baseline | undefined,
): readonly string[] {
  if (!base) return [];
  const identity = ({ rule, message }: Diagnostic) => `${rule} ${message}`;
  const known = new Set(lint(before, { bases: [base] }).map(identity));
  const added = errorsOf(lint(now, { bases: [base] })).filter(found => !known.has(identity(found)));
  return added.map(noteOf);
}

function noteOf({ rule, location, message, fixes }: Diagnostic): string {
  const [fix] = fixes;
  const remedy = fix ? ` To fix it: ${fix.title}.` : '';
  return `Left to do (${rule}, ${location.file}:${location.line}): ${message}.${remedy}`;
}

function errorsOf(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === 'error');
}
