import type { Location } from '../go/source/location.ts';
import type { Generation } from '../sdk/generations.ts';
import type { StyleCode } from '../wiring/style.ts';
import type { StoreChanges } from './store-changes.ts';

export type { Generation } from '../sdk/generations.ts';

/**
 * A store's name. `name` is null where it cannot be known; `const` is the constant it was written
 * with, as `importpath.Ident`.
 */
export interface StoreName {
  readonly name: string | null;
  readonly const?: string;
}

export type StoreKind = 'kv' | 'transient' | 'memory' | 'object';

/**
 * A store the app mounts. `assumed` where only a depinject configuration names the module and
 * nothing here says whether it asks for a store: nearly all do. `conditional` where it is only
 * mounted behind a flag or a build tag.
 */
export interface Store extends StoreName {
  readonly kind: StoreKind;
  readonly location: Location;
  readonly assumed?: true;
  readonly conditional?: true;
}

/** A store's name where an upgrade lists it. */
export interface StoreEntry extends StoreName {
  readonly location: Location;
}

/** The stores an upgrade adds, deletes and renames. */
export interface StoreUpgrades extends StoreChanges<StoreEntry> {
  /** The literal they were read from. */
  readonly location: Location;
}

/** One upgrade: a handler that is registered, or a package that looks like one and is not. */
export interface Upgrade {
  /** The plan's name; null where it is computed at run time. */
  readonly name: string | null;
  /** The constant that holds the name, as `importpath.Ident`. */
  readonly const?: string;
  /**
   * The folder of the package that holds handler or name; the app's own folder for inline handlers.
   */
  readonly package: string;
  readonly registered: boolean;
  /** How it is registered; absent where it is not. */
  readonly style?: StyleCode;
  /**
   * The registration (the element, the SetUpgradeHandler call); the definition where it is not
   * registered.
   */
  readonly location: Location;
  readonly buildTags: readonly string[];
  readonly stores?: StoreUpgrades;
  /** Where a loader has stores for it that cannot be read, and why not. */
  readonly storesUnread?: Unknown;
  /** The SetStoreLoader call that loads its stores. */
  readonly loader?: Location;
  /** The function that would register it, where nothing calls that. */
  readonly uncalled?: string;
}

/**
 * Something that could have held a registration, store, loader or migration and was not understood.
 */
export interface Unknown {
  readonly location: Location;
  readonly why: string;
  /** `parameter` where it is given by whoever calls the function that holds the place. */
  readonly cause?: 'parameter';
}

/** A module's name where an order lists it. */
export interface OrderedModule extends StoreName {
  readonly location: Location;
}

/** An order list such as SetOrderBeginBlockers: module names, null where unknown. */
export interface Order {
  readonly kind: string;
  readonly names: readonly OrderedModule[];
  readonly location: Location;
}

/** A keeper that an app holds. */
export interface Keeper {
  /** The field's name. */
  readonly name: string;
  /** Its type as `importpath.Ident`, with `*` before it where it is held by pointer. */
  readonly type: string;
  /** The field's declaration. */
  readonly location: Location;
}

/**
 * A module that an app runs, by its name; null where that is not known, with the constant where only
 * that is.
 */
export interface MountedModule extends StoreName {
  /** The import path of the package that makes it; null where that is not known. */
  readonly package: string | null;
  /** Where the manager gets it, or the configuration names it. */
  readonly location: Location;
}

/** One app of the repository. */
export interface App {
  /** Its folder. */
  readonly dir: string;
  /** The app's struct, such as `GaiaApp`. */
  readonly type: string;
  readonly sdk: Sdk;
  readonly registration: readonly StyleCode[];
  readonly storeStyle: readonly StyleCode[];
  readonly upgrades: readonly Upgrade[];
  readonly stores: readonly Store[];
  /** Places that mount further stores, whose names could not be read. */
  readonly storesUnread: readonly Unknown[];
  /** Loaders that may have stores of any plan: its name is not compared, or the stores not read. */
  readonly loadersUnread: readonly Unknown[];
  readonly orders: readonly Order[];
  readonly keepers: readonly Keeper[];
  readonly mounted: readonly MountedModule[];
  /** The SetPreBlocker call, or the reason there need be none (`runtime`). */
  readonly preBlocker?: Location;
  readonly initChainer?: InitChainer;
}

/**
 * The app's InitChainer and whether it stores the module version map
 * (docs/background/sdk.md#fresh-chains).
 */
export interface InitChainer {
  readonly location: Location;
  readonly setsVersionMap: boolean;
}

/** The effective Cosmos SDK of an app's go.mod. */
export interface Sdk {
  /** As in go.mod after `replace`, null for a fork without a version. */
  readonly version: string | null;
  /** `0.39` … `0.55`, null where the version does not tell. */
  readonly generation: Generation | null;
  /** The `go` directive. */
  readonly go?: string;
  /** The go.mod it was read from. */
  readonly gomod: string;
}

/** A module of the repository. */
export interface Module {
  /** Its name (`ModuleName`); the folder's name where that is not known. */
  readonly name: string;
  readonly dir: string;
  /** Null where it is computed or delegated. */
  readonly consensusVersion: number | null;
  readonly versionPlace?: Location;
  /**
   * False where its RegisterServices takes a configurator of the chain's own: then migrations are
   * run by something else than the SDK.
   */
  readonly managed?: false;
  /** The versions migrations are registered from. */
  readonly migrations: readonly Migration[];
}

export interface Migration {
  readonly from: number;
  readonly location: Location;
  readonly handler: string;
}

/** What a repository is, as far as upgrades go. A value: plain data, no parser, no files. */
export interface Chain {
  readonly apps: readonly App[];
  readonly modules: readonly Module[];
  readonly unknown: readonly Unknown[];
}
