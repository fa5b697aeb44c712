import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import tar from 'tar-stream';
import type { ArchiveFacts } from '../core/operate/facts.ts';
import { Refusal } from '../core/refusal.ts';
import { reasonOf } from '../host/errors.ts';

/**
 * Hashes an archive, and the daemon in it where cosmovisor would find it: `bin/NAME`, or `NAME`.
 * Nothing is unpacked. Throws one line where the archive cannot be read.
 */
export async function readBinaryArchive(
  path: string,
  daemon: string | undefined,
): Promise<ArchiveFacts> {
  try {
    const [sha256, sha512] = await Promise.all([hashOf(path, 'sha256'), hashOf(path, 'sha512')]);
    const binarySha256 = daemon === undefined ? undefined : await daemonIn(path, daemon);
    return { path, sha256, sha512, binarySha256 };
  } catch (error) {
    throw new Refusal(`--archive ${path} cannot be read: ${reasonOf(error)}`);
  }
}

async function hashOf(path: string, kind: 'sha256' | 'sha512'): Promise<string> {
  const hash = createHash(kind);
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function daemonIn(path: string, daemon: string): Promise<string | undefined> {
  if (/\.(tar\.gz|tgz)$/i.test(path)) return inTar(path, daemon, createGunzip());
  if (/\.tar$/i.test(path)) return inTar(path, daemon, new PassThrough());
  if (/\.gz$/i.test(path)) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), createGunzip(), hash);
    return hash.digest('hex');
  }
  throw new Refusal(
    'only .tar, .tar.gz, .tgz and .gz are read here: give the binary in --manifest',
  );
}

async function inTar(
  path: string,
  daemon: string,
  unzip: NodeJS.ReadWriteStream,
): Promise<string | undefined> {
  const found = new Map<string, string>();
  const extract = tar.extract();
  const look = async () => {
    for await (const entry of extract) {
      const name = entry.header.name.replace(/^\.\//, '');
      if (name === daemon || name === `bin/${daemon}`) found.set(name, await hashOfEntry(entry));
      else entry.resume();
    }
  };
  await Promise.all([pipeline(createReadStream(path), unzip, extract), look()]);
  return found.get(`bin/${daemon}`) ?? found.get(daemon);
}

async function hashOfEntry(entry: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of entry) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
