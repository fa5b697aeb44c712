import { createHash } from 'node:crypto';
import type { Hashes } from '../../core/rehearse/abci/block.ts';

/** The hashes of validators' addresses and blocks. */
export const nodeHashes: Hashes = {
  sha256: bytes => createHash('sha256').update(bytes).digest(),
  ripemd160: bytes => createHash('ripemd160').update(bytes).digest(),
};
