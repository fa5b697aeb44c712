import type { Compared, Failure, Rehearsal } from '../result.ts';

/**
 * A rehearsal as a report takes it: the result of one, with all that a way of rehearsing may find
 * besides, each absent where it was not looked at.
 */
export type ReportedRehearsal = Rehearsal & {
  /** `driven` where the tool made the blocks, `validator` where CometBFT did. */
  readonly mode?: string;
  /** Where its state came from; null for a fresh chain. */
  readonly state?: {
    readonly source: string;
    readonly chainId: string;
    readonly height: number;
  } | null;
  /** What the upgrade block cost. */
  readonly cost?: {
    readonly finalizeMs: number;
    readonly commitMs: number;
    readonly peakBytes: number | null;
  } | null;
  readonly compared: Compared & ReportedComparison;
  readonly failure?: Failure & { readonly store?: string | null; readonly key?: string | null };
};

/** What is compared besides. */
export interface ReportedComparison {
  readonly changes?: readonly ReportedChange[];
  readonly appHash?: {
    readonly first: string;
    readonly second: string;
    readonly equal: boolean;
    readonly differs: readonly { readonly store: string; readonly key: string | null }[];
  } | null;
  readonly invariants?: readonly ReportedCheck[];
  readonly rescue?: readonly { readonly binary: string; readonly ok: boolean }[];
  readonly checks?: readonly ReportedCheck[];
  readonly pending?: readonly { readonly what: string; readonly type: string }[];
}

/** How a store changed in the upgrade block: numbers of keys. */
export interface ReportedChange {
  readonly store: string;
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
  readonly bytes: number;
  readonly explained: boolean;
  readonly migrated: boolean;
}

/** Something that was asked before and after. */
export interface ReportedCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly before: unknown;
  readonly after: unknown;
}
