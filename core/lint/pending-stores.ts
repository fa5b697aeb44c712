import { unreadStores } from '../chain/app/unread-stores.ts';
import type { StoreName, StoreUpgrades, Unknown, Upgrade } from '../chain/chain.ts';
import { kvStores, sameStore } from '../chain/compare.ts';
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

/** Whether the stores of the pending upgrades are known for sure. */
export function storesAreKnown(subject: AppContext): boolean {
  return unknownStores(subject).length === 0;
}

/** The places where it is not known which stores the pending upgrades change, and why. */
export function unknownStores({ app, pending, wiring }: AppContext): readonly Unknown[] {
  return [...unreadStores(app, pending), ...versionedLoader(pending, wiring)];
}

/**
 * The same for rules about the stores of upgrades, where there is something to compare: a pending
 * upgrade, or stores that are not those of the last release.
 */
export function storesNotCompared(subject: AppContext): readonly Unknown[] {
  const { app, base, pending } = subject;
  const now = kvStores(app);
  const before = base ? kvStores(base.app) : now;
  const isSame = now.every(store => holds(before, store)) && before.every(one => holds(now, one));
  if (!base || (pending.length === 0 && isSame)) return [];
  return unknownStores(subject).map(({ location, why }) => ({
    location,
    why: `stores are not compared: ${why}`,
  }));
}

/** S10: the loader of an SDK that is told versions, not stores. */
function versionedLoader(pending: readonly Upgrade[], { codes }: Wiring): Unknown[] {
  const upgrade = pending.find(({ stores }) => stores === undefined);
  return codes.includes('S10') && upgrade
    ? [{ location: upgrade.location, why: 'the SDK in use finds the stores by itself' }]
    : [];
}
