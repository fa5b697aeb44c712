import { kvStores, mayBeSame, sameStore, storeId } from '../../chain/compare.ts';
import { holds, namesOf, storesAreKnown, takenBy } from '../pending-stores.ts';
import type { Rule } from '../rule.ts';

/**
 * A store of the baseline is mounted no more, and no pending upgrade deletes it: its data stays on
 * disk (incidents.md R15). Never harms by itself.
 */
export const removedStoreNotDeleted: Rule = {
  name: 'removed-store-not-deleted',
  severity: 'info',
  summary: 'a store is no longer mounted and no pending upgrade deletes it',
  *check({ apps }) {
    for (const subject of apps) {
      const { app, base, pending } = subject;
      const now = app.stores.filter(s => s.kind === 'kv');
      if (
        !base ||
        pending.length === 0 ||
        now.length === 0 ||
        now.some(s => storeId(s) === undefined) ||
        !storesAreKnown(subject)
      )
        continue;
      const taken = takenBy(subject);
      for (const store of kvStores(base.app)) {
        if (
          storeId(store) === undefined ||
          now.some(s => sameStore(s, store)) ||
          holds(taken, store)
        )
          continue;
        // A store that is known by its constant only may be there still, its module moved.
        if (store.name === null && now.some(s => mayBeSame(s, store))) continue;
        const upgrade = pending.at(-1)!;
        yield {
          location: upgrade.stores?.location ?? upgrade.location,
          message: `the store "${storeId(store)}" was mounted in ${base.ref} and is no longer; ${namesOf(pending)} ${pending.length === 1 ? 'does' : 'do'} not delete it, so its data stays on every node's disk`,
        };
      }
    }
  },
};
