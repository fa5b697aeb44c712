import type { App, Chain, Store } from '../../chain/chain.ts';
import { sameApp, sameStore, storeId } from '../../chain/compare.ts';
import type { Choice } from '../question.ts';

/** What the choices look at. */
interface Compared {
  readonly app: App;
  readonly base?: Chain;
  readonly baseRef?: string;
}

/**
 * The stores of an app that an upgrade may add: those that are picked first, and the ones that the
 * release has last. Compared with a release, they stand in groups.
 */
export function addableStores(
  { app, base, baseRef = 'the last release' }: Compared,
  picked: ReadonlySet<string | undefined>,
): Choice[] {
  const before = sameApp(base, app)?.stores;
  const byId = new Map<string, Store>();
  for (const store of app.stores) {
    const id = storeId(store);
    if (store.kind === 'kv' && id !== undefined && !byId.has(id)) byId.set(id, store);
  }
  // Not mounted in the release: another upgrade may add it, or the release was not read in full.
  const groups = [`New since ${baseRef}`, 'Not picked', `Mounted in ${baseRef}`] as const;
  const rankOf = (id: string, store: Store) => {
    if (picked.has(id)) return 0;
    return before?.some(other => sameStore(other, store)) ? 2 : 1;
  };
  return [...byId]
    .map(([id, store]) => ({ id, store, rank: rankOf(id, store) }))
    .sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1))
    .map(({ id, store, rank }) => ({
      value: id,
      label: id,
      ...(store.const && store.const !== id ? { detail: store.const } : {}),
      picked: picked.has(id),
      ...(before && { group: groups[rank]! }),
    }));
}
