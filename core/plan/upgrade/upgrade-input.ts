import type { App, Chain } from '../../chain/chain.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { OldType } from '../migration/old-message/compare.ts';

/** What a plan is made from: the repository, what it is, and the chain as of the last release. */
export interface UpgradeInput {
  readonly repo: Repo;
  readonly chain: Chain;
  readonly app: App;
  readonly base?: Chain;
  /** The message that a migration reads its values as, where one is asked for (`readOldType`). */
  readonly oldType?: OldType;
}
