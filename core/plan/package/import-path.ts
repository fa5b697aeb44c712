import type { Repo } from '../../go/repo/repo.ts';
import { Refusal } from '../../refusal.ts';

/**
 * The import path of a folder, which may still have to be made. Refused where no go.mod says what
 * the repository's module is.
 */
export function importPathOf(repo: Repo, dir: string): string {
  const path = repo.importPath(dir);
  if (path === undefined)
    throw new Refusal(
      `${dir === '' ? 'this folder' : dir} lies outside every Go module; add a go.mod`,
    );
  return path;
}
