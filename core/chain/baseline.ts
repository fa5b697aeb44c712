import type { FileSource } from '../files.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { Chain } from './chain.ts';

/** The chain as the network runs it. */
export interface Baseline {
  /** A git ref, or the chain id of a lock. */
  readonly ref: string;
  /** Its code; a lock has none. */
  readonly repo?: Repo | undefined;
  readonly chain: Chain;
  /** The folders of the only apps it describes. */
  readonly apps?: readonly string[];
  /** Whether the current commit is built on it; release branches often are not merged back. */
  readonly merged: boolean;
  /** The releases between it and now; undefined where that is not known. */
  readonly between?: readonly string[] | undefined;
  /** Why it may not be what the network runs; absent where it was named, or nothing says so. */
  readonly doubt?: string | undefined;
}

/** A baseline that was read from a release. */
export interface Release extends Baseline {
  readonly repo: Repo;
  /** What reading it had to leave out. */
  readonly notes: readonly string[];
  /** All its files, those included that `repo` does not hold. */
  readonly files: FileSource;
}

/** The last release, or the reason why there is none to compare with. */
export type ReleaseOrReason = Release | { readonly reason: string };

/** What a plan says of the comparison it was made with. */
export function baselineNotes(release: ReleaseOrReason): string[] {
  if ('reason' in release) return [`not compared with a release: ${release.reason}`];
  return [comparedWith(release), ...release.notes];
}

/** What was compared with, and why that may be wrong. */
export function comparedWith({ ref, doubt }: Baseline): string {
  return doubt === undefined
    ? `compared with ${ref}`
    : `compared with ${ref}, which may not be what the network runs: ${doubt}; ` +
        'name what it runs with --base REF';
}
