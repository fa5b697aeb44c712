import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { lstat, open, readdir, readFile, readlink, realpath, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { HashKind, NodeMachine, Observed, PathEntry } from '../core/operate/machine.ts';
import { codeOf, reasonOf } from '../host/errors.ts';
import { processesWith, processOf } from './environ.ts';

const longestText = 4 << 20;

/** Names of processors as Go writes them, by Node's. */
const goArch: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

/** The machine that this program runs on. */
export function thisMachine(): NodeMachine {
  const now = new Date();
  return {
    os: process.platform === 'win32' ? 'windows' : process.platform,
    arch: goArch[process.arch] ?? process.arch,
    today: [now.getFullYear(), now.getMonth() + 1, now.getDate()],
    entry: path => look(async () => entryOf(await lstat(path))),
    target: path => look(async () => entryOf(await stat(path))),
    linkText: path => look(() => readlink(path)),
    realPath: path => look(() => realpath(path)),
    names: folder => look(async () => (await readdir(folder)).sort()),
    text: path => look(() => textOf(path)),
    head: (path, count) => look(() => headOf(path, count)),
    hash: (path, kind) => look(() => hashOfFile(path, kind)),
    hashOf: (bytes, kind) => createHash(kind).update(bytes).digest('hex'),
    sizeBelow: folder => look(() => sizeBelow(folder)),
    freeBytes: folder => look(() => freeBytes(folder)),
    process: pid => Promise.resolve(processOf(pid)),
    processesWith: variable => Promise.resolve(processesWith(variable)),
  };
}

/** What is not there, and what may not be read, are two things. */
async function look<T>(at: () => Promise<T>): Promise<Observed<T>> {
  try {
    return { is: 'there', value: await at() };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return { is: 'absent' };
    return { is: 'unread', why: reasonOf(error) };
  }
}

type Stats = Awaited<ReturnType<typeof stat>>;

function entryOf(stats: Stats): PathEntry {
  return {
    kind: kindOf(stats),
    mode: Number(stats.mode) & 0o777,
    uid: Number(stats.uid),
    gid: Number(stats.gid),
    size: Number(stats.size),
  };
}

function kindOf(stats: Stats): PathEntry['kind'] {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'folder';
  return stats.isSymbolicLink() ? 'link' : 'other';
}

async function textOf(path: string): Promise<string> {
  const stats = await stat(path);
  // A pipe has no end.
  if (!stats.isFile()) throw new Error('it is no file');
  if (stats.size > longestText) throw new Error('it is too long');
  return readFile(path, 'utf8');
}

async function headOf(path: string, count: number): Promise<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(count), 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file?.close();
  }
}

async function hashOfFile(path: string, kind: HashKind): Promise<string> {
  const hash = createHash(kind);
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function sizeBelow(folder: string): Promise<number> {
  let size = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) size += await sizeBelow(path);
    else size += await sizeOf(path);
  }
  return size;
}

/** A node that runs removes files while they are counted. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await lstat(path)).size;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 0;
    throw error;
  }
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
