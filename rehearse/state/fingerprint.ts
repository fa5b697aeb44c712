import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { failure } from '../../host/errors.ts';
import { stateFilesOf } from './copy.ts';

/** Of larger files the size and the time of the last change say that they are the same. */
const readUpTo = 1 << 20;

/**
 * What the content of a state is known by, without reading all of it: the names, sizes and times of
 * its files, and what is in the small ones. A database's list of its tables is one of them.
 */
export async function fingerprint(path: string): Promise<string> {
  const hash = createHash('sha256');
  const about = await stat(path, { bigint: true }).catch((error: unknown) => {
    throw failure(`cannot read ${path}`, error);
  });
  const files = about.isDirectory()
    ? await stateFilesOf(path)
    : [{ from: path, way: '', size: Number(about.size) }];
  for (const { from, way, size } of files) {
    const { mtimeNs } = await stat(from, { bigint: true });
    hash.update(JSON.stringify([way, size, String(mtimeNs)]));
    if (size <= readUpTo) hash.update(await readFile(from));
  }
  return hash.digest('hex');
}
