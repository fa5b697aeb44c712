/** The moment of a rehearsal at which something showed. */
export type Moment = 'halt' | 'upgrade' | 'restart' | 'compare' | 'repeat' | 'blocks' | 'states';

/**
 * What a node says when it fails, or a rehearsal when it compares the state with the source: the
 * words of SDK 0.47 to 0.55, without the places in the SDK's source that some of them end with.
 */
export interface NodeWords {
  readonly pattern: RegExp;
  /** The moments at which the words mean this; any moment where absent. */
  readonly when?: readonly Moment[];
  /** Words that may be part of others: they are tried last. */
  readonly vague?: true;
}

/** What a rule knows about words: how likely it is their reason, and what to do about it. */
export interface NodeSays {
  readonly words: NodeWords;
  /** Of the rules with the same words, 1 is the likeliest. Absent: 1. */
  readonly rank?: number;
  /**
   * What to do, where lint finds no place; the groups of the pattern replace `$1`, `$2`. Of the
   * rules with the same words one has it: the one that the words themselves name.
   */
  readonly repair?: string;
}

// Words that several rules lead to. Those of one rule are written in the rule.

/** A mounted store has no version, or an older one than the other stores. */
export const storeVersionMismatch: NodeWords = {
  pattern: /version of store (\S+) mismatch root store's version/,
};

/** An added store is there already. */
export const earlierVersionFound: NodeWords = {
  pattern: /initial version set to \d+, but found earlier version \d+/,
};

/** The binary has no handler for the plan. */
export const upgradeNeeded: NodeWords = { pattern: /UPGRADE "[^"]*" NEEDED at height/ };

/** A step of a module's migrations is not registered. */
export const noMigrationFound: NodeWords = {
  pattern: /no migrations? found for module (\S+?)(?: from version|:)/,
};

/** A migration from version 0 was registered. */
export const migrationsStartAtOne: NodeWords = {
  pattern: /module migration versions should start at 1/,
};

/** Two migrations of a module from one version. */
export const migrationExists: NodeWords = {
  pattern: /another migration for module (\S+) and version (\d+) already exists/,
};

/** InitGenesis of x/staking ran on a chain that is running. */
export const bondedPoolDiffers: NodeWords = {
  pattern:
    /bonded pool balance is different from bonded coins|pool is not empty|not bonded pool balance is different/,
};

/** A keeper reads a store that the app does not mount. */
export const storeNotMounted: NodeWords = {
  pattern:
    /store does not exist for key: (\S+)|kv store with key .* has not been registered in stores/,
};

/** The chain stored an older version of a module than the source has. */
export const moduleIsBehind: NodeWords = { pattern: /module (\S+) is at version \S+ on the chain/ };

/** Go's own words; the stack in the log says where. */
export const nilPointer: NodeWords = {
  pattern: /invalid memory address or nil pointer dereference/,
  vague: true,
};
