import { kvStores, sameStore, storeId } from '../../chain/compare.ts';
import { broughtBy, holds } from '../pending-stores.ts';
import type { Rule } from '../rule.ts';
import { removeEntryFix } from '../store-fixes.ts';

/**
 * A pending upgrade deletes a store that stays mounted: the node runs until its next restart and
 * then does not load (incidents.md R15, live-chain.md 7).
 */
export const deletedStoreStillMounted: Rule = {
  name: 'deleted-store-still-mounted',
  severity: 'error',
  summary: 'a pending upgrade deletes a store that stays mounted',
  *check({ apps }) {
    for (const subject of apps) {
      const { app, pending } = subject;
      const mounted = kvStores(app);
      const brought = broughtBy(subject);
      for (const upgrade of pending) {
        const stores = upgrade.stores;
        if (!stores) continue;
        for (const store of [...stores.deleted, ...stores.renamed.map(r => r.from)]) {
          const still = mounted.find(s => sameStore(s, store));
          if (!still || holds(brought, store)) continue;
          yield {
            location: store.location,
            message: `"${upgrade.name ?? upgrade.package}" deletes the store "${storeId(store)}", which is still mounted; the node runs through the upgrade and does not start again afterwards: version of store ${storeId(store)} mismatch root store's version`,
            related: [{ location: still.location, message: 'mounted here' }],
            fixes: stores.deleted.includes(store)
              ? removeEntryFix(subject.repo, store.location, `Do not delete "${storeId(store)}"`)
              : [],
          };
        }
      }
    }
  },
};
