import type { RehearsalMode } from './driven.ts';

/** What a rehearsal found: the shape that `--format json` prints. */
export interface Rehearsal {
  readonly plan: string;
  /** The version that was upgraded from. */
  readonly from: string;
  /** Who made the blocks. */
  readonly mode: RehearsalMode;
  /** The state that was rehearsed on; null for a fresh chain. */
  readonly state: RehearsedState | null;
  readonly steps: readonly RehearsalStep[];
  readonly compared: Compared;
  /** What the upgrade block cost; null where it was not measured. */
  readonly cost: Cost | null;
  readonly failure?: Failure;
}

/** Where state came from, and where its chain stood. */
export interface RehearsedState {
  readonly source: string;
  readonly chainId: string;
  readonly height: number;
}

/** The upgrade block of the new version, by this machine's clock. */
export interface Cost {
  readonly finalizeMs: number;
  readonly commitMs: number;
  /** The most memory that the node held meanwhile; null where the system does not tell. */
  readonly peakBytes: number | null;
}

/** A step and the milliseconds it took. */
export interface RehearsalStep {
  readonly name: string;
  readonly ms: number;
  readonly ok: boolean;
}

/**
 * The chain after the upgrade against what the source says. Empty where the rehearsal did not come
 * that far.
 */
export interface Compared {
  readonly plan: {
    readonly name: string;
    readonly height: number;
    readonly applied: number;
  } | null;
  /** In the order in which they were migrated; those that stayed as they were follow by name. */
  readonly modules: readonly ComparedModule[];
  readonly stores: readonly ComparedStore[];
  /** What the upgrade changed, by store. */
  readonly changes: readonly StoreChange[];
  /** The upgrade block made twice from the same state; null where it was made once. */
  readonly appHash: AppHashes | null;
  /** Sums that have to hold before and after. */
  readonly invariants: readonly Checked[];
  /** Whether each version gets past the plan's height where the plan is skipped. */
  readonly rescue: readonly Rescue[];
  /** The checks of the chain's own. */
  readonly checks: readonly Checked[];
  /** What is pending in the state and the new version cannot decode. */
  readonly pending: readonly Undecodable[];
}

/** Keys of a store that the upgrade block added, changed and deleted. */
export interface StoreChange {
  readonly store: string;
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
  readonly bytes: number;
  /** Whether a migration or the plan's stores explain it. */
  readonly explained: boolean;
  readonly migrated: boolean;
}

/** The app's hash after the upgrade block, in hexadecimal, in two runs. */
export interface AppHashes {
  readonly first: string;
  readonly second: string;
  readonly equal: boolean;
  /** Keys whose values differ, in hexadecimal; null for a store whose keys were not compared. */
  readonly differs: readonly { readonly store: string; readonly key: string | null }[];
}

/** Something that was asked before and after. */
export interface Checked {
  readonly name: string;
  readonly ok: boolean;
  readonly before: unknown;
  readonly after: unknown;
}

/** A version started with `--unsafe-skip-upgrades`, and whether it made the block of the plan. */
export interface Rescue {
  readonly binary: 'old' | 'new';
  readonly ok: boolean;
}

/** A message in the state whose type the new version does not know. */
export interface Undecodable {
  readonly what: string;
  readonly type: string;
}

/**
 * A module's version before and after on the chain (null: none), and in the source (null where that
 * cannot be read here).
 */
export interface ComparedModule {
  readonly name: string;
  readonly from: number | null;
  readonly to: number | null;
  readonly source: number | null;
  readonly migrated: boolean;
}

/** A store and whether the node serves it, as it should or should not. */
export interface ComparedStore {
  readonly name: string;
  readonly expected: boolean;
  readonly found: boolean;
}

/**
 * What went wrong: the node's words, and the rule and the place in the source that they lead to;
 * null where they lead to none.
 */
export interface Failure {
  readonly step: string;
  readonly words: string;
  readonly rule: string | null;
  readonly file: string | null;
  readonly line: number | null;
  readonly fix: string | null;
  /** The store, and its key in hexadecimal, where the upgrade stopped; absent where not told. */
  readonly store?: string;
  readonly key?: string;
}

/** Nothing was compared. */
export const notCompared: Compared = {
  plan: null,
  modules: [],
  stores: [],
  changes: [],
  appHash: null,
  invariants: [],
  rescue: [],
  checks: [],
  pending: [],
};
