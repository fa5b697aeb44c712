import { unreadStores } from '../../chain/app/unread-stores.ts';
import type { App, Chain, Store, StoreName, Unknown } from '../../chain/chain.ts';
import {
  kvStores,
  mayGoOnAs,
  mayHaveMoved,
  sameApp,
  sameStoreId,
  storeId,
} from '../../chain/compare.ts';
import { storesBrought, storesTaken } from '../../chain/store-changes.ts';
import type { StoreChoice, StoreChoices } from '../../edit/store-code.ts';
import { storeConstant } from '../../sdk/registry.ts';
import type { Answers } from '../question.ts';
import { answerItems } from '../question.ts';
import { replacedUpgrade } from './replaced.ts';

/** A store whose name is known. */
type NamedStore = Store & { readonly name: string };

/** The difference of an app's stores from those of the last release. */
export interface DerivedStores {
  readonly added: readonly Store[];
  readonly deleted: readonly Store[];
  /** Stores whose constant has another value than at the last release. */
  readonly renamed: readonly { readonly from: NamedStore; readonly to: NamedStore }[];
  /** Stores that may be new. */
  readonly unsure: readonly Store[];
  /** Stores that may be another pending upgrade's, for its stores are not read there. */
  readonly unread: readonly { readonly store: Store; readonly upgrades: Unknown }[];
}

/** An app, and the last release that it is compared with. */
export interface ComparedApp {
  readonly app: App;
  readonly base?: Chain | undefined;
  /** Why the release may not be what the network runs; absent where nothing says so. */
  readonly baseDoubt?: string | undefined;
}

const nothing: DerivedStores = { added: [], deleted: [], renamed: [], unsure: [], unread: [] };

/**
 * The difference between what the app mounts now and what it mounted at the last release. What the
 * answers rename is left out, and what another pending upgrade brings, or may bring.
 */
export function derivedStores(
  { app, base, baseDoubt }: ComparedApp,
  answers: Answers = {},
): DerivedStores {
  const before = sameApp(base, app);
  // A store that is only assumed, or not known at all, could be any of the others: then nothing is
  // sure to be new.
  const isUnknown = (one: App) => kvStores(one).some(store => storeId(store) === undefined);
  if (!before || isUnknown(before) || isUnknown(app)) return nothing;
  // What is still to come brings its own stores, unless the new upgrade takes its place.
  const replaced = replacedUpgrade(app, answers);
  const planned = app.upgrades.filter(
    u => u !== replaced && !before.upgrades.some(o => o.name === u.name),
  );
  const brought = planned.flatMap(({ stores }) => storesBrought(stores));
  const taken = planned.flatMap(({ stores }) => storesTaken(stores));
  // What was only there behind a flag or a build tag may not be there on the network.
  const surely = before.stores.filter(({ conditional }) => !conditional);
  const fresh = kvStores(app).filter(
    store =>
      !hasStore(store.conditional ? before.stores : surely, store) && !hasStore(brought, store),
  );
  const removed = kvStores(before).filter(
    store => !hasStore(app.stores, store) && !hasStore(taken, store),
  );
  const [unread] = planned.length > 0 ? unreadStores(app, planned) : [];
  if (unread) {
    const stores = sortedOnce([...fresh, ...removed]);
    return { ...nothing, unread: stores.map(store => ({ store, upgrades: unread })) };
  }
  const asked = new Set(renamedPairs(app, base, answers).flatMap(pair => pair.split('=')));
  const isAsked = ({ name, const: constant }: Store) =>
    (name !== null && asked.has(name)) || (constant !== undefined && asked.has(constant));
  const isOpen = answers['renamed'] === undefined && baseDoubt === undefined;
  const renamed = isOpen ? renames(fresh, removed, answers, isAsked) : [];
  const isRenamed = (store: Store) =>
    isAsked(store) || renamed.some(({ from, to }) => from === store || to === store);
  // What is not read may be any store, and behind a flag or a build tag none may be there at all.
  const isUnsure = (store: Store) =>
    baseDoubt !== undefined ||
    store.conditional === true ||
    before.storesUnread.length > 0 ||
    hasStore(before.stores, store) ||
    removed.some(old => !isRenamed(old) && mayGoOnAs(old, store));
  const mayStay = (store: Store) =>
    baseDoubt !== undefined ||
    store.conditional === true ||
    app.storesUnread.length > 0 ||
    fresh.some(other => mayGoOnAs(store, other) || mayHaveMoved(store, other));
  return {
    added: sortedOnce(fresh.filter(store => !isRenamed(store) && !isUnsure(store))),
    deleted: sortedOnce(removed.filter(store => !isRenamed(store) && !mayStay(store))),
    renamed,
    unsure: sortedOnce(fresh.filter(isUnsure)),
    unread: [],
  };
}

/**
 * The renames that are asked for, as `OLD=NEW`; where none are, those of an upgrade that is still
 * to come and whose place the new one takes.
 */
function renamedPairs(app: App, base: Chain | undefined, answers: Answers): readonly string[] {
  const asked = answerItems(answers['renamed']);
  if (asked) return asked;
  const before = sameApp(base, app);
  const replaced = replacedUpgrade(app, answers);
  const isToCome = before && !before.upgrades.some(other => other.name === replaced?.name);
  const renamed = (isToCome && replaced?.stores?.renamed) || [];
  return renamed.flatMap(({ from, to }) =>
    from.name !== null && storeId(to) !== undefined ? [`${from.name}=${storeId(to)!}`] : [],
  );
}

/** The renames that are asked for; where none are, those that the constants tell besides. */
export function offeredRenames(compared: ComparedApp, answers: Answers): readonly string[] {
  const { app, base } = compared;
  const { renamed } = derivedStores(compared, answers);
  const told = renamed.map(({ from, to }) => `${from.name}=${to.name}`);
  return [...renamedPairs(app, base, answers), ...told];
}

/** Stores of one constant that had another value: what they keep is in the store of the old name. */
function renames(
  fresh: readonly Store[],
  removed: readonly Store[],
  answers: Answers,
  isAsked: (store: Store) => boolean,
): { from: NamedStore; to: NamedStore }[] {
  const chosen = new Set(['added', 'deleted'].flatMap(id => answerItems(answers[id]) ?? []));
  const isOpen = (store: Store): store is NamedStore =>
    store.name !== null &&
    !isAsked(store) &&
    !chosen.has(store.name) &&
    !chosen.has(store.const ?? '');
  const candidates = removed.filter(isOpen);
  return fresh.filter(isOpen).flatMap(to => {
    const from = candidates.find(old => old.const !== undefined && old.const === to.const);
    return from ? [{ from, to }] : [];
  });
}

function hasStore(stores: readonly StoreName[] | undefined, store: Store): boolean {
  const id = storeId(store);
  if (id === undefined || !stores) return false;
  return stores.some(other => sameStoreId(storeId(other), id) || sameStoreId(other.const, id));
}

/**
 * Each store once, in the order in which the front ends list them, so that taking what is offered
 * and asking nothing give the same bytes.
 */
function sortedOnce(stores: readonly Store[]): Store[] {
  const byId = new Map<string, Store>();
  for (const store of stores) {
    const id = storeId(store)!;
    if (!byId.has(id)) byId.set(id, store);
  }
  return [...byId].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, store]) => store);
}

interface Wrong {
  readonly error: string;
}

/** Reads the store answers. An error is one line that says what to do. */
export function readStoreAnswers(compared: ComparedApp, answers: Answers): StoreChoices | Wrong {
  const { app, base } = compared;
  const derived = derivedStores(compared, answers);
  const keys = (id: string) => answerItems(answers[id]);
  const added = allOf(keys('added') ?? derived.added.map(store => storeId(store)!), key =>
    mounted(app, key),
  );
  if ('error' in added) return added;
  const deleted = allOf(keys('deleted') ?? derived.deleted.flatMap(s => s.name ?? []), key =>
    gone(app, base, key),
  );
  if ('error' in deleted) return deleted;
  const pairs = offeredRenames(compared, answers);
  const renamed = allOf(pairs, pair => rename(app, base, pair));
  if ('error' in renamed) return renamed;
  const names = [...added, ...deleted, ...renamed.flatMap(r => [r.from, r.to])].map(s => s.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    return {
      error: `the store ${twice} is given twice; name it once, as added, deleted or renamed`,
    };
  return { added, deleted, renamed };
}

/** What every key stands for; the first error of any. */
function allOf<T extends object>(keys: readonly string[], read: (key: string) => T | Wrong) {
  const found: T[] = [];
  for (const key of keys) {
    const choice = read(key);
    if ('error' in choice) return choice;
    found.push(choice);
  }
  return found;
}

function rename(
  app: App,
  base: Chain | undefined,
  pair: string,
): { readonly from: StoreChoice; readonly to: StoreChoice } | Wrong {
  const [old, now, ...rest] = pair.split('=');
  if (!old || !now || rest.length > 0) return { error: notRename(pair) };
  const to = mounted(app, now);
  if ('error' in to) return to;
  const from = gone(app, base, old);
  return 'error' in from ? from : { from, to };
}

/** The error for an answer that is not a rename. */
export function notRename(pair: string): string {
  return `"${pair}" is not a rename; write OLD=NEW`;
}

/**
 * A store that the app mounts now; adding one that it does not mount would be ignored silently
 * (docs/background/sdk.md#store-loading).
 */
function mounted(app: App, key: string): StoreChoice | Wrong {
  const found = app.stores.find(s => s.name === key || s.const === key) ?? viaConstant(app, key);
  if (found && found.kind !== 'kv')
    return { error: `${key} is a ${found.kind} store; only KV stores belong in StoreUpgrades` };
  const id = found && storeId(found);
  if (id !== undefined) return { name: id, ...(found!.const ? { const: found!.const } : {}) };
  const known = app.stores.filter(s => s.kind === 'kv').flatMap(s => s.name ?? []);
  return {
    error:
      `${app.dir || 'the app'} mounts no store ${key}${suggestion(key, known)}; ` +
      'mount it first, or the upgrade would ignore it',
  };
}

/** ` (did you mean …?)`, where a known name is near. */
export function suggestion(name: string, known: readonly string[]): string {
  const near = closest(name, known);
  return near === undefined ? '' : ` (did you mean ${near}?)`;
}

function viaConstant(app: App, key: string): Store | undefined {
  const value = key.includes('/') ? storeConstant(key)?.value : undefined;
  return value === undefined ? undefined : app.stores.find(s => s.name === value);
}

/** A store that was mounted, by its name or by the constant that holds it. */
function gone(app: App, base: Chain | undefined, key: string): StoreChoice | Wrong {
  const isConstant = key.includes('/');
  const name = isConstant ? (storeConstant(key)?.value ?? undefined) : key;
  if (name === undefined)
    return { error: `the value of ${key} is not known; give the store's name instead` };
  const before = sameApp(base, app);
  const known = [...(before?.stores ?? []), ...app.stores]
    .filter(s => s.kind === 'kv')
    .flatMap(s => s.name ?? []);
  const isComplete = before && !before.stores.some(s => s.name === null);
  if (isComplete && !known.includes(name))
    return {
      error: `the last release mounts no store ${name}${suggestion(name, known)}; check its name`,
    };
  if (!/^[^\s/"'`\\]+$/.test(name)) return { error: `"${name}" is no store name` };
  return { name, ...(isConstant ? { const: key } : {}) };
}

/** The known name nearest to a misspelt one, at most two letters away. */
export function closest(name: string, known: readonly string[]): string | undefined {
  const tooFar = 3;
  let best: string | undefined;
  let least = tooFar;
  for (const candidate of known) {
    const apart = distance(name, candidate, least);
    if (apart >= least) continue;
    best = candidate;
    least = apart;
  }
  return best;
}

/** The letters to add, drop or replace to make one name of another; at most `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, replaced));
    }
    row = next;
  }
  return row[b.length]!;
}
