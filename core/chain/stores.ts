import { argumentItems, stringsOf } from '../go/lists.ts';
import type { Repo } from '../go/repo.ts';
import { args, calleeName } from '../go/syntax.ts';
import { bind } from '../go/value.ts';
import type { Expr, Value } from '../go/value.ts';
import { valueIn } from '../sdk/registry.ts';
import { appFolders, callersOf, callsIn } from './app-code.ts';
import type { AppCall } from './app-code.ts';
import { readAppConfigs } from './app-configs.ts';
import type { Generation, Store, StoreKind, StoreName, Unknown } from './chain.ts';
import { configuredStores } from './depinject.ts';
import { placeOf } from './place.ts';
import { readSdk } from './sdk.ts';
import { storeName } from './upgrades.ts';

const constructors: Readonly<Record<string, StoreKind>> = {
  NewKVStoreKeys: 'kv', NewKVStoreKey: 'kv', NewTransientStoreKeys: 'transient', NewTransientStoreKey: 'transient',
  NewMemoryStoreKeys: 'memory', NewMemoryStoreKey: 'memory', NewObjectStoreKeys: 'object', NewObjectStoreKey: 'object',
};

/**
 * The stores an app mounts: what its code makes store keys for, and for a depinject app what its configured modules ask for. A store behind a
 * flag or a build tag counts; a name that cannot be read is reported and left out.
 */
export function readStores(repo: Repo, appDir: string, unknown: (unknown: Unknown) => void): Store[] {
  const folders = appFolders(repo, appDir), { generation } = readSdk(repo, appDir);
  const stores: Store[] = [], seen = new Set<string>();
  const add = (store: Store) => {
    const key = `${store.kind} ${store.name ?? store.const}`;
    if (seen.has(key)) return;
    seen.add(key);
    stores.push(store);
  };
  for (const site of callsIn(repo, folders, Object.keys(constructors))) {
    const kind = constructors[calleeName(site.call.node, site.call.facts.text)]!;
    for (const { expr, value } of keyNames(repo, folders, site)) {
      const place = placeOf(expr.facts, expr.node);
      if (value.kind === 'unknown') unknown({ place, why: `a mounted store's name is not known: ${value.why}` });
      else add({ ...inGeneration(storeName(value), generation), kind, place });
    }
  }
  for (const config of readAppConfigs(repo, folders)) {
    for (const problem of config.unknown) unknown(problem);
    for (const store of configuredStores(repo, folders, config, generation, unknown)) add(store);
  }
  return stores;
}

/** A store's name as the constant has it in the app's SDK: that of the capability module's memory store changed in 0.47. */
function inGeneration(store: StoreName, generation: Generation | null): StoreName {
  const name = store.const !== undefined && generation !== null ? valueIn(store.const, generation) : undefined;
  return name === undefined ? store : { ...store, name };
}

/** The names a constructor is given; where they are its function's parameters, what the callers give. */
function keyNames(repo: Repo, folders: readonly string[], { call, func }: AppCall): { expr: Expr; value: Value }[] {
  const names = stringsOf(repo, argumentItems(repo, call));
  if (!func?.syntax || !names.some(({ value }) => value.kind === 'unknown' && / is a parameter$/.test(value.why))) return names;
  const callers = callersOf(repo, folders, func).filter(caller => args(caller.call.node).length > 0);
  if (callers.length === 0) return names;
  return callers.flatMap(caller => stringsOf(repo, argumentItems(repo, { ...call, bindings: bind(caller.call, { node: func.syntax! }, call.facts.text) })));
}
