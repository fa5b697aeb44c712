import type { FileSource } from '../files.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { App, Chain } from './chain.ts';

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

/** Whether a baseline tells of an app; of the only one each does. */
export function speaksOf({ apps }: Baseline, { dir }: Pick<App, 'dir'>, chain: Chain): boolean {
  return apps === undefined || chain.apps.length === 1 || apps.includes(dir);
}

/** What is compared with, or that nothing is and the reason, as far as that is known. */
export function comparedText(refs: readonly string[], reason: string | undefined): string {
  if (refs.length > 0) return `compared with ${refs.join(', ')}`;
  return `not compared with a release${reason === undefined ? '' : `: ${reason}`}`;
}

/** Whether a note says nothing but with what was compared, and leaves no doubt of that. */
export function isPlainComparison(note: string): boolean {
  return note.startsWith(comparedText([''], undefined)) && !note.includes(', ');
}

/** What a plan says of the comparison it was made with. */
export function baselineNotes(release: ReleaseOrReason): string[] {
  if ('reason' in release) return [comparedText([], release.reason)];
  return [comparedWith(release), ...release.notes];
}

/** What was compared with, and why that may be wrong. */
export function comparedWith({ ref, doubt }: Baseline): string {
  const compared = comparedText([ref], undefined);
  return doubt === undefined
    ? compared
    : `${compared}, which may not be what the network runs: ${doubt}; ` +
        'name what it runs with --base REF';
}
