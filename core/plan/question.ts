/**
 * A question as data. Its id is the command-line option, the `yo` option and the wizard step; front
 * ends only draw it. `C` is what a question may look at (the chain, its baseline, the answers so far).
 */
export interface Question<C> {
  readonly id: string;
  readonly kind: 'text' | 'confirm' | 'choice' | 'choices';
  /** The step's heading, two or three words. */
  readonly title: string;
  /** The question itself. */
  readonly prompt: string;
  /** One line for `--help`. */
  readonly help: string;
  /** What stands for the value in `--help`, such as `KEY,…`; absent for flags. */
  readonly value?: string;
  /** May be given several times (`--binary`). */
  readonly repeatable?: boolean;
  /** Whether it is asked at all; options may be given regardless. */
  readonly when?: (context: C) => boolean;
  readonly choices?: (context: C) => readonly Choice[];
  /** The value taken without asking (`--yes`) and offered first when asking. */
  readonly default?: (context: C) => Answer | undefined;
  /** An error stops, a warning is shown and may be passed. */
  readonly validate?: (value: Answer, context: C) => Verdict | undefined;
}

/** `text` and `choice` give a string, `choices` a list, `confirm` a boolean. */
export type Answer = string | readonly string[] | boolean;
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly detail?: string;
  readonly picked?: boolean;
  /** What it is listed under, for front ends that show groups; those of a group follow another. */
  readonly group?: string;
}
export interface Verdict {
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/**
 * The items of an answer that lists something, which may be one text with commas; undefined where
 * there is no answer.
 */
export function answerItems(answer: Answer | undefined): string[] | undefined {
  return answer === undefined
    ? undefined
    : [answer]
        .flat()
        .filter((k): k is string => typeof k === 'string')
        .flatMap(k => k.split(','))
        .map(k => k.trim())
        .filter(k => k !== '');
}

/** Answers by question id; what is absent takes its default. */
export type Answers = Readonly<Record<string, Answer | undefined>>;

/** Answers with the defaults of the questions that apply and were not answered. */
export function defaultAnswers<C>(
  questions: readonly Question<C>[],
  given: Answers,
  contextOf: (answers: Answers) => C,
): Answers {
  const answers: Record<string, Answer | undefined> = { ...given };
  for (const question of questions) {
    const context = contextOf(answers);
    if (answers[question.id] !== undefined || !(question.when?.(context) ?? true)) continue;
    const answer = question.default?.(context);
    if (answer !== undefined) answers[question.id] = answer;
  }
  return answers;
}
