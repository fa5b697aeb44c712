import type { StoreName, StoreUpgrades, Upgrade } from '../chain/chain.ts';
import { sameStore, storeId } from '../chain/compare.ts';
import type { Wiring } from '../wiring/style.ts';
import type { AppContext } from './rule.ts';

/** Whether a store is among those. */
export function holds(stores: readonly StoreName[] | undefined, wanted: StoreName): boolean {
  return stores?.some(store => sameStore(store, wanted)) ?? false;
}

/** The stores that pending upgrades bring: added ones, and the new names of renamed ones. */
export function broughtBy({ pending }: AppContext): StoreName[] {
  return storesOf(pending).flatMap(({ added, renamed }) => [
    ...added,
    ...renamed.map(({ to }) => to),
  ]);
}

/** The stores that pending upgrades take away: deleted ones, and the old names of renamed ones. */
export function takenBy({ pending }: AppContext): StoreName[] {
  return storesOf(pending).flatMap(({ deleted, renamed }) => [
    ...deleted,
    ...renamed.map(({ from }) => from),
  ]);
}

function storesOf(upgrades: readonly Upgrade[]): StoreUpgrades[] {
  return upgrades.flatMap(({ stores }) => (stores ? [stores] : []));
}

/**
 * Whether the stores of the pending upgrades are known for sure: every entry has a name, and where
 * a loader is of a kind whose stores are not read, no upgrade lacks them.
 */
export function storesAreKnown(subject: AppContext): boolean {
  const { pending, wiring } = subject;
  const named = [...broughtBy(subject), ...takenBy(subject)];
  if (named.some(store => storeId(store) === undefined)) return false;
  if (pending.some(({ storesUnread }) => storesUnread)) return false;
  if (hasNamelessPlan(wiring) && pending.some(({ name }) => name !== null)) return false;
  return !hasHiddenStores(wiring) || pending.every(({ stores }) => stores !== undefined);
}

/** Whether a loader has stores of a plan whose name is not compared: it could be any of them. */
function hasNamelessPlan({ loadings }: Wiring): boolean {
  return loadings.some(({ serves }) =>
    serves.some(
      ({ name, stores, unread }) => name.kind === 'unknown' && (stores !== undefined || unread),
    ),
  );
}

/** Whether a loader is of a kind whose stores are not read. */
function hasHiddenStores({ loadings, codes }: Wiring): boolean {
  return (
    codes.includes('S10') ||
    loadings.some(({ code, serves }) => /^S([4-9]|10)$/.test(code) && serves.length === 0)
  );
}
