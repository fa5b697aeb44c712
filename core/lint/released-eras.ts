import type { Eras } from '../chain/eras/eras.ts';
import { readErasOf } from '../chain/eras/eras.ts';
import type { AppContext } from './rule.ts';

/** The eras of an app now and as of its last release, where both are read. */
export interface ErasSince {
  readonly now: Eras;
  readonly then: Eras;
  /** What the last release is called. */
  readonly ref: string;
}

/** The eras of an app beside those of its last release; undefined where either has none. */
export function erasSinceRelease({ repo, app, base }: AppContext): ErasSince | undefined {
  const now = readErasOf(repo, app);
  const then = now && base?.repo && readErasOf(base.repo, base.app);
  return then && { now, then, ref: base!.ref };
}
