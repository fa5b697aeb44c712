import type { Analysis } from '../chain/analysis.ts';
import type { Baseline } from '../chain/baseline.ts';
import type { App } from '../chain/chain.ts';
import type { OldType } from './migration/old-message/compare.ts';

/** What a plan is made from: the repository as it was read, one of its apps, and the last release. */
export interface PlanInput {
  readonly analysis: Analysis;
  readonly app: App;
  readonly base?: Baseline | undefined;
  /** The message that a migration reads its values as, where one is asked for (`readOldType`). */
  readonly oldType?: OldType;
}
