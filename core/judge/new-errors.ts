import type { Analysis } from '../chain/analysis.ts';
import type { Baseline } from '../chain/baseline.ts';
import { rules } from '../lint/all.ts';
import { configIn } from '../lint/config.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import { lint } from '../lint/lint.ts';
import type { RefusalInfo } from '../refusal.ts';

/** What the linter's new errors mean for a plan. */
export interface LintVerdict {
  /** Why it is not offered; undefined where nothing speaks against it. */
  readonly refusal: RefusalInfo | undefined;
  /** What only code by hand mends, one line each. */
  readonly leftToDo: readonly string[];
  /** What was an error before and still is, where it was before. */
  readonly known: readonly Diagnostic[];
}

/**
 * Judges a finished draft by the errors that the linter reports after it and not before, compared
 * with the last release where there is one. What was wrong already, in the same line or in the same
 * words, is not the plan's doing; a warning that becomes an error is. What rules in `expected` report is
 * left to do: what was asked for brings it.
 */
export function lintVerdict(
  before: Analysis,
  now: Analysis,
  base: Baseline | undefined,
  expected: readonly string[] = [],
): LintVerdict {
  const [old, all] = [errorsIn(before, base), errorsIn(now, base)];
  const known = new Set(old.flatMap(found => identities(before, found)));
  const errors = all.filter(found => !identities(now, found).some(id => known.has(id)));
  const left = new Set(all.flatMap(found => identities(now, found)));
  const isLeft = (rule: string) => isLeftToDo(rule) || expected.includes(rule);
  const [error, ...more] = errors.filter(({ rule }) => !isLeft(rule));
  return {
    refusal: error && refusalFor(before, error, more.length),
    leftToDo: errors.filter(({ rule }) => isLeft(rule)).map(noteOf),
    known: old.filter(found => identities(before, found).some(id => left.has(id))),
  };
}

function isLeftToDo(rule: string): boolean {
  return rules.some(one => one.name === rule && one.leftToDo === true);
}

function refusalFor(
  { repo }: Analysis,
  { rule, location, message, fixes }: Diagnostic,
  more: number,
): RefusalInfo {
  const { file, line } = location;
  const [fix] = fixes;
  const remedy = fix ? `; what helps: ${fix.title}` : '';
  const others = more > 0 ? ` (and ${more} more)` : '';
  const reason =
    `${file}:${line}: after this plan \`lint\` would report the error ${rule}: ` +
    `${message}${remedy}${others}`;
  return { reason, ...(repo.texts.has(file) ? { file, line } : {}) };
}

function noteOf({ rule, location, message }: Diagnostic): string {
  return `Left to do (${rule}, ${location.file}:${location.line}): ${message}.`;
}

/** With the severities that the repository gives to rules; what is wrong with them lint says. */
function errorsIn(analysis: Analysis, base: Baseline | undefined): Diagnostic[] {
  const read = configIn(analysis.repo);
  const config = 'error' in read ? {} : read;
  const found = lint(analysis, { config, ...(base ? { bases: [base] } : {}) });
  return found.filter(({ severity }) => severity === 'error');
}

/** What a finding is known by: lines move, and a message may name the new upgrade. */
function identities({ repo }: Analysis, { rule, location, message }: Diagnostic): string[] {
  const lines = repo.texts.get(location.file)?.split('\n') ?? [];
  const line = lines[location.line - 1]?.trim() ?? '';
  return [`${rule} says ${message}`, `${rule} at ${location.file}: ${line}`];
}
