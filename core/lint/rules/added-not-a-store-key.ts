import type { App, Store, StoreEntry, Upgrade } from '../../chain/chain.ts';
import { kvStores, mayBeSame, sameStore, storeId } from '../../chain/compare.ts';
import { storesBrought } from '../../chain/store-changes.ts';
import { storeVersionMismatch } from '../node-words.ts';
import { broughtBy, holds } from '../pending-stores.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { removeEntryFix, replaceEntryFix } from '../store-fixes.ts';
import { mountsNotCompared } from '../unread.ts';
import { labelOf, mismatchOf } from '../wording.ts';

/**
 * An added store that the app does not mount: the SDK silently ignores it, and the store that was
 * meant is missing (docs/background/incidents.md#added-not-a-store-key).
 */
export const addedNotAStoreKey: Rule = {
  name: 'added-not-a-store-key',
  severity: 'error',
  summary: 'a pending upgrade adds a store under a name that is not mounted',
  nodeSays: [
    { words: storeVersionMismatch, rank: 2 },
    {
      words: { pattern: /store (\S+) should be there and the node does not serve it/ },
      repair: 'mount store $1, or take it out of Added',
    },
  ],
  notJudged: mountsNotCompared,
  *check({ apps }) {
    for (const subject of apps) {
      // A mounted store whose name is not known could be any of them.
      if (subject.app.storesUnread.length > 0) continue;
      for (const upgrade of subject.pending) {
        for (const entry of storesBrought(upgrade.stores)) {
          const finding = inEntry(subject, entry, upgrade);
          if (finding) yield finding;
        }
      }
    }
  },
};

function inEntry(subject: AppContext, entry: StoreEntry, upgrade: Upgrade): Finding | undefined {
  const { app } = subject;
  const { name, location } = entry;
  if (name === null || name === '') return undefined;
  const mounted = app.stores.find(store => sameStore(store, entry));
  if (mounted && mounted.kind !== 'kv') {
    return {
      location,
      severity: 'info',
      message: `the store "${name}" is a ${mounted.kind} store, which needs no entry here`,
      consequence: 'the SDK only adds persistent stores',
    };
  }
  if (mounted || mayBeMounted(app, entry)) return undefined;
  const meant = meantBy(subject, entry);
  if (meant.length === 0) return notMounted(subject, name, location, upgrade);
  const first = storeId(meant[0]!);
  const names = meant.map(store => `"${storeId(store) ?? '…'}"`).join(' and ');
  return {
    location,
    message: `"${labelOf(upgrade)}" adds "${name}", but the module's store is ${names}`,
    consequence: `at the upgrade height the node does not start: ${mismatchOf(first)}`,
    related: meant.map(store => ({ location: store.location, message: 'mounted here' })),
    fixes: meant.length === 1 ? replaceEntryFix(subject, location, meant[0]!) : [],
  };
}

function mayBeMounted({ stores }: App, entry: StoreEntry): boolean {
  return stores.length === 0 || stores.some(store => mayBeSame(store, entry));
}

function notMounted(
  { repo }: AppContext,
  name: string,
  location: StoreEntry['location'],
  upgrade: Upgrade,
): Finding {
  return {
    location,
    severity: 'warning',
    message: `"${labelOf(upgrade)}" adds the store "${name}", which the app does not mount`,
    consequence: 'the SDK silently ignores it',
    fixes: removeEntryFix(repo, location, `Take "${name}" out`),
  };
}

/** The new stores of the entry's module that nothing adds: the entry was meant for one of them. */
function meantBy(subject: AppContext, entry: StoreEntry): Store[] {
  const { app, base } = subject;
  const brought = broughtBy(subject);
  const before = base ? kvStores(base.app) : [];
  return storesOfSameModule(app, entry).filter(
    store => !holds(brought, store) && !holds(before, store),
  );
}

/** The mounted stores of the module whose constant the entry is written with. */
function storesOfSameModule(app: App, entry: StoreEntry): Store[] {
  const own = packageOf(entry.const);
  if (own === undefined) return [];
  return kvStores(app).filter(store => {
    const other = packageOf(store.const);
    return other !== undefined && (other === own || isInterchainAccounts(own, other));
  });
}

/**
 * The controller and host modules of interchain accounts are below the package of the name that
 * they share (docs/background/incidents.md#interchain-accounts).
 */
function isInterchainAccounts(own: string, other: string): boolean {
  const family = own.replace(/\/types$/, '');
  return family.endsWith('/27-interchain-accounts') && other.startsWith(`${family}/`);
}

function packageOf(constant: string | undefined): string | undefined {
  return constant?.replace(/\.\w+$/, '').replace(/\/v\d+(?=\/|$)/g, '');
}
