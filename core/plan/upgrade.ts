import type { App, Chain } from '../chain/chain.ts';
import type { Repo } from '../go/repo.ts';
import { refuse } from './plan.ts';
import type { Plan } from './plan.ts';
import type { Answers } from './question.ts';

/** What a new upgrade is planned from: the repository, what it is, and the chain as of the last release. */
export interface UpgradeInput {
  readonly repo: Repo;
  readonly chain: Chain;
  readonly app: App;
  readonly base?: Chain;
}

/** Plans a new upgrade. Bad answers give a refused plan, never an exception; what is offered is proved (`core/prove.ts`). */
export function planUpgrade(input: UpgradeInput, answers: Answers): Plan {
  void input; void answers;
  return refuse('not written yet');
}
