import { storeConstant } from '../sdk/registry.ts';
import type { App, Chain, Module, Store, StoreName } from './chain.ts';

/** What a store is known by: its name, or the constant of another repository that holds it. */
export function storeId(store: StoreName): string | undefined {
  return store.name ?? store.const;
}

/**
 * Whether two ids of stores are one: names are compared as they are, constants without the major
 * version of their module.
 */
export function sameStoreId(a: string | undefined, b: string): boolean {
  return a !== undefined && (a.includes('/') ? plain(a) : a) === (b.includes('/') ? plain(b) : b);
}

/**
 * Whether two stores are one: names are compared as they are, constants without the major version
 * of their module.
 */
export function sameStore(a: StoreName, b: StoreName): boolean {
  if (a.name !== null && b.name !== null) return a.name === b.name;
  return a.const !== undefined && b.const !== undefined && plain(a.const) === plain(b.const);
}

/**
 * Whether two stores are one, or could be, as far as their names are known: a constant whose value
 * is not here holds, by every module's habit, the name of the module it belongs to, which may have
 * moved to another repository.
 */
export function mayBeSame(a: StoreName, b: StoreName): boolean {
  if (sameStore(a, b)) return true;
  if (a.name !== null && b.name !== null) return false;
  const bothAreConstants = a.const !== undefined && b.const !== undefined;
  if (bothAreConstants && modulesOf(a.const).some(m => modulesOf(b.const!).includes(m)))
    return true;
  const [known, other] = a.name !== null ? [a.name, b.const] : [b.name, a.const];
  if (known === null) return !bothAreConstants;
  const named = loose(known);
  return other === undefined || modulesOf(other).some(m => m.includes(named) || named.includes(m));
}

/**
 * Whether a store that is gone may be a new one: by what is known of their names, or as one of a
 * module of the chain's own that its owner moved to another repository.
 */
export function mayGoOnAs(gone: StoreName, fresh: StoreName): boolean {
  if (mayBeSame(gone, fresh)) return true;
  const [from, to] = [gone.const, fresh.const];
  if (from === undefined || to === undefined) return false;
  return mayHaveMoved(gone, fresh) && ownerOf(from) === ownerOf(to);
}

/**
 * Whether a store that is gone may be one of another constant, whose value is not here: a module of
 * the chain's own keeps its store when it moves to a repository of its own, whatever that is called.
 * The modules of the SDK and of IBC stay where they are.
 */
export function mayHaveMoved(gone: StoreName, fresh: StoreName): boolean {
  if (gone.name === null || gone.const === undefined) return false;
  return (
    fresh.name === null && fresh.const !== undefined && storeConstant(gone.const) === undefined
  );
}

const hostsOfOwners = new Set(['github.com', 'gitlab.com', 'bitbucket.org', 'codeberg.org']);

/** Whose a constant's repository is: `github.com/cosmos`; the host alone where that is an owner's own. */
function ownerOf(constant: string): string {
  const [host = '', owner = ''] = constant.toLowerCase().split('/');
  return hostsOfOwners.has(host) ? `${host}/${owner}` : host;
}

/**
 * The path elements of a constant that may name its module: `tokenfactory` of
 * `…/x/tokenfactory/types.StoreKey`.
 */
function modulesOf(constant: string): string[] {
  const path = plain(constant)
    .replace(/\.\w+$/, '')
    .split('/')
    .slice(2);
  return path
    .filter(element => !/^(x|modules|apps|types|keeper|exported|app|core)$/.test(element))
    .slice(-2)
    .map(loose);
}

function loose(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** A new release of a module keeps its store. */
function plain(constant: string): string {
  return constant.replace(/\/v\d+(?=[/.])/g, '');
}

/**
 * The same app in another reading of the repository: in the same folder, or the only one there is.
 */
export function sameApp(other: Chain | undefined, app: App): App | undefined {
  return (
    other?.apps.find(a => a.dir === app.dir) ??
    (other?.apps.length === 1 ? other.apps[0] : undefined)
  );
}

/**
 * The same module in another reading of the repository: by name, in the same folder where there are
 * several.
 */
export function sameModule(modules: readonly Module[], module: Module): Module | undefined {
  const named = modules.filter(m => m.name === module.name);
  return named.find(m => m.dir === module.dir) ?? (named.length === 1 ? named[0] : undefined);
}

/**
 * The version from which a module was raised since the baseline; undefined where it was not, or
 * that cannot be told.
 */
export function raisedFrom(base: Chain | undefined, module: Module): number | undefined {
  const before = base && sameModule(base.modules, module)?.consensusVersion;
  return before != null && module.consensusVersion !== null && before < module.consensusVersion
    ? before
    : undefined;
}

/** Whether every persistent store that an app mounts is read, with its name or its constant. */
export function storesAreRead({ stores, storesUnread }: App): boolean {
  const persistent = stores.filter(({ kind }) => kind === 'kv');
  return (
    storesUnread.length === 0 &&
    persistent.length > 0 &&
    persistent.every(store => storeId(store) !== undefined)
  );
}

/** The persistent stores an app mounts for sure. */
export function kvStores(app: App): Store[] {
  return app.stores.filter(s => s.kind === 'kv' && !s.assumed);
}
