import { pairsIn, storeHashIn } from '../../core/rehearse/abci/store-proof.ts';
import type { AbciQuery } from '../chain-node.ts';
import type { DrivenNode } from './driven-node.ts';

/** A key of a store, in hexadecimal. */
export interface DifferingKey {
  readonly store: string;
  readonly key: string;
}

/** The stores whose hashes after a block differ between two nodes, as far as they tell them. */
export async function differingStores(
  a: DrivenNode,
  b: DrivenNode,
  stores: readonly string[],
  height: number,
): Promise<string[]> {
  const found: string[] = [];
  for (const store of stores) {
    const [one, other] = await Promise.all([
      storeHash(a, store, height),
      storeHash(b, store, height),
    ]);
    if (one !== undefined && other !== undefined && one !== other) found.push(store);
  }
  return found;
}

/** The keys of a store whose values differ between two nodes that stand at the same block. */
export async function differingKeys(
  a: DrivenNode,
  b: DrivenNode,
  store: string,
): Promise<DifferingKey[]> {
  const [ours, theirs] = [await entries(a.query, store), await entries(b.query, store)];
  const keys = new Set([...ours.keys(), ...theirs.keys()]);
  return [...keys]
    .filter(key => ours.get(key) !== theirs.get(key))
    .sort()
    .map(key => ({ store, key }));
}

async function storeHash(
  { app }: DrivenNode,
  store: string,
  height: number,
): Promise<string | undefined> {
  const answer = await app.query(`/store/${store}/key`, Uint8Array.of(0), { height, prove: true });
  const hash = answer.code === 0 ? storeHashIn(answer) : undefined;
  return hash && Buffer.from(hash).toString('hex');
}

/** A whole store, asked for by the first byte of its keys. */
async function entries(query: AbciQuery, store: string): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for (let first = 0; first < 256; first++) {
    const { code, value } = await query(`/store/${store}/subspace`, Uint8Array.of(first));
    if (code !== 0) break;
    for (const pair of pairsIn(value))
      all.set(Buffer.from(pair.key).toString('hex'), Buffer.from(pair.value).toString('hex'));
  }
  return all;
}
