import { EditBatch } from '../go/edit/edit-batch.ts';
import type { FileEdit } from '../go/edit/file-edit.ts';
import { withoutUnusedImports } from '../go/edit/unused-imports.ts';
import type { Repo } from '../go/repo/repo.ts';
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
