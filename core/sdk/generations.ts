/**
 * A stretch of SDK releases that ask the same of an upgrade; named for the newest of them where
 * they are several.
 */
export type Generation =
  | '0.39'
  | '0.42'
  | '0.43'
  | '0.44'
  | '0.45'
  | '0.46'
  | '0.47'
  | '0.50'
  | '0.53'
  | '0.54'
  | '0.55';

/**
 * What an upgrade file imports, and how the SDK wants to be called, in one generation of the Cosmos
 * SDK.
 */
export interface GenerationFacts {
  readonly generation: Generation;
  /** `UpgradeHandler`, `Plan`, `UpgradeStoreLoader`. */
  readonly upgradeTypes: string;
  readonly upgradeKeeper: string;
  /** Whether apps hold the upgrade keeper by pointer. */
  readonly keeperPointer: boolean;
  /** `StoreUpgrades` and the store key types. */
  readonly storeTypes: string;
  /** The package of `NewKVStoreKeys` and its kin. */
  readonly storeKeys: string;
  /** `Manager`, and where they exist `Configurator` and `VersionMap`. */
  readonly module: string;
  /** `Context`. */
  readonly sdk: string;
  readonly baseapp: string;
  readonly abci: string;
  readonly log: string;
  /**
   * What a handler takes: `none`, `func(sdk.Context, Plan)` without version map and result; `sdk`,
   * an `sdk.Context`; `context`, a `context.Context` (the last two take the version map and return
   * one with an error).
   */
  readonly handlerContext: 'none' | 'sdk' | 'context';
  /** Whether `upgradetypes.UpgradeStoreLoader` exists. */
  readonly storeLoader: boolean;
  /** What `ReadUpgradeInfoFromDisk` returns: the store's own type, or a `Plan`. */
  readonly upgradeInfo: 'absent' | 'store' | 'plan';
  /** Where x/upgrade runs: the begin blocker, or the pre-blocker. */
  readonly hook: 'BeginBlocker' | 'PreBlocker';
  /** Whether the manager has `SetOrderMigrations`. */
  readonly orderMigrations: boolean;
  /** Whether `SetModuleVersionMap` exists, and whether it returns an error. */
  readonly setVersionMap: 'absent' | 'plain' | 'error';
}

const sdk = 'github.com/cosmos/cosmos-sdk';

const oldest = {
  upgradeTypes: `${sdk}/x/upgrade`,
  upgradeKeeper: `${sdk}/x/upgrade`,
  keeperPointer: false,
  storeTypes: `${sdk}/store/types`,
  storeKeys: `${sdk}/types`,
  module: `${sdk}/types/module`,
  sdk: `${sdk}/types`,
  baseapp: `${sdk}/baseapp`,
  abci: 'github.com/tendermint/tendermint/abci/types',
  log: 'github.com/tendermint/tendermint/libs/log',
  handlerContext: 'none',
  storeLoader: false,
  upgradeInfo: 'absent',
  hook: 'BeginBlocker',
  orderMigrations: false,
  setVersionMap: 'absent',
} as const satisfies Omit<GenerationFacts, 'generation'>;
const stargate = {
  ...oldest,
  upgradeTypes: `${sdk}/x/upgrade/types`,
  upgradeKeeper: `${sdk}/x/upgrade/keeper`,
  storeLoader: true,
  upgradeInfo: 'store',
} as const;
const inPlace = { ...stargate, handlerContext: 'sdk', setVersionMap: 'plain' } as const;
const ordered = { ...inPlace, orderMigrations: true } as const;
const planned = { ...ordered, upgradeInfo: 'plan' } as const;
const comet = {
  ...planned,
  keeperPointer: true,
  abci: 'github.com/cometbft/cometbft/abci/types',
  log: 'github.com/cometbft/cometbft/libs/log',
} as const;
const split = {
  ...comet,
  upgradeTypes: 'cosmossdk.io/x/upgrade/types',
  upgradeKeeper: 'cosmossdk.io/x/upgrade/keeper',
  storeTypes: 'cosmossdk.io/store/types',
  storeKeys: 'cosmossdk.io/store/types',
  log: 'cosmossdk.io/log',
  handlerContext: 'context',
  hook: 'PreBlocker',
  setVersionMap: 'error',
} as const;
const rejoined = {
  ...split,
  upgradeTypes: `${sdk}/x/upgrade/types`,
  upgradeKeeper: `${sdk}/x/upgrade/keeper`,
  storeTypes: `${sdk}/store/v2/types`,
  storeKeys: `${sdk}/store/v2/types`,
  log: 'cosmossdk.io/log/v2',
} as const;

const table: Readonly<Record<Generation, Omit<GenerationFacts, 'generation'>>> = {
  '0.39': oldest,
  '0.42': stargate,
  '0.43': inPlace,
  '0.44': inPlace,
  '0.45': ordered,
  '0.46': planned,
  '0.47': comet,
  '0.50': split,
  '0.53': split,
  '0.54': rejoined,
  '0.55': rejoined,
};

/** All generations, oldest first. */
export const generations = Object.keys(table) as readonly Generation[];

/** The imports and signatures of a generation. */
export function importsOfGeneration(generation: Generation): GenerationFacts {
  return { generation, ...table[generation] };
}

const newestOf: Record<number, Generation> = {
  38: '0.39',
  39: '0.39',
  40: '0.42',
  41: '0.42',
  42: '0.42',
  43: '0.43',
  44: '0.44',
  45: '0.45',
  46: '0.46',
  47: '0.47',
  48: '0.50',
  49: '0.50',
  50: '0.50',
  51: '0.53',
  52: '0.53',
  53: '0.53',
  54: '0.54',
};

/**
 * The generation of a version as go.mod writes it: pre-releases, pseudo-versions and forks keep the
 * minor they were cut from, and `v1.25.0-sdk-v0.46.16` or `v1.0.3-sdk-0.45.10-x1` names the SDK's.
 * Null for `v0.0.0-…` and versions no SDK had.
 */
export function generationOfVersion(version: string): Generation | null {
  const minor = minorOf(version);
  if (minor === undefined) return null;
  return minor >= 55 ? '0.55' : (newestOf[minor] ?? null);
}

/**
 * The same for the version of a fork, which numbers as it likes: minors that were never released,
 * or not yet, tell nothing.
 */
export function generationOfFork(version: string): Generation | null {
  const minor = minorOf(version);
  if (minor === undefined || minor === 51 || minor === 52 || minor > 55) return null;
  return generationOfVersion(version);
}

/** The SDK's minor version that a version names. */
function minorOf(version: string): number | undefined {
  const [, named] = /(?:^|[-._])sdk[-._]?v?0\.(\d+)(?=\.|-|$)/.exec(version) ?? [];
  const [, own] = /^v0\.(\d+)\.\d+/.exec(version) ?? [];
  const minor = named ?? own;
  return minor === undefined ? undefined : Number(minor);
}

/** Whether a version of the SDK is newer than all generations that are known here. */
export function isNewerThanKnown(version: string): boolean {
  const [, major, minor] = /(?:^|-sdk-)v(\d+)\.(\d+)\.\d+(?!.*-sdk-v\d)/.exec(version) ?? [];
  return major === '0' && Number(minor) > Number(generations.at(-1)!.slice(2));
}

/** Whether a generation is older than another. */
export function generationIsBefore(generation: Generation, other: Generation): boolean {
  return generations.indexOf(generation) < generations.indexOf(other);
}
