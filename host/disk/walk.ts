import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { codeOf, failure } from '../errors.ts';

/** Folders that are never the chain's own: hidden ones, and what other tools fetched. */
export function isSkipped(folder: string): boolean {
  return folder.startsWith('.') || folder === 'node_modules' || folder === 'vendor';
}

/** What lies directly in a folder: names of files and of folders to go on with. */
export interface Level {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/**
 * Reads one folder. A symbolic link to a file counts where it stays below `root` (a real path);
 * links to folders are not followed, as Go does not. Undefined where the folder may not be read.
 */
export async function readLevel(dir: string, root: string): Promise<Level | undefined> {
  const files: string[] = [];
  const folders: string[] = [];
  let entries: Dirent[];
  try {
    entries = await readdir(dir, { withFileTypes: true });
  } catch (error) {
    // A folder may vanish while we look, and many repositories hold a database folder that belongs
    // to another user.
    if (['EACCES', 'EPERM', 'ENOENT'].includes(codeOf(error) ?? '')) return undefined;
    throw failure(`cannot read ${dir}`, error);
  }
  for (const entry of entries) {
    if (entry.isDirectory()) {
      if (!isSkipped(entry.name)) folders.push(entry.name);
    } else if (
      entry.isFile() ||
      (entry.isSymbolicLink() && (await isFileBelow(join(dir, entry.name), root)))
    ) {
      files.push(entry.name);
    }
  }
  return { files: files.sort(), folders: folders.sort() };
}

async function isFileBelow(link: string, root: string): Promise<boolean> {
  try {
    const target = await realpath(link);
    return isBelow(target, root) && (await stat(target)).isFile();
  } catch {
    return false;
  }
}

/** Whether a path is the folder or lies in it. Both absolute. */
export function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === resolve(path);
}
