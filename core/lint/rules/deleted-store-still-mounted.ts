import { kvStores, sameStore, storeId } from '../../chain/compare.ts';
import { storesTaken } from '../../chain/store-changes.ts';
import { storeNotMounted } from '../node-words.ts';
import { broughtBy, holds } from '../pending-stores.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { removeEntryFix } from '../store-fixes.ts';
import { storesNotCompared } from '../unread.ts';
import { labelOf, mismatchOf } from '../wording.ts';

/**
 * A pending upgrade deletes a store that stays mounted: the node runs until its next restart and
 * then does not load (docs/background/incidents.md#deleted-and-re-added-stores,
 * docs/background/live-chain.md#what-nodes-say).
 */
export const deletedStoreStillMounted: Rule = {
  name: 'deleted-store-still-mounted',
  severity: 'error',
  summary: 'a pending upgrade deletes a store that is still mounted',
  nodeSays: [
    {
      words: {
        pattern: /version of store (\S+) mismatch root store's version/,
        when: ['restart'],
      },
      repair: 'stop mounting store $1, or do not delete it',
    },
    {
      words: { pattern: /store (\S+) should be gone and the node serves it/ },
      repair: 'stop mounting store $1',
    },
    { words: storeNotMounted, rank: 2 },
  ],
  silentUntilLater: 9,
  notJudged: storesNotCompared,
  *check({ apps }) {
    for (const subject of apps) yield* inApp(subject);
  },
};

function* inApp(subject: AppContext): Iterable<Finding> {
  const { app, pending } = subject;
  const mounted = kvStores(app);
  const brought = broughtBy(subject);
  for (const upgrade of pending) {
    const { deleted = [] } = upgrade.stores ?? {};
    for (const store of storesTaken(upgrade.stores)) {
      const still = mounted.find(other => sameStore(other, store));
      if (!still || holds(brought, store)) continue;
      const name = storeId(store) ?? '…';
      yield {
        location: store.location,
        ...whatHappens(labelOf(upgrade), name, deleted.includes(store)),
        related: [{ location: still.location, message: 'mounted here' }],
        fixes: deleted.includes(store)
          ? removeEntryFix(subject.repo, store.location, `Do not delete "${name}"`)
          : [],
      };
    }
  }
}

/** Deleted, it was seen on nodes; of a rename only the SDK's code tells. */
function whatHappens(
  upgrade: string,
  name: string,
  isDeleted: boolean,
): Pick<Finding, 'message' | 'consequence'> {
  if (!isDeleted)
    return {
      message: `"${upgrade}" renames the store "${name}", which is still mounted`,
      consequence: 'its data moves to the new name, and what still reads the old one finds none',
    };
  return {
    message: `"${upgrade}" deletes the store "${name}", which is still mounted`,
    consequence: `the node runs through the upgrade and does not start again afterwards: ${mismatchOf(name)}`,
  };
}
