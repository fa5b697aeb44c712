import { kvStores } from '../../chain/compare.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import type { AppBase, Rule } from '../rule.ts';
import { sdkNotRead } from '../unread.ts';

/**
 * A store's name that begins with another's: from 0.43 on the SDK refuses to build the key set
 * (docs/background/live-chain.md#what-nodes-say).
 */
export const storeKeyPrefix: Rule = {
  name: 'store-key-prefix',
  severity: 'error',
  summary: 'a store name is a prefix of another',
  nodeSays: [
    {
      words: { pattern: /Potential key collision between KVStores:\s*(\S+) - (\S+)/ },
      repair: 'give $1 or $2 a store name that is no prefix of the other',
    },
  ],
  notJudged: sdkNotRead,
  *check({ apps }) {
    for (const { app, base } of apps) {
      const { generation } = app.sdk;
      if (!generation || generationIsBefore(generation, '0.43')) continue;
      const stores = kvStores(app).filter(store => store.name);
      for (const store of stores) {
        const name = store.name!;
        const longer = stores.find(other => other.name !== name && other.name!.startsWith(name));
        // The check looks at the keys of one call.
        if (!longer || store.location.file !== longer.location.file) continue;
        if (base && areMounted(base, name, longer.name!)) continue;
        yield {
          location: store.location,
          message: `store name "${name}" is a prefix of "${longer.name!}"`,
          consequence: 'the app panics when it is built: Potential key collision between KVStores',
          related: [{ location: longer.location, message: `"${longer.name!}"` }],
        };
      }
    }
  },
};

/** Whether the baseline, which runs, mounts both: then their keys are made by two calls. */
function areMounted({ app }: AppBase, ...names: string[]): boolean {
  const mounted = kvStores(app).map(({ name }) => name);
  return names.every(name => mounted.includes(name));
}
