/** What was found out about each of some folders, those of which there is something to say, and the folders that changed since. */
interface Kept { readonly all: ReadonlyMap<string, unknown>; readonly said: ReadonlyMap<string, unknown>; readonly stale: ReadonlySet<string> }

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
    const known = answers.get(what), asked = known ? [...known.stale].filter(dir => known.all.has(dir)) : folders();
    const all = new Map(known?.all);
    let changed = !known;
    for (const dir of asked) {
      const answer = read(dir);
      changed ||= answer !== all.get(dir);
      all.set(dir, answer);
    }
    const said = changed ? new Map([...all].filter(([, answer]) => answer !== undefined)) : known!.said;
    if (changed || known!.stale.size > 0) answers.set(what, { all, said, stale: new Set() });
    return said as ReadonlyMap<string, T>;
  }
}
