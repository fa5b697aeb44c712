import type { App, Chain, Module, StoreName } from '../chain/chain.ts';
import { storeId } from '../chain/compare.ts';
import { dependencyOf } from '../chain/sdk/dependency.ts';
import { memoize } from '../go/repo/memoize.ts';
import type { Repo } from '../go/repo/repo.ts';
import { sdkModuleVersion, storeConstant } from '../sdk/registry.ts';

/** A module of an app: its name, and its code where that is in the repository. */
export interface AppModule {
  readonly name: string;
  readonly module: Module | undefined;
  /** Its consensus version; null where that is not known. */
  readonly version: number | null;
  /** The Go module that it comes from, `path@version`; undefined for the repository's own. */
  readonly builtWith: string | undefined;
  /** Whether the order of InitGenesis names it. */
  readonly hasGenesis: boolean;
}

/** The modules of an app. */
export interface AppModules {
  readonly modules: readonly AppModule[];
  /** Modules whose names are not known. */
  readonly unnamed: readonly StoreName[];
  /** Which of its modules these are for sure. */
  readonly complete: Completeness;
  /** All names that an order or a store of the app has. */
  readonly mentioned: ReadonlySet<string>;
}

/** All modules, all that have a genesis, or maybe not even these. */
export type Completeness = 'all' | 'genesis' | 'no';

/** The code of a chain, and the app in it. */
export interface AppCode {
  readonly repo: Repo;
  readonly chain: Chain;
  readonly app: App;
}

/**
 * The modules of an app in the order in which they are migrated: that of SetOrderMigrations, else by
 * name with auth last (docs/background/sdk.md#runmigrations). Versions come from the repository, for
 * the SDK's own modules from its releases.
 */
export function appModules(code: AppCode): AppModules {
  return memoize(code, 'modules', () => readModules(code));
}

function readModules(code: AppCode): AppModules {
  const { app, chain } = code;
  const migrations = namesIn(app, 'Migrations');
  const genesis = namesIn(app, 'InitGenesis');
  const hasOrder = migrations.names.length > 0;
  const names = hasOrder
    ? migrations.names
    : byName([...genesis.names, ...notNamed(chain, genesis)]);
  const inGenesis = new Set(genesis.names.map(moduleNameOf));
  const named = names.flatMap(name => {
    const known = moduleNameOf(name);
    return known === undefined ? [] : [appModule(code, known, name.const, inGenesis.has(known))];
  });
  return {
    modules: named,
    unnamed: names.filter(name => moduleNameOf(name) === undefined),
    complete: completeness(app, migrations, genesis),
    mentioned: new Set([
      ...app.orders
        .flatMap(order => order.names.map(moduleNameOf))
        .filter(name => name !== undefined),
      ...app.stores.flatMap(store => store.name ?? []),
    ]),
  };
}

/** Up to SDK 0.47 the order of InitGenesis has to name all modules, later those with a genesis. */
function completeness({ sdk }: App, migrations: Names, genesis: Names): Completeness {
  const isRead = ({ names, complete }: Names) => names.length > 0 && complete;
  if (isRead(migrations)) return 'all';
  if (!isRead(genesis)) return 'no';
  return namesAllModules.includes(sdk.generation) ? 'all' : 'genesis';
}

/**
 * Generations in which every order has to name all modules
 * (docs/background/incidents.md#set-order-missing-module).
 */
const namesAllModules: readonly (string | null)[] = ['0.45', '0.46', '0.47'];

/** The repository's own modules that no order names; in one with several apps, whose they are is open. */
function notNamed({ apps, modules }: Chain, { names }: Names): StoreName[] {
  if (apps.length > 1 && names.length > 0) return [];
  const known = new Set(names.map(moduleNameOf));
  const own = [...new Set(modules.map(({ name }) => name))];
  return own.filter(name => !known.has(name)).map(name => ({ name }));
}

interface Names {
  readonly names: readonly StoreName[];
  readonly complete: boolean;
}

/** The modules that an order names, each once. */
function namesIn({ orders }: App, kind: string): Names {
  const all = orders.filter(order => order.kind === kind).flatMap(order => order.names);
  const known = all.filter(name => storeId(name) !== undefined);
  const idOf = (name: StoreName) => moduleNameOf(name) ?? storeId(name);
  // The first of each; a name that comes again stands where it came first.
  const first = new Map([...known].reverse().map(name => [idOf(name), name]));
  const names = known.filter(name => first.get(idOf(name)) === name);
  return { names, complete: known.length === all.length };
}

function byName(names: readonly StoreName[]): readonly StoreName[] {
  const rank = (name: StoreName) => {
    const module = moduleNameOf(name) ?? storeId(name)!;
    return module === 'auth' ? '\uffff' : module;
  };
  return [...names].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** What the version map calls a module; undefined where only its constant is known. */
function moduleNameOf({ name, const: constant }: StoreName): string | undefined {
  if (name !== null) return name;
  return (constant && storeConstant(constant)?.value) ?? undefined;
}

function appModule(
  code: AppCode,
  name: string,
  written: string | undefined,
  hasGenesis: boolean,
): AppModule {
  const own = code.chain.modules.filter(module => module.name === name);
  if (own.length > 0) {
    const versions = new Set(own.map(module => module.consensusVersion));
    return {
      name,
      module: own.length === 1 ? own[0] : undefined,
      version: versions.size === 1 ? own[0]!.consensusVersion : null,
      builtWith: undefined,
      hasGenesis,
    };
  }
  const constant = written ?? constantOf(code.app, name);
  return {
    name,
    module: undefined,
    version: constant === undefined ? null : releasedVersion(code, constant),
    builtWith: constant === undefined ? undefined : goModuleOf(code, constant),
    hasGenesis,
  };
}

/** The constant under which an order of the app names a module. */
function constantOf({ orders }: App, name: string): string | undefined {
  const names = orders.flatMap(order => order.names);
  return names.find(other => other.name === name && other.const !== undefined)?.const;
}

/** The version of a module of the SDK in the release that an app is built with, not in a fork. */
function releasedVersion({ repo, app }: AppCode, constant: string): number | null {
  const { generation } = app.sdk;
  const path = 'github.com/cosmos/cosmos-sdk';
  if (generation === null || dependencyOf(repo, app.dir, path)?.path !== path) return null;
  return sdkModuleVersion(constant, generation) ?? null;
}

/** The Go module that a constant comes from, as the app is built: `path@version`. */
function goModuleOf({ repo, app }: AppCode, constant: string): string | undefined {
  const required = [...(repo.modOf(app.dir)?.require.keys() ?? [])]
    .filter(path => constant.startsWith(`${path}/`) || constant.startsWith(`${path}.`))
    .sort((a, b) => b.length - a.length)[0];
  const dependency = required === undefined ? undefined : dependencyOf(repo, app.dir, required);
  return dependency && `${dependency.path}@${dependency.version}`;
}
