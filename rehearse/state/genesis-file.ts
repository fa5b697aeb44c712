import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { Refusal } from '../../core/refusal.ts';
import type { Json } from '../../core/rehearse/genesis.ts';
import { jsonAt } from '../../core/rehearse/genesis.ts';
import type { ByteRange } from '../../core/rehearse/json-members.ts';
import { JsonMembers } from '../../core/rehearse/json-members.ts';
import { failure } from '../../host/errors.ts';

/** A genesis on disk, whose app state may be larger than a string can be. */
export interface GenesisFile {
  readonly chainId: string;
  /** The height of its first block. */
  readonly initialHeight: number;
  /** Everything but the app state. */
  readonly rest: Json;
  /** Where the app state lies in the file. */
  readonly appState: ByteRange;
}

/** What everything but the app state may take, in bytes: a few hundred validators take 100 KB. */
const restLimit = 64 * 2 ** 20;

/** Reads a genesis. Throws one line where it is none, or ends too early. */
export async function readGenesisFile(path: string, signal: AbortSignal): Promise<GenesisFile> {
  const members = new JsonMembers();
  await eachPiece(path, signal, bytes => {
    members.take(bytes);
    return false;
  });
  const found = members.end(path);
  const appState = found.get('app_state');
  if (!appState) throw new Refusal(`${path} is no genesis: it has no app_state`);
  found.delete('app_state');
  const rest = await readMembers(path, found);
  const initialHeight = Number(jsonAt(rest, 'initial_height') ?? 1);
  return {
    chainId: chainIdIn(rest, path),
    initialHeight: Math.max(initialHeight || 1, 1),
    rest,
    appState,
  };
}

/** The chain's id from a genesis, which is read no further than to there. */
export async function readChainId(path: string, signal: AbortSignal): Promise<string> {
  const members = new JsonMembers();
  await eachPiece(path, signal, bytes => {
    members.take(bytes);
    return members.found('chain_id') !== undefined;
  });
  const range = members.found('chain_id');
  return chainIdIn(await readMembers(path, new Map(range ? [['chain_id', range]] : [])), path);
}

function chainIdIn(rest: Json, path: string): string {
  const chainId = jsonAt(rest, 'chain_id');
  if (typeof chainId !== 'string' || !chainId)
    throw new Refusal(`${path} is no genesis: it has no chain_id`);
  return chainId;
}

/** Gives a file piece by piece, until `take` wants no more. */
async function eachPiece(
  path: string,
  signal: AbortSignal,
  take: (bytes: Buffer) => boolean,
): Promise<void> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20, signal }))
      if (take(chunk as Buffer)) return;
  } catch (error) {
    signal.throwIfAborted();
    throw failure(`${path} cannot be read`, error);
  }
}

async function readMembers(path: string, members: ReadonlyMap<string, ByteRange>): Promise<Json> {
  const file = await open(path);
  try {
    const entries: [string, Json][] = [];
    let left = restLimit;
    for (const [key, range] of members) {
      left -= range.end - range.start;
      if (left < 0) throw new Refusal(`${path} is no genesis: it holds too much beside app_state`);
      entries.push([key, JSON.parse(await textAt(file, range)) as Json]);
    }
    return Object.fromEntries(entries);
  } catch (error) {
    if (error instanceof SyntaxError) throw new Refusal(`${path} is no JSON: ${error.message}`);
    throw error;
  } finally {
    await file.close();
  }
}

async function textAt(file: FileHandle, { start, end }: ByteRange): Promise<string> {
  const { buffer } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
  return buffer.toString('utf8');
}
