import type { Chain } from '../chain/chain.ts';
import type { FileSource } from '../files.ts';
import type { Repo } from '../go/repo/repo.ts';

/** The chain as of the last release, and that release's name; without one, the reason. */
export type Base =
  | {
      readonly ref: string;
      readonly chain: Chain;
      readonly repo: Repo /** Whether the current commit is built on it. */;
      readonly merged: boolean;
      readonly notes: readonly string[] /** All its files, those included that `repo` does not hold. */;
      readonly files: FileSource;
    }
  | { readonly reason: string };

/** What a plan says of the comparison it was made with. */
export function baseNotes(base: Base): string[] {
  return 'chain' in base
    ? [`compared with ${base.ref}`, ...base.notes]
    : [`not compared with a release: ${base.reason}`];
}
