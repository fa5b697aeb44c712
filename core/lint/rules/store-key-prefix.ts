import { kvStores } from '../../chain/compare.ts';
import type { Rule } from '../rule.ts';

/**
 * A store's name that begins with another's: the SDK refuses to build the key set (live-chain.md 7:
 * "Potential key collision between KVStores").
 */
export const storeKeyPrefix: Rule = {
  name: 'store-key-prefix',
  severity: 'error',
  summary: 'a store name is the beginning of another',
  *check({ apps }) {
    for (const { app, base } of apps) {
      const stores = kvStores(app).filter(s => s.name);
      for (const store of stores) {
        const longer = stores.find(s => s.name !== store.name && s.name!.startsWith(store.name!));
        if (!longer) continue;
        // The check looks at the keys of one call; a pair that runs already is made by two.
        const runs =
          base && [store, longer].every(s => kvStores(base.app).some(b => b.name === s.name));
        if (runs || store.location.file !== longer.location.file) continue;
        yield {
          location: store.location,
          message: `the store name "${store.name}" is the beginning of "${longer.name}"; the app panics when it is built: Potential key collision between KVStores`,
          related: [{ location: longer.location, message: `"${longer.name}"` }],
        };
      }
    }
  },
};
