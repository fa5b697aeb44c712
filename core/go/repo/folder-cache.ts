/**
 * The folders that were asked, in their order, what those had to say that had something, and the
 * folders that changed since.
 */
interface Kept {
  readonly folders: ReadonlySet<string>;
  readonly said: ReadonlyMap<string, unknown>;
  readonly stale: ReadonlySet<string>;
}

/**
 * Answers to questions that are asked of many folders at once. After an edit only the folder in
 * which it was made is asked again.
 */
export class FolderCache {
  private readonly kept: Map<object, Map<string, Kept>>;

  /**
   * Answers of a version before, of which files in the `changed` folders are edited; only those
   * about the given lists of folders, where any are given.
   */
  constructor(before?: FolderCache, changed: readonly string[] = [], only?: readonly object[]) {
    const lists = [...(before?.kept ?? [])].filter(([list]) => only?.includes(list) ?? true);
    this.kept = new Map(
      lists.map(([list, answers]) => [
        list,
        new Map(
          [...answers].map(([what, kept]) => [
            what,
            { ...kept, stale: new Set([...kept.stale, ...changed]) },
          ]),
        ),
      ]),
    );
  }

  /**
   * What `read` makes of each folder, in their order, without those of which it makes nothing;
   * remembered under a name for this very list.
   */
  of<T>(
    list: object,
    folders: () => Iterable<string>,
    what: string,
    read: (dir: string) => T | undefined,
  ): ReadonlyMap<string, T> {
    let answers = this.kept.get(list);
    if (!answers) {
      answers = new Map();
      this.kept.set(list, answers);
    }
    const known = answers.get(what);
    if (known?.stale.size === 0) return known.said as ReadonlyMap<string, T>;
    const kept = known ? renewed(known, read) : asked(new Set(folders()), read);
    answers.set(what, kept);
    return kept.said as ReadonlyMap<string, T>;
  }
}

type Read = (dir: string) => unknown;

/** Asks all folders. */
function asked(folders: ReadonlySet<string>, read: Read): Kept {
  return renewed({ folders, said: new Map(), stale: folders }, read);
}

/** Asks those folders again that changed. */
function renewed({ folders, said: before, stale }: Kept, read: Read): Kept {
  const said = new Map(before);
  let inOrder = true;
  for (const dir of stale) {
    const answer = folders.has(dir) ? read(dir) : undefined;
    if (answer === undefined) said.delete(dir);
    else {
      // One that had nothing to say has its place among the others.
      inOrder &&= said.has(dir);
      said.set(dir, answer);
    }
  }
  return { folders, said: inOrder ? said : sorted(said, folders), stale: new Set() };
}

/** The answers in the order of their folders. */
function sorted(
  said: ReadonlyMap<string, unknown>,
  folders: ReadonlySet<string>,
): ReadonlyMap<string, unknown> {
  const found = [...folders].filter(dir => said.has(dir));
  return new Map(found.map(dir => [dir, said.get(dir)]));
}
