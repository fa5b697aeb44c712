/**
 * What was found out about each of some folders, what `later` versions have to say of those in which something was edited, the folders of which there is
 * something to say, and the folders that changed since.
 */
interface Kept {
  readonly all: ReadonlyMap<string, unknown>;
  readonly later: ReadonlyMap<string, unknown>;
  readonly said: ReadonlyMap<string, unknown>;
  readonly stale: ReadonlySet<string>;
}

/** Answers to questions that are asked of many folders at once. After an edit only the folder in which it was made is asked again. */
export class Answers {
  private readonly kept: Map<object, Map<string, Kept>>;

  /** Answers of a version before, of which files in the `changed` folders are edited; only those about the given lists of folders, where any are given. */
  constructor(before?: Answers, changed: readonly string[] = [], only?: readonly object[]) {
    const lists = [...before?.kept ?? []].filter(([list]) => only?.includes(list) ?? true);
    this.kept = new Map(lists.map(([list, answers]) => [list, new Map([...answers].map(([what, kept]) => [what, { ...kept, stale: new Set([...kept.stale, ...changed]) }]))]));
  }

  /** What `read` makes of each folder, in their order, without those of which it makes nothing; remembered under a name for this very list. */
  of<T>(list: object, folders: () => Iterable<string>, what: string, read: (dir: string) => T | undefined): ReadonlyMap<string, T> {
    let answers = this.kept.get(list);
    if (!answers) this.kept.set(list, answers = new Map());
    const known = answers.get(what), kept = known ? renewed(known, read) : first(folders(), read);
    if (kept !== known) answers.set(what, kept);
    return kept.said as ReadonlyMap<string, T>;
  }
}

function first(folders: Iterable<string>, read: (dir: string) => unknown): Kept {
  const all = new Map(Array.from(folders, dir => [dir, read(dir)]));
  return { all, later: new Map(), said: new Map([...all].filter(([, answer]) => answer !== undefined)), stale: new Set() };
}

function renewed(known: Kept, read: (dir: string) => unknown): Kept {
  if (known.stale.size === 0) return known;
  const { all } = known, later = new Map(known.later), said = new Map(known.said);
  let shown = false;
  for (const dir of known.stale) {
    if (!all.has(dir)) continue;
    const answer = read(dir);
    // One that has nothing to say any more, or had nothing to say, has its place among the others.
    shown ||= (answer === undefined) === said.has(dir);
    later.set(dir, answer);
    if (answer !== undefined) said.set(dir, answer);
  }
  if (!shown) return { all, later, said, stale: new Set() };
  const now = Array.from(all, ([dir, answer]) => [dir, later.has(dir) ? later.get(dir) : answer] as const);
  return { all, later, said: new Map(now.filter(([, answer]) => answer !== undefined)), stale: new Set() };
}
