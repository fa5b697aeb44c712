import { dirname } from '../../files.ts';
import { argumentItems, stringsOf } from '../../go/eval/lists.ts';
import type { Expr, Value } from '../../go/eval/value.ts';
import { bind, exprAt, localDefinition, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { isInPlainBuild } from '../../go/source/build-constraint.ts';
import { locationOf } from '../../go/source/location.ts';
import {
  callArguments,
  calleeName,
  calleeOf,
  childByField,
  isFunction,
  namedChildren,
  withoutParens,
} from '../../go/syntax/syntax.ts';
import { valueIn } from '../../sdk/registry.ts';
import type { Generation, Store, StoreKind, StoreName, Unknown } from '../chain.ts';
import { readAppConfigs } from '../depinject/app-configs.ts';
import { configuredStores } from '../depinject/depinject.ts';
import { readSdk } from '../sdk/sdk.ts';
import type { AppCall } from './app-code.ts';
import { appFolders, callersOf, callsIn } from './app-code.ts';
import { storeName } from './upgrades.ts';

const constructors: Readonly<Record<string, StoreKind>> = {
  NewKVStoreKeys: 'kv',
  NewKVStoreKey: 'kv',
  NewTransientStoreKeys: 'transient',
  NewTransientStoreKey: 'transient',
  NewMemoryStoreKeys: 'memory',
  NewMemoryStoreKey: 'memory',
  NewObjectStoreKeys: 'object',
  NewObjectStoreKey: 'object',
};

/**
 * The stores an app mounts: what its code makes store keys for, and for a depinject app what its
 * configured modules ask for. A store behind a flag or a build tag counts; a name that cannot be
 * read is reported and left out.
 */
export function readStores(
  repo: Repo,
  appDir: string,
  unknown: (unknown: Unknown) => void,
): Store[] {
  const folders = appFolders(repo, appDir);
  const { generation } = readSdk(repo, appDir);
  const stores = new Map<string, Store>();
  const add = (store: Store) => {
    const key = `${store.kind} ${store.name ?? store.const ?? ''}`;
    const known = stores.get(key);
    if (!known || (known.conditional && !store.conditional)) stores.set(key, store);
  };
  for (const site of callsIn(repo, folders, Object.keys(constructors))) {
    const kind = constructors[calleeName(site.call.node, site.call.facts.text)]!;
    for (const { expr, value } of keyNames(repo, folders, site)) {
      const location = locationOf(expr.facts, expr.node);
      if (value.kind === 'unknown')
        unknown({ location, why: `a mounted store's name is not known: ${value.why}` });
      else
        add({
          ...inGeneration(storeName(value), generation),
          kind,
          location,
          ...(isConditional(expr) ? { conditional: true } : {}),
        });
    }
  }
  for (const { expr, why } of [...mountedFromElsewhere(repo, folders), ...ownKeys(repo, folders)])
    unknown({ location: locationOf(expr.facts, expr.node), why });
  const configs = readAppConfigs(repo, folders);
  for (const config of configs) {
    for (const problem of config.unknown) unknown(problem);
    for (const store of configuredStores(repo, folders, config, generation, unknown)) add(store);
  }
  const [first] = repo.filesOf(appDir);
  if (stores.size === 0 && configs.length === 0 && first)
    unknown({
      location: locationOf(first, { start: 0, end: 0 }),
      why: 'nothing was found that makes store keys for this app',
    });
  return [...stores.values()];
}

/**
 * Whether a name stands in a file that only some builds take in, or in a branch of an `if` or
 * `switch`; their headers are always run.
 */
function isConditional({ facts, node }: Expr): boolean {
  if (facts.buildTags !== undefined && !isInPlainBuild(facts.buildTags)) return true;
  for (let at = node; at.parent && !isFunction(at.parent); at = at.parent) {
    const isBranch = at.field === 'consequence' || at.field === 'alternative';
    if (isBranch && at.parent.type === 'if_statement') return true;
    if (/^(expression|type|default)_case$/.test(at.type)) return true;
  }
  return false;
}

const mounting = [
  'MountKVStores',
  'MountTransientStores',
  'MountMemoryStores',
  'MountObjectStores',
  'MountStores',
  'RegisterStores',
];

/** Store keys that come ready-made from another repository. */
function mountedFromElsewhere(
  repo: Repo,
  folders: readonly string[],
): { expr: Expr; why: string }[] {
  return callsIn(repo, folders, mounting).flatMap(({ call }) =>
    callArguments(call.node).flatMap(argument => {
      const given =
        argument.type === 'variadic_argument' ? (namedChildren(argument)[0] ?? argument) : argument;
      const local =
        given.type === 'identifier'
          ? localDefinition(given, textOf(exprAt(call, given)), call.facts.text)
          : undefined;
      const made = typeof local === 'object' ? local : given;
      const callee = calleeOf(made, call.facts.text);
      const operand =
        callee?.type === 'selector_expression' ? childByField(callee, 'operand') : undefined;
      const path =
        operand?.type === 'identifier'
          ? repo.importFor(call.facts, textOf(exprAt(call, operand)))
          : undefined;
      if (
        path === undefined ||
        calleeName(made, call.facts.text) in constructors ||
        repo.dirOf(path, dirname(call.facts.path)) !== undefined
      )
        return [];
      return [
        {
          expr: exprAt(call, made),
          why: `these stores are named outside this repository, in ${path}`,
        },
      ];
    }),
  );
}

/** Persistent stores that are mounted with keys which no constructor of the SDK makes here. */
function ownKeys(repo: Repo, folders: readonly string[]): { expr: Expr; why: string }[] {
  return callsIn(repo, folders, ['MountStore']).flatMap(({ call }) => {
    const [given, kind] = callArguments(call.node);
    if (!given || !kind || !/IAVL|DB$/.test(textOf(exprAt(call, kind)))) return [];
    const local =
      given.type === 'identifier'
        ? localDefinition(given, textOf(exprAt(call, given)), call.facts.text)
        : undefined;
    const made = exprAt(call, withoutParens(typeof local === 'object' ? local : given));
    const why = 'a store is mounted here with a key whose name is not known';
    return isOwnKey(made) ? [{ expr: exprAt(call, call.node), why }] : [];
  });
}

/** Whether a key is made in the chain's own way: as a literal, by a function, or in a field unseen. */
function isOwnKey({ facts, node }: Expr): boolean {
  const text = textOf({ facts, node });
  if (node.type === 'call_expression') return !(calleeName(node, facts.text) in constructors);
  if (node.type !== 'selector_expression') return /^&?[\w.]+\{/.test(text);
  const field = text.split('.').at(-1)!;
  return !new RegExp(`\\b${field}(:|\\s*=|,.*=)\\s*.*New\\w*StoreKey`).test(facts.text);
}

/**
 * A store's name as the constant has it in the app's SDK: that of the capability module's memory
 * store changed in 0.47.
 */
function inGeneration(store: StoreName, generation: Generation | null): StoreName {
  const name =
    store.const !== undefined && generation !== null ? valueIn(store.const, generation) : undefined;
  return name === undefined ? store : { ...store, name };
}

/**
 * The names a constructor is given; where they are its function's parameters, what the callers
 * give.
 */
function keyNames(
  repo: Repo,
  folders: readonly string[],
  { call, func }: AppCall,
): { expr: Expr; value: Value }[] {
  const names = stringsOf(repo, argumentItems(repo, call));
  if (
    !func?.syntax ||
    !names.some(({ value }) => value.kind === 'unknown' && / is a parameter$/.test(value.why))
  )
    return names;
  const callers = callersOf(repo, folders, func).filter(
    caller => callArguments(caller.call.node).length > 0,
  );
  if (callers.length === 0) return names;
  return callers.flatMap(caller =>
    stringsOf(
      repo,
      argumentItems(repo, {
        ...call,
        bindings: bind(caller.call, { node: func.syntax! }, call.facts.text),
      }),
    ),
  );
}
