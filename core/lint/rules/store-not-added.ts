import type { Store } from '../../chain/chain.ts';
import { kvStores, mayBeSame, sameStore, storeId } from '../../chain/compare.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import { broughtBy, holds, namesOf, storesAreKnown, takenBy } from '../pending-stores.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { addStoreFix, renameStoreFix } from '../store-fixes.ts';

/**
 * A store that is mounted now, was not mounted at the baseline, and that no pending upgrade adds
 * (incidents.md R1).
 */
export const storeNotAdded: Rule = {
  name: 'store-not-added',
  severity: 'error',
  summary: 'a store is mounted that no pending upgrade adds',
  *check({ apps }) {
    for (const app of apps) yield* inApp(app);
  },
};

function* inApp(subject: AppContext): Iterable<Finding> {
  const { app, base, pending } = subject;
  if (!base || !storesAreKnown(subject)) return;
  const before = kvStores(base.app);
  const brought = broughtBy(subject);
  // A store whose name is not known could be any of the new ones.
  if (before.length === 0 || base.app.stores.some(s => s.kind === 'kv' && storeId(s) === undefined))
    return;
  const now = kvStores(app);
  const vanished = before.filter(s => s.name === null && !now.some(n => sameStore(n, s)));
  for (const store of now) {
    if (
      storeId(store) === undefined ||
      base.app.stores.some(s => sameStore(s, store)) ||
      holds(brought, store)
    )
      continue;
    // A store that is known by its constant only may have been there under another one, or be added
    // under another one.
    if (
      vanished.some(s => mayBeSame(s, store)) ||
      brought.some(
        s =>
          (s.name === null || store.name === null) &&
          mayBeSame(s, store) &&
          !app.stores.some(m => m !== store && sameStore(m, s)),
      )
    )
      continue;
    // Its constant has another value now: the module is the same, and what it keeps is in the store
    // of the old name.
    const was =
      store.const === undefined
        ? undefined
        : before.find(
            s =>
              s.const === store.const &&
              s.name !== null &&
              !now.some(n => sameStore(n, s)) &&
              !holds(takenBy(subject), s),
          )?.name;
    const fails = `is mounted but was not in ${base.ref}${was ? `, where its constant was "${was}"` : ''}`;
    if (pending.length === 0) {
      yield {
        location: store.location,
        severity: 'warning',
        message: `the store "${storeId(store)}" ${fails}, and there is no new upgrade yet that adds it; without one ${consequence(app.sdk.generation, store)}`,
      };
      continue;
    }
    // Where names are computed, or only one upgrade is kept, one in between may have brought the
    // store; behind a flag it may not be there at all.
    const between =
      (pending.every(u => u.name === null) && brought.length > 0) ||
      (base.far && app.upgrades.filter(u => u.registered).length === 1) ||
      store.conditional;
    yield {
      location: store.location,
      ...(between ? { severity: 'info' as const } : {}),
      message: `the store "${storeId(store)}" ${fails}, and ${namesOf(pending)} ${pending.length === 1 ? 'does' : 'do'} not ${was ? 'rename or add' : 'add'} it; at the upgrade height ${consequence(app.sdk.generation, store)}`,
      related: pending.map(u => ({
        location: u.stores?.location ?? u.location,
        message: 'a pending upgrade',
      })),
      // The newest one first: it is the one that is being written.
      fixes: [...pending]
        .reverse()
        .flatMap(u => [
          ...(was ? renameStoreFix(subject, u, was, store) : []),
          ...addStoreFix(subject, u, store),
        ]),
    };
  }
}

/**
 * The check came with 0.45 (incidents.md 2.1); before it the failure shows when old versions are
 * pruned.
 */
function consequence(generation: AppContext['app']['sdk']['generation'], store: Store): string {
  return generation && generationIsBefore(generation, '0.45')
    ? 'the node fails when it prunes: cannot delete latest saved version'
    : `the node does not start: version of store ${store.name ?? '…'} mismatch root store's version`;
}
