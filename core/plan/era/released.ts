import type { Eras } from '../../chain/eras/eras.ts';
import { readErasOf } from '../../chain/eras/eras.ts';
import type { PlanInput } from '../plan-input.ts';

/** The eras of the app as of the last release; undefined where it had none, or is not known. */
export function erasOfRelease({ base, app }: PlanInput): Eras | undefined {
  if (!base?.repo) return undefined;
  const then = base.chain.apps.find(({ dir }) => dir === app.dir) ?? base.chain.apps[0];
  return then && readErasOf(base.repo, then);
}
