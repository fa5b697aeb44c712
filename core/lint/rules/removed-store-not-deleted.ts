import type { Store } from '../../chain/chain.ts';
import { kvStores, mayBeSame, mayGoOnAs, sameStore, storeId } from '../../chain/compare.ts';
import { takenBy } from '../pending-stores.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { mountsNewlyUnread, mountsNotCompared, storesAreKnown } from '../unread.ts';
import { namesOf } from '../wording.ts';

/**
 * A store of the baseline is no longer mounted, and no pending upgrade deletes it: its data stays
 * on disk. Never harms by itself (docs/background/incidents.md#deleted-and-re-added-stores).
 */
export const removedStoreNotDeleted: Rule = {
  name: 'removed-store-not-deleted',
  severity: 'info',
  summary: 'a store is no longer mounted and no pending upgrade deletes it',
  notJudged: mountsNotCompared,
  *check({ apps }) {
    for (const subject of apps) yield* inApp(subject);
  },
};

function* inApp(subject: AppContext): Iterable<Finding> {
  const { app, base, pending } = subject;
  const upgrade = pending.at(-1);
  const now = app.stores.filter(({ kind }) => kind === 'kv');
  const isUnclear = now.length === 0 || now.some(store => storeId(store) === undefined);
  if (!base || !upgrade || isUnclear || !storesAreKnown(subject)) return;
  if (mountsNewlyUnread(app, base.app).length > 0) return;
  const taken = takenBy(subject);
  const fresh = now.filter(store => !base.app.stores.some(old => sameStore(old, store)));
  for (const store of kvStores(base.app)) {
    const name = storeId(store);
    const isTaken = taken.some(other => mayBeSame(other, store));
    if (name === undefined || isTaken || isStillThere(fresh, now, store)) continue;
    const verb = pending.length === 1 ? 'does' : 'do';
    yield {
      location: upgrade.stores?.location ?? upgrade.location,
      message:
        `the store "${name}" was mounted in ${base.ref} and no longer is, ` +
        `and ${namesOf(pending)} ${verb} not delete it`,
      consequence: "its data stays on every node's disk",
    };
  }
}

/**
 * A store that is known by its constant only may be there still, its module moved; and so may one
 * by its name, under a constant that was not there before.
 */
function isStillThere(fresh: readonly Store[], now: readonly Store[], store: Store): boolean {
  const candidates = store.name === null ? now : fresh;
  return (
    now.some(other => sameStore(other, store)) ||
    candidates.some(other => mayBeSame(other, store)) ||
    fresh.some(other => mayGoOnAs(store, other))
  );
}
