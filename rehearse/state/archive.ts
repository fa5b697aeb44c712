import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import tar from 'tar-stream';
import { Refusal } from '../../core/refusal.ts';
import type { ArchiveEntry, ArchiveLayout } from '../../core/rehearse/archive-layout.ts';
import { layoutOf, snapshotEntry, wayOf } from '../../core/rehearse/archive-layout.ts';
import type { SnapshotFacts } from '../../core/rehearse/snapshot.ts';
import { snapshotFacts } from '../../core/rehearse/snapshot.ts';
import { failure } from '../../host/errors.ts';
import { startPiped } from '../processes.ts';
import type { RehearsalFolder } from '../rehearsal-folder.ts';
import { isLeftOut, mustFit } from './copy.ts';

/** An archive that was looked through. */
export interface Archive {
  readonly path: string;
  readonly layout: ArchiveLayout;
  /** Of a snapshot. */
  readonly snapshot: SnapshotFacts | undefined;
  /** What its files take, in bytes. */
  readonly bytes: number;
}

/** One entry as it is read: its header and its content. */
interface ReadEntry {
  readonly header: ArchiveEntry;
  readonly content: Readable;
}

/**
 * Looks through a whole archive. Throws one line where it is not whole, holds no state, or has an
 * entry that leads out of it or is no file; nothing is written then.
 */
export async function readArchive(
  path: string,
  place: RehearsalFolder,
  signal: AbortSignal,
): Promise<Archive> {
  const ways = new Set<string>();
  let bytes = 0;
  let snapshot: SnapshotFacts | undefined;
  await eachEntry(path, place, signal, async ({ header, content }) => {
    const way = wayOf(header, path);
    if (header.type !== 'directory') {
      if (ways.has(way)) throw new Refusal(`${path} is not unpacked: ${way} is in it twice`);
      ways.add(way);
      bytes += header.size;
    }
    if (way === snapshotEntry) snapshot = snapshotFacts(await bytesOf(content));
    else content.resume();
  });
  return { path, layout: layoutOf([...ways], path), snapshot, bytes };
}

/** Unpacks an archive of a node's folder into a home. Throws before, where the disk has no room. */
export async function unpack(
  { path, layout, bytes }: Archive,
  home: string,
  place: RehearsalFolder,
  signal: AbortSignal,
): Promise<void> {
  if (layout.kind === 'snapshot') throw new Error('a snapshot is restored, not unpacked');
  await mkdir(home, { recursive: true });
  await mustFit(bytes, home);
  await eachEntry(path, place, signal, async ({ header, content }) => {
    const way = wayOf(header, path);
    const inHome = `${layout.below}${way.slice(layout.home.length)}`;
    if (header.type === 'directory' || !way.startsWith(layout.home) || isLeftOut(inHome)) {
      content.resume();
      return;
    }
    const target = join(home, inHome);
    try {
      await mkdir(dirname(target), { recursive: true });
      await pipeline(content, createWriteStream(target, { flags: 'wx' }));
    } catch (error) {
      throw failure(`${way} cannot be unpacked`, error);
    }
  });
}

async function eachEntry(
  path: string,
  place: RehearsalFolder,
  signal: AbortSignal,
  visit: (entry: ReadEntry) => Promise<void>,
): Promise<void> {
  const extract = tar.extract();
  const read = readInto(path, extract, place, signal);
  // Whoever reads the entries hears of it, too.
  read.catch(() => {});
  try {
    for await (const entry of extract) {
      signal.throwIfAborted();
      const { name, type, size } = entry.header;
      await visit({
        header: { name, type: type ?? 'unknown', size: size ?? 0 },
        content: entry as unknown as Readable,
      });
    }
    await read;
  } catch (error) {
    extract.destroy();
    signal.throwIfAborted();
    if (error instanceof Refusal) throw error;
    throw brokenArchive(path, error);
  }
}

function brokenArchive(path: string, error: unknown): Refusal {
  const words = error instanceof Error ? error.message : String(error);
  const early = /unexpected end|ends too early|premature/i.test(words);
  return new Refusal(
    early
      ? `${path} ends too early: it is not whole`
      : `${path} cannot be read as an archive: ${words}`,
  );
}

/** Gives an archive's bytes to what takes it apart. */
async function readInto(
  path: string,
  extract: tar.Extract,
  place: RehearsalFolder,
  signal: AbortSignal,
): Promise<void> {
  let source: TarSource | undefined;
  try {
    source = await openTar(path, place, signal);
    let tail: Buffer = Buffer.alloc(0);
    for await (const chunk of source.bytes) {
      const bytes = chunk as Buffer;
      tail = Buffer.concat([tail, bytes.subarray(-block)]).subarray(-block);
      if (!extract.write(bytes)) await new Promise(resolve => extract.once('drain', resolve));
    }
    await source.done();
    // Blocks of zeros end it: without them something was cut off between two files.
    if (tail.length < block || tail.some(byte => byte !== 0))
      throw new Refusal(`${path} ends too early: it is not whole`);
    extract.end();
  } catch (error) {
    extract.destroy(error as Error);
    throw error;
  } finally {
    await source?.close();
  }
}

const block = 512;

/** The bytes of a tar, decompressed. */
interface TarSource {
  readonly bytes: Readable;
  /** Throws where the program that decompresses it failed. */
  done(): Promise<void>;
  close(): Promise<void>;
}

const programs = { lz4: 'lz4', zst: 'zstd' } as const;

async function openTar(
  path: string,
  place: RehearsalFolder,
  signal: AbortSignal,
): Promise<TarSource> {
  const ending = /\.(gz|tgz|lz4|zst)$/.exec(path)?.[1];
  if (ending === 'lz4' || ending === 'zst')
    return throughProgram(programs[ending], path, place, signal);
  const file = createReadStream(path, { signal });
  const bytes = ending === undefined ? file : unzipped(file);
  return { bytes, done: async () => {}, close: async () => void file.destroy() };
}

function unzipped(file: Readable): Readable {
  const unzip = createGunzip();
  // Whoever reads it hears of what fails.
  pipeline(file, unzip).catch(() => {});
  return unzip;
}

/** Node has neither format: the user's program decompresses them. */
async function throughProgram(
  program: string,
  path: string,
  place: RehearsalFolder,
  signal: AbortSignal,
): Promise<TarSource> {
  const start = { command: program, args: ['-dc', path], cwd: place.dir, env: process.env };
  const running = await startPiped(start, place).catch((error: unknown) => {
    throw error instanceof Refusal
      ? new Refusal(`${path} needs the program ${program}: ${error.message}`)
      : error;
  });
  const stop = () => void running.stop(0);
  signal.addEventListener('abort', stop);
  return {
    bytes: running.output,
    async done() {
      const { code } = await running.end;
      if (code !== 0) throw new Refusal(`${path} cannot be decompressed: ${running.words()}`);
    },
    async close() {
      signal.removeEventListener('abort', stop);
      await running.stop(0);
    },
  };
}

async function bytesOf(content: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
