import type { Analysis } from '../chain/analysis.ts';
import type { Baseline } from '../chain/baseline.ts';
import { rules } from '../lint/all.ts';
import { configIn } from '../lint/config.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import { lint } from '../lint/lint.ts';
import { respellWords } from '../plan/rename/respell-words.ts';
import type { DeclaredRename } from '../plan/task.ts';
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
 * left to do: what was asked for brings it. What is said of a plan that was renamed is known by both
 * of its names.
 */
export function lintVerdict(
  before: Analysis,
  now: Analysis,
  base: Baseline | undefined,
  expected: readonly string[] = [],
  renames: readonly DeclaredRename[] = [],
): LintVerdict {
  const [old, all] = [errorsIn(before, base), errorsIn(now, base)];
  const known = new Set(
    old.flatMap(found => identities(before, found)).map(id => inNewNames(id, renames)),
  );
  const errors = all.filter(found => !identities(now, found).some(id => known.has(id)));
  const left = new Set(all.flatMap(found => identities(now, found)));
  const isLeft = (rule: string) => isLeftToDo(rule) || expected.includes(rule);
  const [error, ...more] = errors.filter(({ rule }) => !isLeft(rule));
  return {
    refusal: error && refusalFor(before, error, more.length),
    leftToDo: errors.filter(({ rule }) => isLeft(rule)).map(noteOf),
    known: old.filter(found =>
      identities(before, found).some(id => left.has(inNewNames(id, renames))),
    ),
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

/** What a finding is known by, as it is once plans have their new names. */
function inNewNames(id: string, renames: readonly DeclaredRename[]): string {
  return renames.reduce((text, { from, to, folders }) => {
    const moved = folders.reduce(
      (all, folder) => all.replaceAll(`${folder.from}/`, `${folder.to}/`),
      text,
    );
    return respellWords(moved, from, to);
  }, id);
}
