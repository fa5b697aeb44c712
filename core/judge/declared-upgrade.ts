import type { App, Chain, StoreName, StoreUpgrades, Upgrade } from '../chain/chain.ts';
import type { DeclaredUpgrade } from '../plan/task.ts';

/** What is wrong with an upgrade that a plan was to bring about; undefined where nothing is. */
export function upgradeFault(
  before: Chain,
  after: Chain,
  declared: DeclaredUpgrade,
): string | undefined {
  const was = before.apps.find(app => app.dir === declared.dir);
  const app = after.apps.find(({ dir }) => dir === declared.dir);
  if (!was || !app) return 'the app would no longer be found';
  return (
    registeredWrongly(app, declared) ??
    storesFault(app, declared) ??
    replacedFault(app, declared) ??
    retiredFault(was, app, declared) ??
    loaderLost(was, app, declared)
  );
}

function registeredAs(app: App, name: string): Upgrade[] {
  return app.upgrades.filter(upgrade => upgrade.registered && upgrade.name === name);
}

/** It has to be registered once, or once under each of the build tags. */
function registeredWrongly(app: App, { name, lists }: DeclaredUpgrade): string | undefined {
  const found = registeredAs(app, name);
  const tags = found.map(({ buildTags }) => buildTags.join());
  const wanted = lists ?? [tags[0]];
  const once = wanted.every(list => tags.filter(tag => tag === list).length === 1);
  if (found.length === wanted.length && once) return undefined;
  const under = lists ? ` (${tags.join(', ')})` : '';
  return `${name} would be registered ${found.length} times${under}`;
}

function storesFault(app: App, declared: DeclaredUpgrade): string | undefined {
  for (const upgrade of registeredAs(app, declared.name)) {
    const fault = storeFault(upgrade, declared);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function storeFault(upgrade: Upgrade, { name, stores }: DeclaredUpgrade): string | undefined {
  const { added, deleted, renamed } = namesOf(upgrade.stores);
  const wanted = {
    added: stores.added.map(store => store.name).join(', '),
    deleted: stores.deleted.map(store => store.name).join(', '),
    renamed: stores.renamed.map(({ from, to }) => `${from.name}=${to.name}`).join(', '),
  };
  if (added !== wanted.added) {
    return `${name} would add the stores "${added}" instead of "${wanted.added}"`;
  }
  if (deleted !== wanted.deleted) {
    return `${name} would delete the stores "${deleted}" instead of "${wanted.deleted}"`;
  }
  if (renamed !== wanted.renamed) return `${name} would rename other stores than asked for`;
  const changesStores = added !== '' || deleted !== '' || renamed !== '';
  return changesStores && !upgrade.loader ? `nothing would load the stores of ${name}` : undefined;
}

function namesOf(stores: StoreUpgrades | undefined): Record<keyof typeof nothing, string> {
  const { added, deleted, renamed } = stores ?? nothing;
  const nameOf = (store: StoreName) => store.name ?? store.const ?? '?';
  return {
    added: added.map(nameOf).join(', '),
    deleted: deleted.map(nameOf).join(', '),
    renamed: renamed.map(({ from, to }) => `${nameOf(from)}=${nameOf(to)}`).join(', '),
  };
}

const nothing: Omit<StoreUpgrades, 'location'> = { added: [], deleted: [], renamed: [] };

/** What is rewritten in place must be gone. */
function replacedFault(app: App, { name, replaces }: DeclaredUpgrade): string | undefined {
  if (replaces === undefined || replaces === name) return undefined;
  const left = app.upgrades.some(upgrade => upgrade.name === replaces);
  return left ? `${replaces} would still be there` : undefined;
}

/** What a retired upgrade must have become: a package that nothing registers, with its stores. */
function retiredFault(was: App, app: App, { retires }: DeclaredUpgrade): string | undefined {
  if (retires === undefined) return undefined;
  const found = app.upgrades.filter(upgrade => upgrade.name === retires);
  if (found.length === 0) return `${retires} would no longer be found`;
  if (found.length > 1 || found[0]!.registered) return `${retires} would still be registered`;
  const stores = namesOf(was.upgrades.find(upgrade => upgrade.name === retires)?.stores);
  const now = found[0]!.stores && namesOf(found[0]!.stores);
  const same = !now || JSON.stringify(now) === JSON.stringify(stores);
  return same ? undefined : `the stores of ${retires} would change`;
}

/**
 * The stores of no other upgrade may lose their loader. A loader made for the new upgrade may serve
 * the old ones of a list too; that they were not loaded before is no loss.
 */
function loaderLost(was: App, app: App, declared: DeclaredUpgrade): string | undefined {
  const lost = was.upgrades.find(
    ({ name, loader }) =>
      loader &&
      name !== declared.replaces &&
      name !== declared.retires &&
      !app.upgrades.some(other => other.name === name && other.loader),
  );
  return lost && `the stores of ${lost.name ?? lost.package} would no longer be loaded`;
}
