import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareNumbers, readTagName } from '../../core/chain/tag-names.ts';
import { git } from '../../host/git/git.ts';
import { givenPath } from '../run-script.ts';

/** A bare repository, and what it is called: `<owner>/<name>`. */
export interface Mirror {
  readonly repository: string;
  readonly path: string;
}

/**
 * The bare repositories below a folder (MIRRORS/<owner>+<name>/repo) whose name holds a text, in the
 * order of their names; `usage` is how the script is called.
 */
export function mirrorsIn(paths: readonly string[], only: string, usage: string): Mirror[] {
  const [mirrors, ...others] = paths;
  if (mirrors === undefined || others.length > 0) throw new Error(`give one path: ${usage}`);
  const folder = givenPath(mirrors);
  return readdirSync(folder)
    .filter(name => name.includes('+') && name.includes(only))
    .sort()
    .map(name => ({ repository: name.replace('+', '/'), path: join(folder, name, 'repo') }));
}

/** A release of a repository. */
export interface ReleaseTag {
  readonly tag: string;
  readonly version: readonly number[];
}

/** The stable release tags of a repository, by version. */
export async function releasesOf(path: string): Promise<ReleaseTag[]> {
  const tags = (await git(path, ['tag'])).toString().split('\n').filter(Boolean);
  const read = tags.flatMap(tag => {
    const name = readTagName(tag, []);
    return name?.kind === 'plain' ? [{ tag, version: name.version }] : [];
  });
  return read.sort((a, b) => compareNumbers(a.version, b.version));
}

/** Some of a list, as far from each other as can be. */
export function spread<T>(list: readonly T[], count: number): T[] {
  const some = Math.min(count, list.length);
  return Array.from(
    { length: some },
    (_, i) => list[Math.floor(((i + 0.5) * list.length) / some)]!,
  );
}
