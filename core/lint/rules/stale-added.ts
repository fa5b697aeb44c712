import type { App, StoreEntry, Upgrade } from '../../chain/chain.ts';
import { kvStores, sameStore, storeId } from '../../chain/compare.ts';
import { earlierVersionFound } from '../node-words.ts';
import { holds, takenBy } from '../pending-stores.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { removeEntryFix } from '../store-fixes.ts';
import { storesNotCompared } from '../unread.ts';
import { labelOf } from '../wording.ts';

/**
 * A pending upgrade adds a store that the network has already
 * (docs/background/incidents.md#deleted-and-re-added-stores).
 */
export const staleAdded: Rule = {
  name: 'stale-added',
  severity: 'error',
  summary: 'a pending upgrade adds a store that the network already has',
  nodeSays: [
    {
      words: earlierVersionFound,
      repair: 'take the stores that the network has already out of Added',
    },
  ],
  notJudged: storesNotCompared,
  *check({ apps }) {
    for (const subject of apps) yield* inApp(subject);
  },
};

function* inApp(subject: AppContext): Iterable<Finding> {
  const { base, pending, repo } = subject;
  if (!base) return;
  // Behind a flag a store may not be there at all.
  const before = kvStores(base.app).filter(({ conditional }) => !conditional);
  const taken = takenBy(subject);
  for (const upgrade of pending) {
    for (const store of upgrade.stores?.added ?? []) {
      const isThere = before.some(other => sameStore(other, store));
      // Several pending upgrades may delete a store and add it again.
      if (!isThere || holds(taken, store)) continue;
      const isKept = wasAdded(base.app, upgrade, store);
      const name = storeId(store) ?? '…';
      yield {
        location: store.location,
        ...(isKept ? { severity: 'warning' as const } : {}),
        message:
          `"${labelOf(upgrade)}" adds the store "${name}", ` +
          `which ${base.ref} already mounts${isKept ? ' and adds' : ''}`,
        consequence:
          'at the upgrade height the node does not start: ' +
          'initial version set to …, but found earlier version',
        fixes: removeEntryFix(repo, store.location, `Do not add "${name}"`, !isKept),
      };
    }
  }
}

/**
 * Whether the baseline has an upgrade that adds the store: it is left over from the last release,
 * or moved to a new name because that one was never applied. The code does not tell.
 */
function wasAdded(before: App, upgrade: Upgrade, store: StoreEntry): boolean {
  return before.upgrades.some(
    old => holds(old.stores?.added, store) || (old.name === null && upgrade.name === null),
  );
}
