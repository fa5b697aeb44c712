import type { App, Chain } from '../chain/chain.ts';
import type { Answers, Question } from './question.ts';

/** What the questions of a new upgrade may look at. */
export interface UpgradeContext {
  readonly chain: Chain;
  readonly app: App;
  /** The chain as of the last release, where there is one. */
  readonly base?: Chain;
  readonly answers: Answers;
}

/** The questions of a new upgrade, in the order they are asked. */
export const upgradeQuestions: readonly Question<UpgradeContext>[] = [];
