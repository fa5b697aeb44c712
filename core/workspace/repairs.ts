import { analyse } from '../chain/analysis.ts';
import type { FileEdit } from '../go/edit/file-edit.ts';
import type { Repo } from '../go/repo/repo.ts';
import { appliedPlans } from '../lint/applied-plans.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import { fixEdits } from '../lint/fix.ts';
import type { Looked } from '../lint/fix-all.ts';
import { fixAll, preferredFix } from '../lint/fix-all.ts';
import { lint } from '../lint/lint.ts';
import type { SuggestedFix } from '../lint/rule.ts';
import type { LintedRepo } from './linted-repo.ts';

/** A repair as an editor offers it: whole texts, from which it makes its own edits. */
export interface Repair {
  readonly title: string;
  readonly preferred: boolean;
  readonly edits: readonly FileEdit[];
}

/** The title of the action that makes every repair of a file that is sure. */
export const repairAllTitle = 'Repair everything that chain-upgrade can repair';

/** The repairs of one problem; none is preferred that `lint --fix` would take back. */
export function repairsOf(linted: LintedRepo, problem: Diagnostic): Repair[] {
  return problem.fixes.map(fix => ({
    title: fix.title,
    preferred: fix.preferred && isKept(linted, problem, fix),
    edits: fixEdits(linted.repo, fix),
  }));
}

function isKept(linted: LintedRepo, problem: Diagnostic, fix: SuggestedFix): boolean {
  const fixOf = (one: Diagnostic) => (one === problem ? fix : undefined);
  return fixAll(linted.repo, lookAt(linted), fixOf).applied > 0;
}

/** What the rules find in a state of a repository, as it is linted now. */
function lookAt(linted: LintedRepo): (now: Repo) => Looked {
  const { repo, analysis, problems } = linted;
  const options = linted.options();
  return now => {
    const read = now === repo ? analysis : analyse(now);
    const found = now === repo ? problems : lint(read, options);
    return { problems: found, applied: appliedPlans(read, options.bases ?? []) };
  };
}

/** What all repairs of a file make of the texts that are sure; nothing where there are none. */
export function repairAll(linted: LintedRepo, path: string): FileEdit[] {
  const ownFix = (problem: Diagnostic) =>
    problem.location.file === path ? preferredFix(problem) : undefined;
  if (!linted.problems.some(ownFix)) return [];
  const { repo } = linted;
  const fixed = fixAll(repo, lookAt(linted), ownFix);
  return [...fixed.repo.texts]
    .filter(([file, text]) => repo.texts.get(file) !== text)
    .map(([file, after]) => ({ file, before: repo.texts.get(file) ?? '', after }));
}
