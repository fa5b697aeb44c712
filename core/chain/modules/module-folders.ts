import { basename, dirname, join } from '../../files.ts';
import type { Repo } from '../../go/repo/repo.ts';

/**
 * The folder of a module with all that belongs to it: what registers `x/bank` with the app may lie in
 * a folder of its own, `x/bank/module`.
 */
export function rootOfModule(dir: string): string {
  return basename(dir) === 'module' ? dirname(dir) : dir;
}

/** The folders in which a module declares its names, keys and parameters, the likeliest first. */
export function foldersOfModule(dir: string): readonly string[] {
  const folders = [dir, rootOfModule(dir)].flatMap(one => [
    join(one, 'types'),
    one,
    join(one, 'keeper'),
  ]);
  return [...new Set(folders)];
}

/** All packages of a repository that belong to a module. */
export function packagesOfModule({ packages }: Repo, dir: string): string[] {
  const root = rootOfModule(dir);
  const below = root === '' ? '' : `${root}/`;
  return [...packages.keys()].filter(folder => folder === root || folder.startsWith(below));
}
