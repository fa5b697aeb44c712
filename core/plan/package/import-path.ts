import type { Repo } from '../../go/repo/repo.ts';
import { Refusal } from '../../refusal.ts';

/** The import path of a folder. Refused where no go.mod says what the repository's module is. */
export function importPathOf(repo: Repo, dir: string): string {
  const path = repo.importPath(dir);
  if (path === undefined)
    throw new Refusal(
      `no go.mod names the module that ${dir === '' ? 'this folder' : dir} belongs to`,
    );
  return path;
}
