import type { App, Store, StoreEntry } from '../../chain/chain.ts';
import { kvStores, mayBeSame, sameStore, storeId } from '../../chain/compare.ts';
import { broughtBy, holds } from '../pending-stores.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { removeEntryFix, replaceEntryFix } from '../store-fixes.ts';

/**
 * An added store that the app does not mount: the SDK passes over it silently, and the store that
 * was meant is missing (incidents.md R3).
 */
export const addedNotAStoreKey: Rule = {
  name: 'added-not-a-store-key',
  severity: 'error',
  summary: 'a pending upgrade adds a store under a name that is not mounted',
  *check({ apps, chain }) {
    // A mounted store whose name is not known could be any of them.
    if (chain.unknown.some(u => /store's name|stores? /.test(u.why) && /mounted/.test(u.why)))
      return;
    for (const subject of apps) {
      for (const upgrade of subject.pending) {
        for (const entry of [
          ...(upgrade.stores?.added ?? []),
          ...(upgrade.stores?.renamed ?? []).map(r => r.to),
        ]) {
          const finding = inEntry(subject, entry, upgrade.name ?? upgrade.package);
          if (finding) yield finding;
        }
      }
    }
  },
};

function inEntry(subject: AppContext, entry: StoreEntry, upgrade: string): Finding | undefined {
  const { app, base } = subject;
  if (entry.name === null || entry.name === '') return undefined;
  const mounted = app.stores.find(s => sameStore(s, entry));
  if (mounted && mounted.kind !== 'kv') {
    return {
      location: entry.location,
      severity: 'info',
      message: `the store "${entry.name}" is a ${mounted.kind} store, which needs no entry here: the SDK only adds persistent stores`,
    };
  }
  if (
    mounted ||
    app.stores.length === 0 ||
    app.stores.some(s => s.name === null && mayBeSame(s, entry))
  )
    return undefined;
  const meant = twins(app, entry).filter(
    s => !holds(broughtBy(subject), s) && !(base && holds(kvStores(base.app), s)),
  );
  if (meant.length > 0) {
    const names = meant.map(s => `"${storeId(s)}"`).join(' and ');
    return {
      location: entry.location,
      message: `"${upgrade}" adds "${entry.name}", but the module's store is ${names}; at the upgrade height the node does not start: version of store ${storeId(meant[0]!)} mismatch root store's version`,
      related: meant.map(s => ({ location: s.location, message: 'mounted here' })),
      fixes: meant.length === 1 ? replaceEntryFix(subject, entry.location, meant[0]!) : [],
    };
  }
  return {
    location: entry.location,
    severity: 'warning',
    message: `"${upgrade}" adds the store "${entry.name}", which the app does not mount; the SDK passes over it silently`,
    fixes: removeEntryFix(subject.repo, entry.location, `Take "${entry.name}" out`),
  };
}

/** The mounted stores of the module whose constant the entry is written with. */
function twins(app: App, entry: StoreEntry): Store[] {
  const own = packageOf(entry.const);
  // The controller and host modules of interchain accounts lie below the package of the name they
  // share (incidents.md 32).
  const family = own?.replace(/\/types$/, '');
  return kvStores(app).filter(s => {
    const other = packageOf(s.const);
    return (
      own !== undefined &&
      other !== undefined &&
      (other === own ||
        (family!.endsWith('/27-interchain-accounts') && other.startsWith(family + '/')))
    );
  });
}

function packageOf(constant: string | undefined): string | undefined {
  return constant?.replace(/\.\w+$/, '').replace(/\/v\d+(?=\/|$)/g, '');
}
