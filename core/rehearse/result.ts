/** What a rehearsal found: the shape that `--format json` prints. */
export interface Rehearsal {
  readonly plan: string;
  /** The version that was upgraded from. */
  readonly from: string;
  readonly steps: readonly RehearsalStep[];
  readonly compared: Compared;
  readonly failure?: Failure;
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
}

/** Nothing was compared. */
export const notCompared: Compared = { plan: null, modules: [], stores: [] };
