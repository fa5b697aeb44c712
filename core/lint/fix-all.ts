import type { Repo } from '../go/repo/repo.ts';
import { brokenAt } from '../go/source/broken.ts';
import type { Diagnostic } from './diagnostic.ts';
import { fullMessage } from './diagnostic.ts';
import { withFix } from './fix.ts';
import type { Severity, SuggestedFix } from './rule.ts';

/** What a repository looks like to the rules. */
export interface Looked {
  readonly problems: readonly Diagnostic[];
  /** What the network has applied already, one text a plan (`appliedPlans`). */
  readonly applied: readonly string[];
}

/** A fix that was tried and not kept. */
export interface TakenBack {
  readonly problem: Diagnostic;
  readonly fix: SuggestedFix;
  /** What it would have done, as the end of a sentence that begins with `it`. */
  readonly why: string;
}

/** A repository after every preferred fix, and what is left. */
export interface Fixed {
  readonly repo: Repo;
  readonly problems: readonly Diagnostic[];
  readonly applied: number;
  readonly takenBack: readonly TakenBack[];
}

/** The fix of a problem that is made unasked, where it has one. */
export function preferredFix({ fixes }: Pick<Diagnostic, 'fixes'>): SuggestedFix | undefined {
  return fixes.find(({ preferred }) => preferred);
}

/**
 * Applies the preferred fix of each problem, one after another, until nothing changes. After each
 * the rules are asked again: a fix that leaves its problem, brings another one, or changes what the
 * network has applied already is taken back and not tried again. Which fix of a problem is applied,
 * and of which problems, can be chosen otherwise.
 */
export function fixAll(
  repo: Repo,
  look: (repo: Repo) => Looked,
  fixOf: (problem: Diagnostic) => SuggestedFix | undefined = preferredFix,
): Fixed {
  let now = repo;
  let looked = look(repo);
  let applied = 0;
  const takenBack: TakenBack[] = [];
  const tried = new Set<string>();
  for (;;) {
    const problem = looked.problems.find(one => fixOf(one) && !tried.has(keyOf(one)));
    if (!problem) return { repo: now, problems: looked.problems, applied, takenBack };
    tried.add(keyOf(problem));
    const fix = fixOf(problem)!;
    const after = withFix(now, fix);
    const next = look(after);
    const why = brokenBy(now, after) ?? harm(problem, looked, next);
    if (why !== undefined) {
      takenBack.push({ problem, fix, why });
      continue;
    }
    now = after;
    looked = next;
    applied += 1;
  }
}

/** What is said of a file that a fix would leave in a form that does not parse. */
function brokenBy(before: Repo, after: Repo): string | undefined {
  for (const [file, text] of after.texts) {
    if (!file.endsWith('.go') || before.texts.get(file) === text) continue;
    const [was, is] = [before, after].map(repo => brokenAt(repo.facts(file)!));
    if (is !== undefined && was === undefined) return `would break the syntax of ${file}`;
  }
  return undefined;
}

/** What speaks against a fix; undefined where nothing does. */
function harm(fixed: Diagnostic, before: Looked, after: Looked): string | undefined {
  const left = before.problems.filter(problem => keyOf(problem) !== keyOf(fixed));
  if (isIn(after.problems, fixed)) return 'would not take the finding away';
  const brought = broughtBetween(left, after.problems);
  if (brought) return `would bring another finding: ${brought.message} (${brought.rule})`;
  const lost = before.applied.find(plan => !after.applied.includes(plan));
  return lost === undefined ? undefined : `would change a plan that was applied: ${lost}`;
}

const grave: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/**
 * An error or warning that was not there, or is graver than it was. One that only says it in other
 * words, such as a list of names that got shorter, was.
 */
function broughtBetween(
  before: readonly Diagnostic[],
  after: readonly Diagnostic[],
): Diagnostic | undefined {
  const countIn = (problems: readonly Diagnostic[], { rule, location }: Diagnostic) =>
    problems.filter(one => one.rule === rule && one.location.file === location.file).length;
  return after
    .filter(({ severity }) => severity !== 'info')
    .find(problem => {
      const isSame = (one: Diagnostic) => keyOf(one) === keyOf(problem);
      const same = before.filter(isSame);
      if (same.length > 0)
        return (
          after.filter(isSame).length > same.length ||
          same.every(({ severity }) => grave[problem.severity] > grave[severity])
        );
      return countIn(after, problem) > countIn(before, problem);
    });
}

function isIn(problems: readonly Diagnostic[], wanted: Diagnostic): boolean {
  return problems.some(problem => keyOf(problem) === keyOf(wanted));
}

/** A finding wherever it is in its file: fixes above it move it. */
function keyOf(problem: Diagnostic): string {
  return `${problem.rule} ${problem.location.file} ${fullMessage(problem)}`;
}

/** What is said of a fix that was not kept. */
export function takenBackNote({ problem, fix, why }: TakenBack): string {
  const { rule, location } = problem;
  return `${location.file}:${location.line}: not repaired (${rule}): "${fix.title}" ${why}`;
}
