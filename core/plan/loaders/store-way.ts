import type { StoreCode } from '../../edit/store-code.ts';
import type { Site, StoreLoading, StyleCode } from '../../wiring/style.ts';
import type { PackageName } from '../package/package-name.ts';
import type { Job } from '../upgrade/job.ts';

/**
 * How the wiring file spells the new plan's name, and the registration behind which new statements
 * go.
 */
export interface LoadRequest {
  /** The constant as seen from the wiring's file; undefined for names written as literals. */
  readonly constant: string | undefined;
  readonly after: Site;
  /**
   * The new upgrade's package, where it has one of its own that handler and stores may go into, and
   * how the wiring's file calls it.
   */
  readonly made?: { readonly target: PackageName; readonly qualifier: string };
}

/**
 * Where an upgrade's stores are loaded: the chain's loader that is followed (none for S0), and the
 * stores written for its file.
 */
export interface LoadPlace extends LoadRequest {
  readonly loading: StoreLoading | undefined;
  readonly site: Site;
  readonly code: StoreCode;
}

/**
 * A way in which chains that register handlers one by one load an upgrade's stores: a file of this
 * folder, named in the table of `load-stores.ts`.
 */
export interface StoreWay {
  /** The codes of `docs/wiring-styles.md` that it writes into. */
  readonly codes: readonly StyleCode[];
  /** Which of the chain's loaders of those codes is followed: the first, or the last. */
  readonly follows: 'first' | 'last';
  /** Gives false, and changes nothing, where this one cannot be followed. */
  insert(job: Job, place: LoadPlace): boolean;
}
