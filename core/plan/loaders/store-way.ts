import type { LoaderPlace, LoaderWay } from '../../edit/loaders/loader-way.ts';
import type { Site } from '../../wiring/style.ts';
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

/** Where a new upgrade's stores are loaded. */
export interface LoadPlace extends LoadRequest, LoaderPlace {}

/**
 * A way of loading a new upgrade's stores, in the table of `load-stores.ts`: one of
 * `core/edit/loaders`, or one of this folder, which needs the new upgrade's package.
 */
export type StoreWay = LoaderWay<Job, LoadPlace>;
