import type { Repo } from '../../core/go/repo/repo.ts';

/** What the package in a folder calls itself. */
export function packageName(repo: Repo, dir: string): string {
  const [file] = repo.pathsOf(dir);
  return /^package (\w+)/m.exec(file === undefined ? '' : repo.texts.get(file)!)![1]!;
}
