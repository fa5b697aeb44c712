import { basename } from '../../core/files.ts';
import type { Repo } from '../../core/go/repo/repo.ts';

/** The file with an app's constructor, by its name or else the largest of the folder. */
export function appFile(repo: Repo, dir: string): string | undefined {
  const files = repo.packages.get(dir)?.files ?? [];
  const size = (path: string) => repo.texts.get(path)!.length;
  return (
    files.find(path => basename(path) === 'app.go') ??
    [...files].sort((a, b) => size(b) - size(a))[0]
  );
}
