import { analyse } from '../chain/analysis.ts';
import type { FileEdit } from '../go/edit/file-edit.ts';
import type { Repo } from '../go/repo/repo.ts';
import { appliedPlans } from '../lint/applied-plans.ts';
import type { Diagnostic } from '../lint/diagnostic.ts';
import { fixEdits } from '../lint/fix.ts';
import { fixAll, preferredFix } from '../lint/fix-all.ts';
import { lint } from '../lint/lint.ts';
import type { LintedRepo } from './linted-repo.ts';

/** A repair as an editor offers it: whole texts, from which it makes its own edits. */
export interface Repair {
  readonly title: string;
  readonly preferred: boolean;
  readonly edits: readonly FileEdit[];
}

/** The title of the action that makes every repair of a file that is sure. */
export const repairAllTitle = 'Repair everything that chain-upgrade can repair';

/** The repairs of one problem. */
export function repairsOf({ repo }: LintedRepo, problem: Diagnostic): Repair[] {
  return problem.fixes.map(fix => ({
    title: fix.title,
    preferred: fix.preferred,
    edits: fixEdits(repo, fix),
  }));
}

/** What all repairs of a file make of the texts that are sure; nothing where there are none. */
export function repairAll(linted: LintedRepo, path: string): FileEdit[] {
  const ownFix = (problem: Diagnostic) =>
    problem.location.file === path ? preferredFix(problem) : undefined;
  if (!linted.problems.some(ownFix)) return [];
  const { repo, analysis, problems } = linted;
  const options = linted.options();
  const look = (now: Repo) => {
    const read = now === repo ? analysis : analyse(now);
    const found = now === repo ? problems : lint(read, options);
    return { problems: found, applied: appliedPlans(read, options.bases ?? []) };
  };
  const fixed = fixAll(repo, look, ownFix);
  return [...fixed.repo.texts]
    .filter(([file, text]) => repo.texts.get(file) !== text)
    .map(([file, after]) => ({ file, before: repo.texts.get(file) ?? '', after }));
}
