import type { StyleCode } from '../../wiring/style.ts';
import type { Answers } from '../question.ts';
import type { Job } from '../upgrade/job.ts';

/**
 * What may differ after a plan besides the new upgrade: a plan name that is rewritten in place, or
 * one that is no longer registered; or the build tags that the new one is registered under, once
 * each. Undefined: nothing.
 */
export type AllowedChange =
  | { readonly replaces?: string; readonly retires?: string; readonly lists?: readonly string[] }
  | undefined;

/**
 * A way in which chains take one more upgrade: a file of this folder, named in the table of
 * `upgrade-ways.ts`.
 */
export interface Way {
  /** The codes of `docs/wiring-styles.md` that it writes into. */
  readonly codes: readonly StyleCode[];
  /**
   * Whether the chain rewrites a single handler, which `--convert` may turn into a list of upgrades
   * instead.
   */
  readonly single?: true;
  /**
   * Writes the upgrade into the job's changes and creates; throws `Refusal` where that is not safe.
   * Returns what becomes of an earlier upgrade, if anything.
   */
  insert(job: Job, answers: Answers): AllowedChange;
}
