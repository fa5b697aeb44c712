import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import type { Schema } from '../core/rehearse/checks/schema.ts';
import { readSchema } from '../core/rehearse/checks/schema.ts';

/**
 * How gogoproto begins what it embeds of a file: gzip without a name and a time, best compression,
 * no system. Ten bytes, then deflated data.
 */
const gzipHeader = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255);

/** More than any description of a proto file takes. */
const mostBytes = 1 << 20;

/**
 * What a node's binary says of its messages and queries. Every package that gogoproto generated
 * holds the description of its proto file (`fileDescriptor_…`), whatever the chain registers and
 * serves: `cosmos.reflection.v1` would say the same, and one chain in ten does not have it.
 */
export async function messageTypesOf(binary: string): Promise<Schema> {
  return readSchema(embeddedFiles(await readFile(binary)));
}

/** What is inflated from behind each header; some of it may be anything. */
function* embeddedFiles(bytes: Buffer): Generator<Uint8Array> {
  for (let at = bytes.indexOf(gzipHeader); at >= 0; ) {
    const start = at + gzipHeader.length;
    at = bytes.indexOf(gzipHeader, start);
    const end = at < 0 ? start + mostBytes : Math.min(at, start + mostBytes);
    const file = inflated(bytes.subarray(start, end));
    if (file) yield file;
  }
}

/** What follows the data is ignored. */
function inflated(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return inflateRawSync(bytes, { maxOutputLength: 16 * mostBytes });
  } catch {
    return undefined;
  }
}
