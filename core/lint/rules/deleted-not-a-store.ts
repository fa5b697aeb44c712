import type { App, StoreEntry, Unknown } from '../../chain/chain.ts';
import { mayBeSame, sameStore, storeId, storesAreRead } from '../../chain/compare.ts';
import { storesTaken } from '../../chain/store-changes.ts';
import { broughtBy, holds } from '../pending-stores.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { removeEntryFix } from '../store-fixes.ts';
import { storesNotCompared, unjudgedFor } from '../unread.ts';
import { labelOf } from '../wording.ts';

/** A pending upgrade deletes or renames a store that the network does not have. */
export const deletedNotAStore: Rule = {
  name: 'deleted-not-a-store',
  severity: 'warning',
  summary: 'a pending upgrade deletes or renames a store that the last release does not mount',
  notJudged: subject => [...storesNotCompared(subject), ...releasedUnread(subject)],
  *check({ apps }) {
    for (const subject of apps) yield* inApp(subject);
  },
};

function* inApp(subject: AppContext): Iterable<Finding> {
  const { base, pending, repo, app } = subject;
  if (!base || base.far || !storesAreRead(base.app)) return;
  const brought = broughtBy(subject);
  for (const upgrade of pending) {
    const { deleted = [], renamed = [] } = upgrade.stores ?? {};
    for (const store of deleted) {
      const name = missingStore(base.app, store);
      // Several pending upgrades may add a store and delete it again.
      if (name === undefined || holds(brought, store)) continue;
      yield {
        location: store.location,
        message:
          `"${labelOf(upgrade)}" deletes the store "${name}", ` +
          `which ${base.ref} does not mount`,
        consequence: consequenceOf(base.app, app, 'nothing is deleted'),
        fixes: removeEntryFix(repo, store.location, `Do not delete "${name}"`),
      };
    }
    for (const { from, to } of renamed) {
      const name = missingStore(base.app, from);
      if (name === undefined || holds(brought, from)) continue;
      yield {
        location: from.location,
        message:
          `"${labelOf(upgrade)}" renames the store "${name}" to "${storeId(to) ?? '…'}", ` +
          `which ${base.ref} does not mount`,
        consequence: consequenceOf(base.app, app, 'the new store begins without data'),
      };
    }
  }
}

/** Where it is not known which stores the release mounts, and an upgrade deletes or renames some. */
function releasedUnread({ base, pending }: AppContext): readonly Unknown[] {
  const isAsked = pending.some(({ stores }) => storesTaken(stores).length > 0);
  return base && isAsked ? unjudgedFor('stores', base.app.storesUnread) : [];
}

/** The name of a store that the release does not have, for all that can be known. */
function missingStore(before: App, store: StoreEntry): string | undefined {
  const name = storeId(store);
  // A store by its constant alone has a value that is not here.
  if (name === undefined || store.name === null) return undefined;
  const known = before.stores.filter(({ kind }) => kind === 'kv');
  return known.some(other => mayBeSame(other, store)) ? undefined : name;
}

/** What happens, and which stores were meant perhaps: those that are mounted no longer. */
function consequenceOf(before: App, now: App, what: string): string {
  const gone = before.stores
    .filter(({ kind }) => kind === 'kv')
    .filter(store => !now.stores.some(other => sameStore(other, store)))
    .flatMap(({ name }) => (name === null ? [] : [`"${name}"`]));
  return gone.length > 0 ? `${what}; no longer mounted: ${gone.join(', ')}` : what;
}
