import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesField, intField, messageField } from '../../core/rehearse/abci/wire.ts';
import { joinedBytes } from '../../core/rehearse/wire-bytes.ts';
import { filesBelow } from '../support/chains.ts';

/** What a state has that a fresh chain has not. */
export interface Contents {
  readonly chainId?: string;
  readonly validators?: number;
  /** Entries of the stores counter and gov, keys and values in hex. */
  readonly counter?: Readonly<Record<string, string>>;
  readonly gov?: Readonly<Record<string, string>>;
}

/** Entries below a prefix, in hex. */
export function entries(prefix: string, count: number, value = '0000000000000001'): Contents {
  const keys = Array.from({ length: count }, (_, i) => prefix + i.toString(16).padStart(4, '0'));
  return { counter: Object.fromEntries(keys.map(key => [key, value])) };
}

/** An open proposal, far from the end of its deposits, with a message of a type (x/gov/types). */
export function openProposal(id: number, type: string): Contents {
  const number = id.toString(16).padStart(16, '0');
  const end = Buffer.from('2100-01-01T00:00:00.000000000').toString('hex');
  const message = messageField(2, bytesField(1, type), bytesField(2, new Uint8Array()));
  const proposal = joinedBytes([intField(1, id), message, intField(3, 1)]);
  return {
    gov: { [`02${end}${number}`]: number, [`00${number}`]: Buffer.from(proposal).toString('hex') },
  };
}

/** The hash of every file below a folder. */
export function hashesOf(dir: string): Record<string, string> {
  const hash = (file: string) =>
    createHash('sha256')
      .update(readFileSync(join(dir, file)))
      .digest('hex');
  return Object.fromEntries(filesBelow(dir).map(file => [file, hash(file)]));
}
