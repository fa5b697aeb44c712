/**
 * The one port through which the engine sees a repository: the disk, the editor's buffers, a git
 * ref and memory all look like this. Paths are relative to the root, with `/`.
 */
export interface FileSource {
  /**
   * Every file below the root that could matter (hidden folders and `vendor`, `node_modules` may be
   * left out).
   */
  list(): Promise<readonly string[]>;
  /**
   * The text as stored, with its byte order mark and line ends, or undefined where the file is
   * absent or not UTF-8.
   */
  read(path: string): Promise<string | undefined>;
}

/** A source over texts in memory, for tests and for proving a plan. */
export function memoryFiles(texts: Readonly<Record<string, string>>): FileSource {
  return {
    list: async () => Object.keys(texts),
    read: async path => texts[path],
  };
}

/** The folder of a path; `''` for a file at the root. */
export function dirname(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** The last element of a path. */
export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Joins path elements, resolving `.` and `..`; the result never starts with `/`. */
export function join(...parts: string[]): string {
  const out: string[] = [];
  for (const part of parts.join('/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && out.length > 0 && out.at(-1) !== '..') out.pop();
    else out.push(part);
  }
  return out.join('/');
}
