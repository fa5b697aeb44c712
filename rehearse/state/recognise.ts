import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Refusal } from '../../core/refusal.ts';
import { codeOf, failure } from '../../host/errors.ts';

/** What a state is given as. */
export type StateKind = 'home' | 'data' | 'archive' | 'genesis';

/** A database that the state can lie in. */
export type Backend = 'goleveldb' | 'pebbledb';

/** A state that was given, recognised and not read yet. */
export interface StateInput {
  readonly kind: StateKind;
  /** Absolute: the home, the data folder, or the file. */
  readonly path: string;
}

const expected =
  "expected a stopped node's home or its data folder, a snapshot archive or an exported genesis";

/**
 * What lies at a path: a stopped node's home or data folder, an archive or an exported genesis.
 * Throws one line where it is none of them, or keeps its state in a way that cannot be read here.
 */
export async function recogniseState(given: string): Promise<StateInput> {
  const path = resolve(given);
  const stat = statOf(path);
  if (stat.isFile()) return { kind: await kindOfFile(path), path };
  if (!stat.isDirectory()) throw new Refusal(`${given} is no file and no folder: ${expected}`);
  const other = otherStore(given, path);
  if (other) throw other;
  if (basename(path) === 'application.db') return { kind: 'data', path: dirname(path) };
  if (isThere(join(path, 'application.db'))) return { kind: 'data', path };
  if (isThere(join(path, 'data/application.db'))) return { kind: 'home', path };
  throw new Refusal(`${given} has no application.db: ${expected}`);
}

function statOf(path: string) {
  try {
    return statSync(path);
  } catch (error) {
    throw failure(`cannot read ${path}`, error);
  }
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return false;
    throw failure(`cannot read ${path}`, error);
  }
}

/** A store that is none of the SDK's; its folders lie beside where application.db would be. */
function otherStore(given: string, path: string): Refusal | undefined {
  const others = { 'memiavl.db': 'memiavl', iavlx: 'iavlx' };
  for (const [folder, name] of Object.entries(others)) {
    if ([folder, `data/${folder}`].some(way => isThere(join(path, way))))
      return notReadable(given, name);
  }
  return undefined;
}

function notReadable(given: string, store: string): Refusal {
  return new Refusal(
    `${given} keeps its state in ${store}, which cannot be read here: ` +
      'give a genesis that the node exported from it',
  );
}

/** An archive by its name, a genesis by its first byte. */
async function kindOfFile(path: string): Promise<StateKind> {
  if (/\.(tar|tar\.gz|tgz|tar\.lz4|tar\.zst)$/.test(path)) return 'archive';
  const file = await open(path).catch((error: unknown) => {
    throw failure(`cannot read ${path}`, error);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    if (/^\uFEFF?\s*\{/.test(buffer.toString('utf8', 0, bytesRead))) return 'genesis';
  } finally {
    await file.close();
  }
  throw new Refusal(
    `${path} is no state that can be read: an archive is a .tar, .tar.gz, .tgz, .tar.lz4 or ` +
      '.tar.zst, a genesis is JSON',
  );
}

/**
 * The database that application.db of a data folder is, by the files in it: configuration may say
 * something else. Throws for those that are not served.
 */
export function backendOf(data: string): Backend {
  const path = join(data, 'application.db');
  if (!statOf(path).isDirectory())
    throw new Refusal(`${path} is a file: only goleveldb and Pebble can be read here`);
  const names = listOf(path);
  const options = names.filter(name => name.startsWith('OPTIONS-')).sort();
  const words = options.length > 0 ? readFileSync(join(path, options.at(-1)!), 'utf8') : '';
  if (words.includes('pebble_version')) return 'pebbledb';
  if (options.length > 0) throw notReadable(path, 'RocksDB');
  if (names.includes('CURRENT')) return 'goleveldb';
  throw new Refusal(`${path} is no database that can be read here: it has no file CURRENT`);
}

function listOf(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    throw failure(`cannot read ${path}`, error);
  }
}
