import { relative, sep } from 'node:path';
import { isBelow } from '../../host/disk/walk.ts';

/** A path relative to a folder, with `/`; undefined where it lies elsewhere. Both absolute. */
export function pathBelow(folder: string, path: string): string | undefined {
  if (path === folder || !isBelow(path, folder)) return undefined;
  return relative(folder, path).split(sep).join('/');
}
