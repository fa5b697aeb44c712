import type { Layout } from './layout.ts';

/**
 * An answer, the folders it was found in with what was known of them then: that is another map once
 * one of their files is.
 */
interface Reached<T> {
  readonly value: T;
  readonly layout: Layout;
  readonly folders: readonly (readonly [dir: string, known: Map<string, unknown>])[];
}

/** What was found out about packages, forgotten when one of a package's files changes. */
export class PackageMemo {
  private readonly byFolder: Map<string, Map<string, unknown>>;
  /** The folders that were looked into since somebody wants to know. */
  private looked: Set<string> | undefined = undefined;

  /** What `before` holds, without the folders that changed since. */
  constructor(before: PackageMemo | undefined, changed: readonly string[]) {
    this.byFolder = new Map(before?.byFolder);
    for (const dir of changed) this.byFolder.delete(dir);
  }

  /** Notes that a folder is looked into: what is being found out depends on it. */
  look(dir: string): void {
    this.looked?.add(dir);
  }

  /** What `read` makes of a package's files and nothing else. */
  of<T>(dir: string, what: string, read: () => T): T {
    this.look(dir);
    const known = this.known(dir);
    const answer = known.get(what);
    if (answer !== undefined || known.has(what)) return answer as T;
    const found = read();
    known.set(what, found);
    return found;
  }

  /**
   * Like `of`, for what leads into other packages: forgotten too when one of those changes that
   * `read` looked into, or how packages refer to each other.
   */
  withDependencies<T>(layout: Layout, dir: string, what: string, read: () => T): T {
    const known = this.known(dir).get(what) as Reached<T> | undefined;
    const reached =
      known && this.isCurrent(known, layout) ? known : this.reach(layout, dir, what, read);
    if (this.looked) for (const [folder] of reached.folders) this.look(folder);
    return reached.value;
  }

  private isCurrent({ layout, folders }: Reached<unknown>, now: Layout): boolean {
    return layout === now && folders.every(([dir, then]) => this.byFolder.get(dir) === then);
  }

  private reach<T>(layout: Layout, dir: string, what: string, read: () => T): Reached<T> {
    const outer = this.looked;
    const looked = new Set([dir]);
    this.looked = looked;
    try {
      const value = read();
      const folders = [...looked].map(folder => [folder, this.known(folder)] as const);
      const reached = { value, layout, folders };
      this.known(dir).set(what, reached);
      return reached;
    } finally {
      this.looked = outer;
    }
  }

  private known(dir: string): Map<string, unknown> {
    let known = this.byFolder.get(dir);
    if (!known) {
      known = new Map();
      this.byFolder.set(dir, known);
    }
    return known;
  }
}
