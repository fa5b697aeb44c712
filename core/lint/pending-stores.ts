import type { StoreEntry, StoreName } from '../chain/chain.ts';
import { sameStore } from '../chain/compare.ts';
import { storesBrought, storesTaken } from '../chain/store-changes.ts';
import type { AppContext } from './rule.ts';

/** Whether a store is among those. */
export function holds(stores: readonly StoreName[] | undefined, wanted: StoreName): boolean {
  return stores?.some(store => sameStore(store, wanted)) ?? false;
}

/** The stores that pending upgrades bring: added ones, and the new names of renamed ones. */
export function broughtBy({ pending }: Pick<AppContext, 'pending'>): StoreEntry[] {
  return pending.flatMap(({ stores }) => storesBrought(stores));
}

/** The stores that pending upgrades take away: deleted ones, and the old names of renamed ones. */
export function takenBy({ pending }: Pick<AppContext, 'pending'>): StoreEntry[] {
  return pending.flatMap(({ stores }) => storesTaken(stores));
}
