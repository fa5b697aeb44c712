import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileSource } from '../../core/files.ts';
import { codeOf, failure } from '../errors.ts';
import { isBelow, readLevel } from './walk.ts';

/** The files of a folder on disk. `skipped` gets folders that could not be read. */
export function diskFiles(root: string, skipped: (folder: string) => void = () => {}): FileSource {
  const real = realpath(root).catch((error: unknown) => {
    throw failure(`cannot read ${root}`, error);
  });
  real.catch(() => {}); // Reported by the first list or read.

  async function walk(folder: string, into: string[]): Promise<void> {
    const level = await readLevel(join(root, folder), await real);
    if (!level) return skipped(folder);
    for (const name of level.files) into.push(folder ? `${folder}/${name}` : name);
    await Promise.all(level.folders.map(name => walk(folder ? `${folder}/${name}` : name, into)));
  }

  return {
    async list() {
      const paths: string[] = [];
      await walk('', paths);
      return paths.sort();
    },
    async read(path) {
      try {
        const target = await realpath(join(root, path));
        return isBelow(target, await real) ? decode(await readFile(target)) : undefined;
      } catch (error) {
        if (['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP'].includes(codeOf(error) ?? ''))
          return undefined;
        throw failure(`cannot read ${path}`, error);
      }
    },
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text of UTF-8 bytes, byte order mark and line ends kept; undefined where they are not UTF-8.
 */
export function decode(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}
