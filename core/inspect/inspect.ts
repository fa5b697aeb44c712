import type {
  App,
  Chain,
  Module,
  Store,
  StoreName,
  StoreUpgrades,
  Unknown,
  Upgrade,
} from '../chain/chain.ts';
import type { DaemonFacts } from '../chain/daemon/daemon.ts';
import type { Eras } from '../chain/eras/eras.ts';
import type { Guard } from '../chain/guard.ts';
import type { Location } from '../go/source/location.ts';

/** What `inspect` tells of a chain, in the order and with the names that scripts rely on. */
export interface Inspection {
  readonly root: string;
  readonly apps: readonly InspectedApp[];
  readonly modules: readonly {
    name: string;
    dir: string;
    consensusVersion: number | null;
    migrations: number[];
  }[];
  readonly unknown: readonly { file: string; line: number; why: string }[];
  /** Null where no command of the repository, or more than one, could run the app's node. */
  readonly daemon: InspectedDaemon | null;
}

export interface InspectedDaemon {
  /** What its binary is called. */
  readonly name: string;
  /** The folder of its main package. */
  readonly main: string;
  /** The file that puts its root command together. */
  readonly root: string | null;
  readonly home: string | null;
  readonly prefix: string | null;
}

export interface InspectedApp {
  readonly dir: string;
  readonly sdk: { version: string | null; generation: string | null };
  readonly registration: readonly string[];
  readonly storeStyle: readonly string[];
  readonly upgrades: readonly InspectedUpgrade[];
  readonly stores: readonly InspectedStore[];
  readonly keepers: readonly InspectedKeeper[];
  readonly orders: readonly InspectedOrder[];
  readonly mounted: readonly InspectedModule[];
  /** The version guard; null where there is none. */
  readonly guard: InspectedGuard | null;
  /** The eras that its binary knows; null where it has none. */
  readonly eras: InspectedEras | null;
}

/** A keeper that an app holds; `type` is `importpath.Ident`, with `*` for a pointer. */
export interface InspectedKeeper {
  readonly name: string;
  readonly type: string;
  readonly file: string;
  readonly line: number;
}

/** An order of modules, such as `BeginBlockers`; a name is null where it is not known. */
export interface InspectedOrder {
  readonly kind: string;
  readonly modules: readonly (string | null)[];
  readonly file: string;
  readonly line: number;
}

/** A module that an app runs; `package` is an import path. */
export interface InspectedModule {
  readonly name: string | null;
  readonly package: string | null;
  readonly file: string;
  readonly line: number;
}

export interface InspectedGuard {
  readonly current: number | null;
  readonly releases: readonly {
    version: number | null;
    software: string | null;
    upgrades: (string | null)[];
  }[];
  /** Where the daemon's start is guarded. */
  readonly start: { file: string; line: number } | null;
}

/** Eras and their switches; a name is null where it is not known. */
export interface InspectedEras {
  readonly supported: readonly (string | null)[];
  /** The first release that knows an era. */
  readonly since: Readonly<Record<string, string | null>>;
  readonly switches: readonly {
    name: string | null;
    file: string;
    line: number;
    eras: (string | null)[];
  }[];
}

/** What `inspect` shows besides the chain itself. */
export interface AlsoInspected {
  readonly daemon?: DaemonFacts | undefined;
  /** The version guards of apps, by the apps' folders. */
  readonly guards?: ReadonlyMap<string, Guard>;
  /** The eras of apps, likewise. */
  readonly eras?: ReadonlyMap<string, Eras>;
}

export interface InspectedUpgrade {
  readonly name: string | null;
  readonly package: string;
  readonly registered: boolean;
  readonly file: string;
  readonly line: number;
  readonly buildTags: readonly string[];
  readonly stores: {
    added: InspectedName[];
    deleted: InspectedName[];
    renamed: { from: InspectedName; to: InspectedName }[];
  };
}

export interface InspectedName {
  readonly name: string | null;
  readonly const?: string;
}
export interface InspectedStore extends InspectedName {
  readonly kind: string;
  readonly file: string;
  readonly line: number;
}

/** A chain as plain data for scripts: no offsets, nothing that is only of use inside the engine. */
export function inspect(root: string, chain: Chain, also: AlsoInspected = {}): Inspection {
  const { daemon, guards, eras } = also;
  return {
    root,
    apps: chain.apps.map(app => inspectApp(app, guards?.get(app.dir), eras?.get(app.dir))),
    modules: chain.modules.map(inspectModule),
    unknown: chain.unknown.map(({ location, why }: Unknown) => ({
      file: location.file,
      line: location.line,
      why,
    })),
    daemon: daemon ? inspectDaemon(daemon) : null,
  };
}

function inspectDaemon({ name, dir, root, home, prefix }: DaemonFacts): InspectedDaemon {
  return { name, main: folder(dir), root, home, prefix };
}

/** A folder as people write it: `.` for the root. */
export function folder(dir: string): string {
  return dir || '.';
}

function inspectApp(app: App, guard: Guard | undefined, eras: Eras | undefined): InspectedApp {
  return {
    dir: folder(app.dir),
    sdk: { version: app.sdk.version, generation: app.sdk.generation },
    registration: [...app.registration],
    storeStyle: [...app.storeStyle],
    upgrades: app.upgrades.map(inspectUpgrade),
    stores: app.stores.map((store: Store) => ({
      ...named(store),
      kind: store.kind,
      ...place(store),
    })),
    keepers: app.keepers.map(({ name, type, location }) => ({
      name,
      type,
      ...place({ location }),
    })),
    orders: app.orders.map(({ kind, names, location }) => ({
      kind,
      modules: names.map(({ name }) => name),
      ...place({ location }),
    })),
    mounted: app.mounted.map(({ name, package: path, location }) => ({
      name,
      package: path,
      ...place({ location }),
    })),
    guard: guard ? inspectGuard(guard) : null,
    eras: eras ? inspectEras(eras) : null,
  };
}

function inspectGuard({ current, releases, start }: Guard): InspectedGuard {
  return {
    current,
    releases: releases.map(({ version, software, upgrades }) => ({
      version,
      software,
      upgrades: [...upgrades],
    })),
    start: start ? { file: start.file, line: start.line } : null,
  };
}

function inspectEras({ supported, since, switches }: Eras): InspectedEras {
  return {
    supported: supported.map(({ name }) => name),
    since: Object.fromEntries(since),
    switches: switches.map(({ name, location, eras }) => ({
      name,
      ...place({ location }),
      eras: eras.map(one => one.name),
    })),
  };
}

function place({ location: { file, line } }: { readonly location: Location }) {
  return { file, line };
}

function inspectUpgrade(upgrade: Upgrade): InspectedUpgrade {
  return {
    name: upgrade.name,
    package: folder(upgrade.package),
    registered: upgrade.registered,
    file: upgrade.location.file,
    line: upgrade.location.line,
    buildTags: [...upgrade.buildTags],
    stores: inspectStores(upgrade.stores),
  };
}

/** The stores of an upgrade as `inspect` tells them. */
export function inspectStores(stores: StoreUpgrades | undefined): InspectedUpgrade['stores'] {
  return {
    added: (stores?.added ?? []).map(named),
    deleted: (stores?.deleted ?? []).map(named),
    renamed: (stores?.renamed ?? []).map(({ from, to }) => ({ from: named(from), to: named(to) })),
  };
}

function inspectModule({ name, dir, consensusVersion, migrations }: Module) {
  return {
    name,
    dir: folder(dir),
    consensusVersion,
    migrations: migrations.map(m => m.from).sort((a, b) => a - b),
  };
}

function named(store: StoreName): InspectedName {
  return { name: store.name, ...(store.const !== undefined && { const: store.const }) };
}
