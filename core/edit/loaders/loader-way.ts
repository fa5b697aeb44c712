import type { App } from '../../chain/chain.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Site, StoreLoading, StyleCode, Wiring } from '../../wiring/style.ts';
import type { StoreCode } from '../store-code.ts';

/** The upgrade whose stores are to be loaded, and the texts that this is written into. */
export interface LoaderJob {
  readonly repo: Repo;
  readonly app: App;
  readonly wiring: Wiring;
  /** The plan's name. */
  readonly name: string;
  readonly changes: EditBatch;
}

/**
 * Where an upgrade's stores are loaded: the chain's loader that is followed (none for S0), and the
 * stores written for its file.
 */
export interface LoaderPlace {
  /** The constant of the plan's name as seen from the site's file; undefined for a literal. */
  readonly constant: string | undefined;
  readonly loading: StoreLoading | undefined;
  readonly site: Site;
  readonly code: StoreCode;
}

/**
 * A way in which chains that register handlers one by one load an upgrade's stores. `Job` and
 * `Place` are what it needs to know.
 */
export interface LoaderWay<
  Job extends LoaderJob = LoaderJob,
  Place extends LoaderPlace = LoaderPlace,
> {
  /** The codes of `docs/wiring-styles.md` that it writes into. */
  readonly codes: readonly StyleCode[];
  /** Which of the chain's loaders of those codes is followed: the first, or the last. */
  readonly follows: 'first' | 'last';
  /** Gives false, and changes nothing, where this one cannot be followed. */
  insert(job: Job, place: Place): boolean;
}

/**
 * The loader that a way writes into: one that the chain calls, or one that waits to be called; none
 * where the chain calls none, and the way makes the first one. Undefined where the way cannot be
 * taken.
 */
export function loaderToFollow(
  { codes, follows }: Pick<LoaderWay, 'codes' | 'follows'>,
  called: readonly StoreLoading[],
  uncalled: readonly StoreLoading[] = [],
): { readonly loading: StoreLoading | undefined } | undefined {
  const own = [...called, ...uncalled].filter(({ code }) => codes.includes(code));
  const found = follows === 'first' ? own[0] : own.at(-1);
  if (found) return { loading: found };
  // A first loader beside others would take their place.
  return called.length === 0 && codes.includes('S0') ? { loading: undefined } : undefined;
}
