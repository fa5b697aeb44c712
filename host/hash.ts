import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import tar from 'tar-stream';
import type { FileHashes } from '../core/plan/machine.ts';
import { Refusal } from '../core/refusal.ts';
import { reasonOf } from './errors.ts';

/** What an archive may unpack to, in bytes: a compressed stream of zeros must end. */
const mostUnpacked = 8 * 2 ** 30;

/** The SHA-256 of a text, in hexadecimal. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** FileHashes a file, and the daemon in it where it is a tar. Throws one line. */
export async function hashFile(path: string, daemon: string | undefined): Promise<FileHashes> {
  try {
    return await hashStream(createReadStream(path), path, daemon);
  } catch (error) {
    throw new Refusal(`${path} cannot be hashed: ${reasonOf(error)}`);
  }
}

/**
 * FileHashes what comes, in one pass. `name` tells what it is: a tar, which is looked into for
 * `DAEMON` and `bin/DAEMON`, a compressed binary, or a binary.
 */
export async function hashStream(
  bytes: Readable,
  name: string,
  daemon: string | undefined,
): Promise<FileHashes> {
  const whole = createHash('sha256');
  const watched = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      whole.update(chunk);
      done(null, chunk);
    },
  });
  const binary = hashBinary(watched, name, daemon);
  await Promise.all([pipeline(bytes, watched), binary]);
  const sha256 = whole.digest('hex');
  const own = await binary;
  return { sha256, binary: own === 'same' ? sha256 : own };
}

/** The hash of the binary in a stream, which is read to its end. */
async function hashBinary(
  stream: Readable,
  name: string,
  daemon: string | undefined,
): Promise<string | 'same' | undefined> {
  const isTar = /\.(tar|tar\.gz|tgz)$/i.test(name);
  const isGzip = /\.(gz|tgz)$/i.test(name);
  if (!isTar && !isGzip) {
    await drain(stream);
    return /\.(zip|bz2|tbz2|xz|txz|zst)$/i.test(name) ? undefined : 'same';
  }
  const unpacked = isGzip ? unzipped(stream) : stream;
  return isTar ? hashInTar(unpacked, daemon) : digestOf(unpacked);
}

function unzipped(bytes: Readable): Readable {
  const unzip = createGunzip();
  // Whoever reads it hears of what fails.
  pipeline(bytes, unzip).catch(() => {});
  return unzip;
}

async function hashInTar(bytes: Readable, daemon: string | undefined): Promise<string | undefined> {
  const extract = tar.extract();
  const fed = pipeline(bytes, limited(), extract);
  fed.catch(() => {});
  let found: string | undefined;
  for await (const entry of extract) {
    const { name, type } = entry.header;
    const way = name.replace(/^\.\//, '');
    const isIt = type === 'file' && daemon !== undefined && [daemon, `bin/${daemon}`].includes(way);
    if (isIt) found = await digestOf(entry as unknown as Readable);
    else entry.resume();
  }
  await fed;
  return found;
}

function limited(): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      done(seen > mostUnpacked ? new Refusal('it unpacks to more than 8 GiB') : null, chunk);
    },
  });
}

async function digestOf(bytes: Readable): Promise<string> {
  const hash = createHash('sha256');
  let seen = 0;
  for await (const chunk of bytes) {
    seen += (chunk as Buffer).length;
    if (seen > mostUnpacked) throw new Refusal('it unpacks to more than 8 GiB');
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}

async function drain(stream: Readable): Promise<void> {
  for await (const _chunk of stream);
}
