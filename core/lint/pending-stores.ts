import type { StoreName, Upgrade } from '../chain/chain.ts';
import { sameStore, storeId } from '../chain/compare.ts';
import type { AppContext } from './rule.ts';

/** The names of a list of upgrades, for a message. */
export function namesOf(upgrades: readonly Upgrade[]): string {
  return upgrades
    .map(u => (u.name === null ? 'the upgrade with a computed name' : `"${u.name}"`))
    .join(' and ');
}

/** Whether a store is among those. */
export function holds(stores: readonly StoreName[] | undefined, wanted: StoreName): boolean {
  return stores?.some(s => sameStore(s, wanted)) ?? false;
}

/** The stores that pending upgrades bring: added ones, and the new names of renamed ones. */
export function broughtBy({ pending }: AppContext): StoreName[] {
  return pending.flatMap(u => [
    ...(u.stores?.added ?? []),
    ...(u.stores?.renamed ?? []).map(r => r.to),
  ]);
}

/** The stores that pending upgrades take away: deleted ones, and the old names of renamed ones. */
export function takenBy({ pending }: AppContext): StoreName[] {
  return pending.flatMap(u => [
    ...(u.stores?.deleted ?? []),
    ...(u.stores?.renamed ?? []).map(r => r.from),
  ]);
}

/**
 * Whether the stores of the pending upgrades are known for sure: every entry has a name, and where
 * a loader is of a kind whose stores are not read, no upgrade lacks them.
 */
export function storesAreKnown(subject: AppContext): boolean {
  const { pending, wiring } = subject;
  if ([...broughtBy(subject), ...takenBy(subject)].some(s => storeId(s) === undefined))
    return false;
  if (pending.some(u => u.storesUnread)) return false;
  // Stores of a plan whose name is not compared could belong to any of them.
  const nameless = wiring.loadings.some(l =>
    l.serves.some(s => s.name.kind === 'unknown' && (s.stores || s.unread)),
  );
  if (nameless && pending.some(u => u.name !== null)) return false;
  const hidden =
    wiring.loadings.some(l => /^S([4-9]|10)$/.test(l.code) && l.serves.length === 0) ||
    wiring.codes.includes('S10');
  return !hidden || pending.every(u => u.stores !== undefined);
}
