import { kvStores, sameStore, storeId } from '../../chain/compare.ts';
import { holds, takenBy } from '../pending-stores.ts';
import type { Rule } from '../rule.ts';
import { removeEntryFix } from '../store-fixes.ts';

/** A pending upgrade adds a store that the network has already (incidents.md R15). */
export const staleAdded: Rule = {
  name: 'stale-added',
  severity: 'error',
  summary: 'a pending upgrade adds a store that the network has already',
  *check({ apps }) {
    for (const subject of apps) {
      const { base, pending } = subject;
      if (!base) continue;
      const before = kvStores(base.app);
      const taken = takenBy(subject);
      for (const upgrade of pending) {
        for (const store of upgrade.stores?.added ?? []) {
          const there = before.find(s => sameStore(s, store));
          // Several pending upgrades may delete a store and add it again.
          if (!there || holds(taken, store)) continue;
          // Left over from the last release, or moved to a new name because that one was never
          // applied: the code does not tell.
          const kept = base.app.upgrades.some(
            u => holds(u.stores?.added, store) || (u.name === null && upgrade.name === null),
          );
          yield {
            location: store.location,
            ...(kept ? { severity: 'warning' as const } : {}),
            message: `"${upgrade.name ?? upgrade.package}" adds the store "${storeId(store)}", which ${base.ref} mounts${kept ? ' and adds' : ''} already; at the upgrade height the node does not start: initial version set to …, but found earlier version`,
            fixes: removeEntryFix(subject.repo, store.location, `Do not add "${storeId(store)}"`),
          };
        }
      }
    }
  },
};
