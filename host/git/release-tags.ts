/** A commit as `git rev-list --parents --timestamp` prints it. */
export interface Commit {
  readonly time: number;
  readonly parents: readonly string[];
}

/** A tag and the commit it stands for. */
export interface Tag {
  readonly name: string;
  readonly commit: string;
  readonly time: number;
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
 * The version of a stable release tag: `vX.Y.Z`, or that below one of the prefixes (`protocol/`).
 */
export function releaseVersion(
  tag: string,
  prefixes: readonly string[],
): readonly number[] | undefined {
  const prefix = prefixes.find(p => p && tag.startsWith(p)) ?? '';
  const version = /^v(\d+)\.(\d+)\.(\d+)$/.exec(tag.slice(prefix.length));
  return version?.slice(1).map(Number);
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

/**
 * The release a network most likely runs: of the stable tags committed before HEAD and not at it,
 * the one whose common ancestor with HEAD is newest, then the highest version. Release tags live on
 * branches, so "reachable from HEAD" would be years old.
 */
export function newestRelease(
  tags: readonly Tag[],
  head: { commit: string; time: number },
  side: SideHistory,
  prefixes: readonly string[],
): Tag | undefined {
  const common = commonAncestors(side);
  let best: { tag: Tag; ancestor: number; version: readonly number[] } | undefined;
  for (const tag of tags) {
    const version = releaseVersion(tag.name, prefixes);
    if (!version || tag.commit === head.commit) continue;
    const onHead = !side.commits.has(tag.commit);
    const ancestor = onHead ? { commit: tag.commit, time: tag.time } : common.get(tag.commit);
    // No common ancestor: another history. HEAD itself: the tag was made on top of it.
    if (!ancestor || ancestor.commit === head.commit || (!onHead && tag.time > head.time)) continue;
    const candidate = { tag, ancestor: ancestor.time, version };
    if (!best || before(best, candidate)) best = candidate;
  }
  return best?.tag;
}

type Ranked = { readonly ancestor: number; readonly version: readonly number[] };

function before(a: Ranked, b: Ranked): boolean {
  const order = [a.ancestor - b.ancestor, ...a.version.map((n, i) => n - b.version[i]!)].find(
    difference => difference !== 0,
  );
  return (order ?? 0) < 0;
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
