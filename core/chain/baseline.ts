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
  return [`compared with ${release.ref}`, ...release.notes];
}
