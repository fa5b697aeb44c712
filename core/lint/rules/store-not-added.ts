import type { Store, Unknown, Upgrade } from '../../chain/chain.ts';
import { kvStores, mayBeSame, mayGoOnAs, sameStore, storeId } from '../../chain/compare.ts';
import { storeVersionMismatch } from '../node-words.ts';
import { broughtBy, holds, takenBy } from '../pending-stores.ts';
import type { AppBase, AppContext, Finding, Rule, SuggestedFix } from '../rule.ts';
import { addStoreFix, renameStoreFix } from '../store-fixes.ts';
import { mountsNewlyUnread, storesAreKnown, storesNotCompared, unjudgedFor } from '../unread.ts';
import { missingStoreFailure, namesOf } from '../wording.ts';

/**
 * A store that is mounted now, was not mounted at the baseline, and that no pending upgrade adds
 * (docs/background/incidents.md#store-not-added).
 */
export const storeNotAdded: Rule = {
  name: 'store-not-added',
  severity: 'error',
  summary: 'a store is mounted that no pending upgrade adds',
  nodeSays: [
    {
      words: storeVersionMismatch,
      rank: 3,
      repair: 'add store $1 in the StoreUpgrades of this plan, or rename the old one to it',
    },
  ],
  notJudged: subject => [...storesNotCompared(subject), ...maybeMoved(subject)],
  *check({ apps }) {
    for (const app of apps) yield* inApp(app);
  },
};

function* inApp(subject: AppContext): Iterable<Finding> {
  const { app, base } = subject;
  if (!base || !storesAreKnown(subject)) return;
  // A store whose name is not known could be any of the new ones.
  if (kvStores(base.app).length === 0 || mountsNewlyUnread(base.app, app).length > 0) return;
  const before = base.app.stores.filter(({ kind }) => kind === 'kv');
  if (before.some(store => storeId(store) === undefined)) return;
  for (const store of kvStores(app)) {
    const name = storeId(store);
    if (name === undefined || isAccountedFor(subject, base, store)) continue;
    const renamedFrom = oldName(subject, base, store);
    yield subject.pending.length === 0
      ? withoutUpgrade(subject, base, store, name, renamedFrom)
      : missing(subject, base, store, name, renamedFrom);
  }
}

/** Whether a store was mounted before, or is brought by a pending upgrade, or may be either. */
function isAccountedFor(subject: AppContext, base: AppBase, store: Store): boolean {
  const { app } = subject;
  const brought = broughtBy(subject);
  if (base.app.stores.some(old => sameStore(old, store)) || holds(brought, store)) return true;
  // A store that is known by its constant only may have been there under another one, or be added
  // under another one.
  return (
    gone(subject, base).some(old => mayGoOnAs(old, store)) ||
    brought.some(
      other =>
        mayBeSame(other, store) &&
        !app.stores.some(mounted => mounted !== store && sameStore(mounted, other)),
    )
  );
}

/** The stores of the last release that are mounted no more. */
function gone({ app }: AppContext, base: AppBase): Store[] {
  const now = kvStores(app);
  return kvStores(base.app).filter(old => !now.some(other => sameStore(other, old)));
}

/**
 * What is not judged because a store, whose name is not known, may be one that is gone; not what the
 * pending upgrades say themselves.
 */
function maybeMoved(subject: AppContext): readonly Unknown[] {
  const { app, base } = subject;
  if (!base) return [];
  const [brought, taken] = [broughtBy(subject), takenBy(subject)];
  const lost = gone(subject, base).filter(old => !holds(taken, old));
  const moved = kvStores(app).flatMap(store => {
    const isOld = base.app.stores.some(before => sameStore(before, store));
    if (isOld || holds(brought, store)) return [];
    const old = lost.find(before => mayGoOnAs(before, store));
    if (!old) return [];
    const [name, was] = [storeId(store) ?? '…', storeId(old) ?? '…'];
    const unknown = store.name === null ? name : was;
    const why = `the name of ${unknown} is not known, and ${name} may be ${was} of ${base.ref}`;
    return [{ location: store.location, why }];
  });
  return unjudgedFor('stores', moved);
}

/**
 * The name that the store's constant had at the baseline, where it has another value now: the
 * module is the same, and what it keeps is in the store of the old name.
 */
function oldName(subject: AppContext, base: AppBase, store: Store): string | undefined {
  if (store.const === undefined) return undefined;
  const now = kvStores(subject.app);
  const taken = takenBy(subject);
  const old = kvStores(base.app).find(
    other =>
      other.const === store.const &&
      other.name !== null &&
      !now.some(mounted => sameStore(mounted, other)) &&
      !holds(taken, other),
  );
  return old?.name ?? undefined;
}

/** A new store, and no new upgrade yet. */
function withoutUpgrade(
  { app }: AppContext,
  base: AppBase,
  store: Store,
  name: string,
  renamedFrom: string | undefined,
): Finding {
  return {
    location: store.location,
    severity: 'warning',
    message: `${isNew(name, base, renamedFrom)}, and there is no new upgrade yet that adds it`,
    consequence: `without one ${missingStoreFailure(app.sdk.generation, store)}`,
    wantsUpgrade: true,
  };
}

/** A new store that the pending upgrades do not add. */
function missing(
  subject: AppContext,
  base: AppBase,
  store: Store,
  name: string,
  renamedFrom: string | undefined,
): Finding {
  const { app, pending } = subject;
  const verb = pending.length === 1 ? 'does' : 'do';
  const action = renamedFrom === undefined ? 'add' : 'rename or add';
  return {
    location: store.location,
    ...(mayBeBroughtBetween(subject, base, store) ? { severity: 'info' as const } : {}),
    message:
      `${isNew(name, base, renamedFrom)}, ` + `and ${namesOf(pending)} ${verb} not ${action} it`,
    consequence: `at the upgrade height ${missingStoreFailure(app.sdk.generation, store)}`,
    related: pending.map(upgrade => ({
      location: upgrade.stores?.location ?? upgrade.location,
      message: 'a pending upgrade',
    })),
    // The newest one first: it is the one that is being written.
    fixes: [...pending].reverse().flatMap(upgrade => fixesIn(subject, upgrade, store, renamedFrom)),
  };
}

/** Whether the store is surely new, and there is one upgrade only that could bring it. */
function isSure(subject: AppContext, store: Store, renamed: boolean): boolean {
  const { base, pending } = subject;
  return (
    base !== undefined &&
    pending.length === 1 &&
    !renamed &&
    !mayBeBroughtBetween(subject, base, store)
  );
}

function fixesIn(
  subject: AppContext,
  upgrade: Upgrade,
  store: Store,
  renamedFrom: string | undefined,
): SuggestedFix[] {
  const rename =
    renamedFrom === undefined ? [] : renameStoreFix(subject, upgrade, renamedFrom, store);
  const sure = isSure(subject, store, renamedFrom !== undefined);
  return [...rename, ...addStoreFix(subject, upgrade, store, sure)];
}

/**
 * Where names are computed, or only one upgrade is kept, one in between may have brought the store;
 * behind a flag it may not be there at all.
 */
function mayBeBroughtBetween(subject: AppContext, base: AppBase, store: Store): boolean {
  const { app, pending } = subject;
  const areComputed = pending.every(({ name }) => name === null);
  const registered = app.upgrades.filter(upgrade => upgrade.registered);
  return (
    (areComputed && broughtBy(subject).length > 0) ||
    (base.far && registered.length === 1) ||
    store.conditional === true
  );
}

function isNew(name: string, base: AppBase, renamedFrom: string | undefined): string {
  const was = renamedFrom === undefined ? '' : `, where its constant was "${renamedFrom}"`;
  return `the store "${name}" is mounted but was not in ${base.ref}${was}`;
}
