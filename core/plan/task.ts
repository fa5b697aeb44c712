import type { FileSource } from '../files.ts';
import type { Base } from './base.ts';
import type { Plan } from './plan.ts';
import type { Answers, Question } from './question.ts';
import type { UpgradeInput } from './upgrade/upgrade-input.ts';
import type { UpgradeContext } from './upgrade/upgrade-questions.ts';

/** Something the tool writes: what it asks, and how the answers become a plan. */
export interface Task {
  readonly questions: readonly Question<UpgradeContext>[];
  readonly plan: (input: UpgradeInput, answers: Answers) => Plan;
  /**
   * What the plan needs of files that are not loaded, where the answers ask for something that
   * does. Throws `Refused`.
   */
  readonly read?: (
    input: UpgradeInput,
    answers: Answers,
    sources: Sources,
  ) => Promise<Partial<UpgradeInput>>;
}

/** All files of the repository, as they are and as of the last release. */
export interface Sources {
  readonly now: FileSource;
  readonly base: Base;
}

/** A task as doors offer it. */
export interface OfferedTask extends Task {
  /** What an editor calls it: the command's title, and the heading of its steps. */
  readonly title: string;
  /** The question that a terminal takes the answer to without an option's name. */
  readonly argument: string;
}
