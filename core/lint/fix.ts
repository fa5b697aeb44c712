import { EditBatch } from '../go/edit/edit-batch.ts';
import type { FileEdit } from '../go/edit/file-edit.ts';
import { withoutUnusedImports } from '../go/edit/unused-imports.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { Diagnostic } from './diagnostic.ts';
import { fullMessage } from './diagnostic.ts';
import type { SuggestedFix } from './rule.ts';

/** What a fix makes of the files, as whole texts; imports go with the last code that used them. */
export function fixEdits(repo: Repo, fix: SuggestedFix): FileEdit[] {
  const changes = new EditBatch(repo);
  fix.edit(changes);
  return [...changes.texts()]
    .map(([file, text]) => ({
      file,
      before: repo.texts.get(file) ?? '',
      after: withoutUnusedImports(repo, file, text),
    }))
    .filter(edit => edit.before !== edit.after);
}

/** The repository with a fix applied. */
export function withFix(repo: Repo, fix: SuggestedFix): Repo {
  return repo.with(fixEdits(repo, fix).map(({ file, after }) => [file, after] as const));
}

/** A repository after every preferred fix, and what is left. */
export interface Fixed {
  readonly repo: Repo;
  readonly problems: readonly Diagnostic[];
  readonly applied: number;
}

/**
 * Applies the preferred fix of each problem, one after another, until nothing changes. A fix that
 * does not take its problem away, or brings a new error, is taken back and not tried again.
 */
export function fixAll(repo: Repo, relint: (repo: Repo) => readonly Diagnostic[]): Fixed {
  let now = repo;
  let problems = relint(repo);
  let applied = 0;
  const tried = new Set<string>();
  for (;;) {
    const next = problems.find(problem => problem.fixes.length > 0 && !tried.has(keyOf(problem)));
    if (!next) return { repo: now, problems, applied };
    tried.add(keyOf(next));
    const after = withFix(now, next.fixes[0]!);
    const left = relint(after);
    if (isIn(left, next) || bringsError(problems, left)) continue;
    now = after;
    problems = left;
    applied += 1;
  }
}

function bringsError(before: readonly Diagnostic[], after: readonly Diagnostic[]): boolean {
  return after.some(problem => problem.severity === 'error' && !isIn(before, problem));
}

function isIn(problems: readonly Diagnostic[], wanted: Diagnostic): boolean {
  return problems.some(problem => keyOf(problem) === keyOf(wanted));
}

/** A finding wherever it is in its file: fixes above it move it. */
function keyOf(problem: Diagnostic): string {
  return `${problem.rule} ${problem.location.file} ${fullMessage(problem)}`;
}
