import type { Stats } from 'node:fs';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, readdir, realpath, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal } from '../../core/refusal.ts';
import { codeOf, failure } from '../../host/errors.ts';

/**
 * What a rehearsal has no use for, by its way in a home: keys above all, which stay where they are,
 * other binaries, and what CometBFT keeps of blocks and peers.
 */
const left =
  /^(keyring-[^/]*|cosmovisor|config\/(priv_validator_key|node_key|addrbook)\.json|config\/gentx|data\/(blockstore\.db|tx_index\.db|evidence\.db|peerstore\.db|cs\.wal|snapshots|priv_validator_state\.json))$/;

/** Whether something of a home is of no use to a rehearsal; `way` is its way in the home. */
export function isLeftOut(way: string): boolean {
  return way.split('/').some((_, i, parts) => left.test(parts.slice(0, i + 1).join('/')));
}

/** A file of the state that was given. */
export interface StateFile {
  /** Where it lies. */
  readonly from: string;
  /** Its way below the home. */
  readonly way: string;
  readonly size: number;
  /** Whether it is a table of a database, which nobody ever writes again. */
  readonly table: boolean;
}

/**
 * Copies a state: `from` holds what becomes `below` in the home `to` (`''` for a whole home). What
 * was given is only read. Tables of databases are linked where that can be, all else is copied.
 * Throws before anything is copied where the disk has no room for it.
 */
export async function copyState(
  from: string,
  below: string,
  to: string,
  signal: AbortSignal,
): Promise<void> {
  const files = await filesOf(from, below, []);
  await mkdir(to, { recursive: true });
  const links = await canLink(files, to);
  const isLinked = (file: StateFile) => links && file.table;
  const bytes = files.reduce((sum, file) => sum + (isLinked(file) ? 0 : file.size), 0);
  await mustFit(bytes, to);
  for (const file of files) {
    signal.throwIfAborted();
    const target = join(to, file.way);
    try {
      await mkdir(dirname(target), { recursive: true });
      if (isLinked(file)) await link(file.from, target);
      // Shares the blocks where the file system can.
      else await copyFile(file.from, target, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    } catch (error) {
      throw failure(`${file.from} cannot be copied`, error);
    }
  }
}

/** Throws where a file system has no room for so many bytes. */
export async function mustFit(bytes: number, place: string): Promise<void> {
  const { bavail, bsize } = await statfs(place);
  const free = bavail * bsize;
  if (bytes > free)
    throw new Refusal(
      `the copy of the state takes ${gigabytes(bytes)}, and ${place} has ${gigabytes(free)} left: ` +
        'make room, or set CHAIN_UPGRADE_CACHE to a folder on another disk',
    );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(bytes < 1e8 ? 3 : 1)} GB`;
}

/** The files of a state that a rehearsal has use for, in a fixed order. */
export async function stateFilesOf(dir: string): Promise<readonly StateFile[]> {
  const files = await filesOf(dir, '', []);
  return files.sort((a, b) => (a.way < b.way ? -1 : 1));
}

/** The files below a folder; what links lead to is taken as if it lay there. */
async function filesOf(dir: string, way: string, above: readonly string[]): Promise<StateFile[]> {
  const here = await realpath(dir).catch((error: unknown) => {
    throw failure(`cannot read ${dir}`, error);
  });
  if (above.includes(here)) return [];
  const entries = await readdir(dir, { withFileTypes: true }).catch((error: unknown) => {
    throw failure(`cannot read ${dir}`, error);
  });
  const oldest = oldestJournal(entries.map(entry => entry.name));
  const files: StateFile[] = [];
  for (const entry of entries) {
    const { name } = entry;
    const inHome = way ? `${way}/${name}` : name;
    if (left.test(inHome)) continue;
    const from = join(dir, name);
    const found = await statIfThere(from);
    if (found?.isDirectory()) files.push(...(await filesOf(from, inHome, [...above, here])));
    else if (found?.isFile()) {
      const table = entry.isFile() && isSettled(name, oldest);
      files.push({ from, way: inHome, size: found.size, table });
    }
  }
  return files;
}

/** Undefined for a link that leads nowhere. */
async function statIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw failure(`cannot read ${path}`, error);
  }
}

/** The number of the oldest journal of a database's folder; none: -1. */
function oldestJournal(names: readonly string[]): number {
  const numbers = names.flatMap(name => {
    const number = /^(\d+)\.log$/.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
  return numbers.length > 0 ? Math.min(...numbers) : -1;
}

/**
 * Whether a file is a table that stays as it is. Files of a database are numbered as they are made.
 * After a crash a table may be left that the database does not know of, and that it writes anew
 * under the same number: such ones are newer than the journal that is replayed then.
 */
function isSettled(name: string, oldest: number): boolean {
  const number = /^(\d+)\.(ldb|sst)$/.exec(name)?.[1];
  return number !== undefined && Number(number) < oldest;
}

/** Whether a table can be linked into the target: it is tried. */
async function canLink(files: readonly StateFile[], to: string): Promise<boolean> {
  const table = files.find(file => file.table);
  if (!table) return false;
  const probe = join(to, '.link');
  try {
    await link(table.from, probe);
    await rm(probe);
    return true;
  } catch (error) {
    // Another disk, another's files, or a file system without links.
    if (
      ['EXDEV', 'EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'].includes(codeOf(error) ?? '')
    )
      return false;
    throw failure(`${table.from} cannot be copied`, error);
  }
}
