/** What lies at a path. */
export interface PathEntry {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** The permission bits, such as 0o755. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** In bytes. */
  readonly size: number;
}

/** What looking at something came to: what could not be looked at is not taken for absent. */
export type Observed<T> =
  | { readonly is: 'there'; readonly value: T }
  | { readonly is: 'absent' }
  | { readonly is: 'unread'; readonly why: string };

/** The variables of an environment. */
export type Variables = ReadonlyMap<string, string>;

/** A process that runs, as far as it may be looked at. */
export interface RunningProcess {
  readonly pid: number;
  /** The name of its program, of which Linux keeps 15 characters. */
  readonly program: string;
  readonly variables: Variables;
  /** Who runs it; null where that is not told. */
  readonly uid: number | null;
}

/**
 * The machine that a node runs on, for reading alone: real, or a test's data. Paths are absolute,
 * with `/`. Nothing here throws for what lies, or does not lie, on the disk.
 */
export interface NodeMachine {
  /** As Go names it: `linux`, `amd64`. */
  readonly os: string;
  readonly arch: string;
  /** Today in the machine's own zone: year, month from 1, day. */
  readonly today: readonly [year: number, month: number, day: number];
  /** What lies at a path itself, a link included. */
  entry(path: string): Promise<Observed<PathEntry>>;
  /** What a path leads to, through all links. */
  target(path: string): Promise<Observed<PathEntry>>;
  /** The target of a link as it is written. */
  linkText(path: string): Promise<Observed<string>>;
  /** The path without links. */
  realPath(path: string): Promise<Observed<string>>;
  /** The names in a folder, sorted. */
  names(folder: string): Promise<Observed<readonly string[]>>;
  /** A file of at most 4 MB. */
  text(path: string): Promise<Observed<string>>;
  /** The first bytes of a file. */
  head(path: string, count: number): Promise<Observed<Uint8Array>>;
  /** The hash of a file, hexadecimal in lower case. */
  hash(path: string, kind: HashKind): Promise<Observed<string>>;
  /** The hash of bytes. */
  hashOf(bytes: Uint8Array, kind: HashKind): string;
  /** What all files below a folder take, in bytes. */
  sizeBelow(folder: string): Promise<Observed<number>>;
  /** What a user who is not root may still write where a folder lies, in bytes. */
  freeBytes(folder: string): Promise<Observed<number>>;
  process(pid: number): Promise<Observed<RunningProcess>>;
  /** The processes with such a variable; those that may not be looked at are left out. */
  processesWith(variable: string): Promise<readonly RunningProcess[]>;
}

export type HashKind = 'sha256' | 'sha512';

/** Something else of what was seen; what was not there stays so. */
export function observedAs<T, U>(seen: Observed<T>, of: (value: T) => U): Observed<U> {
  return seen.is === 'there' ? { is: 'there', value: of(seen.value) } : seen;
}

/** What was seen, or undefined. Only for where it does not matter why. */
export function ifThere<T>(seen: Observed<T>): T | undefined {
  return seen.is === 'there' ? seen.value : undefined;
}
