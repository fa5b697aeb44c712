import { readTagName } from '../../core/chain/tag-names.ts';
import type { RankedTag, Tag } from './ranked-tag.ts';
import { compareTags } from './ranked-tag.ts';
import { releaseHabit } from './release-habit.ts';

/** A commit as `git rev-list --parents --timestamp` prints it. */
export interface Commit {
  readonly time: number;
  readonly parents: readonly string[];
}

/**
 * The commits that tags reach and HEAD does not, parents first, and those at the edge that HEAD
 * reaches too.
 */
export interface SideHistory {
  readonly commits: ReadonlyMap<string, Commit>;
  readonly edge: ReadonlyMap<string, number>;
}

/**
 * `git rev-list --parents --timestamp --boundary --topo-order --reverse`: `time hash parent…`,
 * edges as `time -hash …`.
 */
export function readSideHistory(output: string): SideHistory {
  const commits = new Map<string, Commit>();
  const edge = new Map<string, number>();
  for (const line of output.split('\n')) {
    const [time, hash, ...parents] = line.split(' ');
    if (!hash) continue;
    if (hash.startsWith('-')) edge.set(hash.slice(1), Number(time));
    else commits.set(hash, { time: Number(time), parents });
  }
  return { commits, edge };
}

/** What is known besides the tags. */
export interface TagContext {
  /** What the release tags of the app's module may begin with (`protocol/`). */
  readonly prefixes: readonly string[];
  /** The plans that are registered at HEAD. */
  readonly plans: readonly string[];
}

/** The tags before HEAD, newest first: those that are releases, and those newer ones that are not. */
export interface Releases {
  readonly releases: readonly RankedTag[];
  /** Newer than the newest release. */
  readonly passedOver: readonly RankedTag[];
}

/**
 * The releases of a chain before HEAD. Newest is not "reachable from HEAD", for release tags live on
 * branches, but the one whose common ancestor with HEAD is newest, then the highest version.
 */
export function releasesBefore(
  tags: readonly Tag[],
  head: { commit: string; time: number },
  side: SideHistory,
  context: TagContext,
): Releases {
  const ranked = rankedTags(tags, head, side, context.prefixes).sort((a, b) => compareTags(b, a));
  const isRelease = releaseHabit(ranked, context.plans);
  const releases = ranked.filter(isRelease);
  const newest = releases[0];
  const isNewer = (tag: RankedTag) => !newest || compareTags(tag, newest) > 0;
  const passedOver = ranked.filter(
    tag => !isRelease(tag) && isNewer(tag) && tag.read.version.length > 0,
  );
  return { releases, passedOver };
}

function rankedTags(
  tags: readonly Tag[],
  head: { commit: string; time: number },
  side: SideHistory,
  prefixes: readonly string[],
): RankedTag[] {
  const common = commonAncestors(side);
  return tags.flatMap(tag => {
    const read = readTagName(tag.name, prefixes);
    if (!read || tag.commit === head.commit) return [];
    const onHead = !side.commits.has(tag.commit);
    const ancestor = onHead ? { commit: tag.commit, time: tag.time } : common.get(tag.commit);
    // No common ancestor: another history. HEAD itself: the tag was made on top of it.
    if (!ancestor || ancestor.commit === head.commit) return [];
    return !onHead && tag.time > head.time ? [] : [{ ...tag, read, ancestor: ancestor.time }];
  });
}

/**
 * For every commit beside HEAD's history, the newest commit both have: one pass, as parents come
 * first.
 */
function commonAncestors({
  commits,
  edge,
}: SideHistory): Map<string, { commit: string; time: number }> {
  const common = new Map<string, { commit: string; time: number }>();
  for (const [hash, { parents }] of commits) {
    let newest: { commit: string; time: number } | undefined;
    for (const parent of parents) {
      const time = edge.get(parent);
      const candidate = time === undefined ? common.get(parent) : { commit: parent, time };
      if (candidate && (!newest || candidate.time > newest.time)) newest = candidate;
    }
    if (newest) common.set(hash, newest);
  }
  return common;
}
