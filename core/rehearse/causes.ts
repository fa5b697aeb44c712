/** The moment of a rehearsal at which something showed. */
export type Moment = 'halt' | 'upgrade' | 'restart' | 'compare';

/**
 * What a node's words come from: the rules that describe it, the likeliest first, and what to do
 * where none of them finds the place.
 */
export interface Cause {
  readonly words: RegExp;
  /** Where the same words mean something else at another moment. */
  readonly at?: readonly Moment[];
  readonly rules: readonly string[];
  /** The rule that the words name by themselves, where that is not the first. */
  readonly general?: string;
  /** A repair in words. The groups of `words` stand for `$1`, `$2`. */
  readonly fix: string;
}

/** Repairs in words, where lint finds the place and offers none of its own. */
export const repairs: Readonly<Record<string, string>> = {
  'duplicate-upgrade': 'give the newer one of the two the name of its own plan',
  'keeper-wrong-store-key': 'give the keeper the key of its own store',
  'nondeterministic-handler':
    'make every node do the same: no clock, no chance, no order of a Go map',
  'preblocker-wiring':
    'run x/upgrade first in the pre-blocker, in the begin-blocker up to SDK 0.47',
  'run-migrations-result':
    'return what RunMigrations gives, its map and its error, from the handler',
  'state-before-init-genesis': 'write the state after RunMigrations',
  'store-loader-name-mismatch': 'load the stores under the name of the plan',
  'store-loader-overwritten': 'set no other store loader after the one of the upgrade',
  'swallowed-error': 'return the error from the handler',
  'upgrade-name-inconsistent': 'register the handler under the name of the plan',
  'version-map-override': 'start migrations from the map that the handler is given',
};

const loaders = [
  'store-loader-name-mismatch',
  'store-loader-after-load',
  'store-loader-overwritten',
  'store-loader-unconditional',
  'store-upgrades-loop-pointer',
];

/**
 * Nodes' words and their causes, the first that matches counts. The words are those of SDK 0.47 to
 * 0.55 without the places in the SDK's source that some of them end with.
 */
export const causes: readonly Cause[] = [
  {
    words: /version of store (\S+) mismatch root store's version/,
    at: ['restart'],
    rules: ['deleted-store-still-mounted'],
    fix: 'stop mounting store $1, or do not delete it',
  },
  {
    words: /version of store (\S+) mismatch root store's version/,
    rules: [
      'upgrade-not-registered',
      'added-not-a-store-key',
      'store-not-added',
      ...loaders,
      'duplicate-upgrade',
      'upgrade-name-inconsistent',
    ],
    general: 'store-not-added',
    fix: 'add store $1 in the StoreUpgrades of this plan, or rename the old one to it',
  },
  {
    words: /initial version set to \d+, but found earlier version \d+/,
    rules: ['stale-added', 'store-loader-unconditional'],
    fix: 'take the stores that the network has already out of Added',
  },
  {
    words: /SetStoreLoader\(\) on sealed BaseApp/,
    rules: ['store-loader-after-load'],
    fix: 'set the store loader before LoadLatestVersion',
  },
  {
    words: /Potential key collision between KVStores:\s*(\S+) - (\S+)/,
    rules: ['store-key-prefix'],
    fix: 'give $1 or $2 a store name that is no prefix of the other',
  },
  {
    words: /UPGRADE "[^"]*" NEEDED at height/,
    rules: ['upgrade-not-registered', 'upgrade-name-inconsistent', 'duplicate-upgrade'],
    fix: 'register a handler under the name of the plan',
  },
  {
    words: /no migrations? found for module (\S+?)(?: from version|:)/,
    rules: [
      'migration-gap',
      'sdk-hop-too-long',
      'version-map-override',
      'handlers-before-configurator',
      'migration-unchecked',
    ],
    fix: 'register a migration of module $1 for each step up to its ConsensusVersion',
  },
  {
    words: /module migration versions should start at 1/,
    rules: ['migration-gap', 'migration-unchecked'],
    fix: 'register migrations from version 1 on',
  },
  {
    words: /another migration for module (\S+) and version (\d+) already exists/,
    rules: ['migration-gap', 'migration-unchecked'],
    fix: 'register one migration of module $1 from version $2',
  },
  {
    words: /all modules must be defined when setting (\w+), missing: \[([^\]]*)\]/,
    rules: ['set-order-missing-module'],
    fix: 'name $2 in $1',
  },
  {
    words:
      /bonded pool balance is different from bonded coins|pool is not empty|not bonded pool balance is different/,
    rules: ['version-map-not-stored', 'version-map-override'],
    fix: "store the module versions in the old version's InitChainer, and start from the map that the handler is given",
  },
  {
    words: /wrong app version \d+, upgrade handler is missing for (\S+) upgrade plan/i,
    rules: ['last-handler-removed'],
    fix: 'keep the handler of $1 registered',
  },
  {
    words: /BINARY UPDATED BEFORE TRIGGER/,
    rules: [],
    fix: 'start the new binary only after the old one has halted',
  },
  {
    words: /upgrade handler.*(?:already|duplicate)/i,
    rules: ['duplicate-upgrade'],
    fix: 'register each plan once',
  },
  {
    words:
      /store does not exist for key: (\S+)|kv store with key .* has not been registered in stores/,
    rules: ['keeper-wrong-store-key', 'deleted-store-still-mounted', 'state-before-init-genesis'],
    fix: 'mount the store that the keeper was given',
  },
  {
    words:
      /name cannot be empty: invalid request|unexpected end of JSON input|Plan\.height of type int64/,
    rules: [],
    fix: 'let the node write upgrade-info.json itself',
  },
  {
    words: /module (\S+) is at version \S+ on the chain/,
    rules: [
      'run-migrations-result',
      'swallowed-error',
      'version-map-override',
      'preblocker-wiring',
      'handlers-before-configurator',
    ],
    fix: repairs['run-migrations-result']!,
  },
  {
    words: /store (\S+) should be there and the node does not serve it/,
    rules: ['added-not-a-store-key'],
    fix: 'mount store $1, or take it out of Added',
  },
  {
    words: /store (\S+) should be gone and the node serves it/,
    rules: ['deleted-store-still-mounted'],
    fix: 'stop mounting store $1',
  },
  {
    words: /the old version went on past the height/,
    rules: ['preblocker-wiring'],
    fix: repairs['preblocker-wiring']!,
  },
  {
    words: /the plan was not applied|was not applied/,
    rules: ['preblocker-wiring'],
    fix: repairs['preblocker-wiring']!,
  },
  {
    words: /invalid memory address or nil pointer dereference/,
    rules: ['store-upgrades-nil', 'handlers-before-configurator'],
    fix: 'the stack in the log names the line',
  },
  {
    words:
      /consensus params?(?:eters)?.*(?:nil|empty|not found)|collections: not found.*consensus/i,
    rules: ['consensus-params-migration'],
    fix: 'move the consensus parameters from x/params to x/consensus in the handler',
  },
];
