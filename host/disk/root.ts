import type { Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Refusal } from '../../core/refusal.ts';
import { codeOf, failure } from '../errors.ts';
import { readLevel } from './walk.ts';

/**
 * The root a command works on: the folder itself when a go.mod lies in or below it, else the folder
 * of the nearest go.mod above. Throws where there is neither, or no such folder.
 */
export async function findRoot(dir: string): Promise<string> {
  const start = resolve(dir);
  let found: Stats;
  try {
    found = await stat(start);
  } catch (error) {
    throw codeOf(error) === 'ENOENT'
      ? new Refusal(`no such folder: ${dir}`)
      : failure(`cannot read ${dir}`, error);
  }
  if (!found.isDirectory())
    throw new Refusal(`${dir} is not a folder: name the folder of a chain's repository`);
  if (await hasGoMod(start)) return start;
  for (const above of foldersAbove(start)) {
    if (await isFile(join(above, 'go.mod'))) return above;
  }
  throw new Refusal(
    `no go.mod in, below or above ${dir}: name the folder of a chain's repository with --dir`,
  );
}

/** The folders above one, nearest first. */
function foldersAbove(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [] : [above, ...foldersAbove(above)];
}

/** Level by level: the go.mod of a repository is nearly always at its top. */
async function hasGoMod(start: string): Promise<boolean> {
  const root = await realpath(start);
  for (let level = [start]; level.length > 0; ) {
    const next: string[] = [];
    for (const dir of level) {
      const here = await readLevel(dir, root);
      if (here?.files.includes('go.mod')) return true;
      next.push(...(here?.folders ?? []).map(name => join(dir, name)));
    }
    level = next;
  }
  return false;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isFile(),
    () => false,
  );
}
