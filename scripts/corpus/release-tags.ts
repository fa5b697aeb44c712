import { compareNumbers, readTagName } from '../../core/chain/tag-names.ts';
import { git } from '../../host/git/git.ts';

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
