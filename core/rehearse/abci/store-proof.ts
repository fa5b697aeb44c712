import type { QueryAnswer } from './block.ts';
import { WireMessage } from './wire.ts';

/** The kind of the proof that leads from a store to the app's hash (store/types/proof.go). */
const rootProof = 'ics23:simple';

/**
 * The hash of a store, from an answer with a proof: the last of its steps proves the store among
 * all, in a CommitmentProof{exist 1 {key 1, value 2}}. Undefined where it has none.
 */
export function storeHashIn({ proof }: Pick<QueryAnswer, 'proof'>): Uint8Array | undefined {
  const root = proof.find(({ type }) => type === rootProof);
  const hash = root && new WireMessage(root.data).message(1).bytes(2);
  return hash && hash.length > 0 ? hash : undefined;
}

/** The entries of an answer to `/store/NAME/subspace`: cosmos.store.internal.kv.v1beta1.Pairs. */
export function pairsIn(value: Uint8Array): { key: Uint8Array; value: Uint8Array }[] {
  return new WireMessage(value)
    .messages(1)
    .map(pair => ({ key: pair.bytes(1), value: pair.bytes(2) }));
}
