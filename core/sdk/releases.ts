import type { Generation } from './generations.ts';

/**
 * What releases of the SDK and of what is built beside it ask of a chain and do not do themselves.
 * Each entry says where that was read.
 */

/** A Go module whose releases matter to an upgrade; its path without a major version. */
export interface WatchedModule {
  readonly name: string;
  readonly path: string;
}

export const watchedModules: readonly WatchedModule[] = [
  { name: 'the Cosmos SDK', path: 'github.com/cosmos/cosmos-sdk' },
  { name: 'CometBFT', path: 'github.com/cometbft/cometbft' },
  { name: 'ibc-go', path: 'github.com/cosmos/ibc-go' },
  { name: 'wasmd', path: 'github.com/CosmWasm/wasmd' },
];

/** A patch release that makes other blocks than the one before, without a new ConsensusVersion. */
export interface StateBreakingRelease {
  readonly path: string;
  readonly version: readonly [major: number, minor: number, patch: number];
  readonly changes: string;
  readonly source: string;
}

export const stateBreakingReleases: readonly StateBreakingRelease[] = [
  {
    path: 'github.com/cosmos/cosmos-sdk',
    version: [0, 50, 14],
    changes: 'x/distribution',
    source: 'https://github.com/cosmos/cosmos-sdk/security/advisories/GHSA-p22h-3m2v-cmgh',
  },
  {
    path: 'github.com/cosmos/cosmos-sdk',
    version: [0, 53, 8],
    changes: 'x/distribution, x/staking and the ante handlers',
    source: 'https://github.com/cosmos/cosmos-sdk/releases/tag/v0.53.8',
  },
];

/** A module that is gone from the SDK and held funds, which stay in its accounts. */
export interface RemovedModule {
  readonly module: string;
  readonly store: string;
  readonly accounts: readonly string[];
  readonly source: string;
}

export const removedModules: readonly RemovedModule[] = [
  {
    module: 'protocolpool',
    store: 'protocolpool',
    accounts: ['protocolpool', 'protocolpool_escrow'],
    source: 'https://github.com/cosmos/cosmos-sdk/blob/v0.55.0/UPGRADING.md',
  },
];

/** A module account without which a keeper panics when it is made. */
export interface NeededAccount {
  readonly account: string;
  /** The constant that holds its name. */
  readonly constant: string;
  readonly permission: string;
  /** The store of the module that needs it. */
  readonly store: string;
  readonly since: Generation;
  readonly source: string;
}

export const neededAccounts: readonly NeededAccount[] = [
  {
    account: 'key_rotation_fee_pool',
    constant: 'KeyRotationFeePoolName',
    permission: 'burner',
    store: 'staking',
    since: '0.55',
    source: 'https://github.com/cosmos/cosmos-sdk/blob/v0.55.0/x/staking/keeper/keeper.go',
  },
];

/** A key that an older version of a module left in its store, and a migration chokes on. */
export interface OrphanKey {
  readonly store: string;
  /** The package that has the migration, and the one with the name of its store. */
  readonly package: string;
  readonly keys: string;
  readonly module: string;
  /** The first and the last release that have the migration. */
  readonly from: readonly [number, number, number];
  readonly to: readonly [number, number, number];
  /** The key, as Go writes it. */
  readonly key: string;
  readonly source: string;
}

export const packetForwardParams: OrphanKey = {
  store: 'packetfowardmiddleware',
  package: 'github.com/cosmos/ibc-go/v11/modules/apps/packet-forward-middleware',
  keys: 'github.com/cosmos/ibc-go/v11/modules/apps/packet-forward-middleware/types',
  module: 'github.com/cosmos/ibc-go/v11',
  from: [11, 1, 0],
  to: [11, 2, 0],
  key: '[]byte{0x00}',
  source: 'https://github.com/cosmos/ibc-go/issues/9004',
};
