import type { Answer, Answers, Question } from '../../core/plan/question.ts';
import { Refusal } from '../../core/refusal.ts';

/** What options gave, by question id: text, several texts, or a flag. */
export type OptionValues = Readonly<
  Record<string, string | readonly string[] | boolean | undefined>
>;

/** Draws one question and gives its answer. A front end that cannot ask has none. */
export type Ask<C> = (question: Question<C>, context: C) => Promise<Answer>;

/**
 * The answer an option stands for: lists are separated by commas, unless the option is repeated
 * instead.
 */
export function answerOf(
  { id, kind, repeatable }: Question<never>,
  given: string | readonly string[] | boolean,
): Answer {
  if (kind === 'confirm') {
    if (typeof given === 'boolean') return given;
    throw new Refusal(`--${id} takes no value`);
  }
  if (typeof given === 'boolean') throw new Refusal(`--${id} needs a value`);
  const texts = typeof given === 'string' ? [given] : given;
  if (repeatable) return items(texts);
  if (kind === 'choices') return items(texts.flatMap(text => text.split(',')));
  if (texts.length > 1) throw new Refusal(`--${id} may be given once`);
  return texts[0]!;
}

function items(texts: readonly string[]): string[] {
  return [...new Set(texts.map(text => text.trim()).filter(Boolean))];
}

/**
 * Answers by question id: options first, then for the questions that apply what the user says, or
 * the default where nobody is asked. Throws where an option's value is wrong, before anything is
 * asked.
 */
export async function collectAnswers<C>(
  questions: readonly Question<C>[],
  given: OptionValues,
  contextOf: (answers: Answers) => C,
  ask?: Ask<C>,
): Promise<Answers> {
  const answers: Record<string, Answer> = {};
  for (const question of questions) {
    const value = given[question.id];
    if (value !== undefined) answers[question.id] = answerOf(question, value);
  }
  for (const question of questions) {
    const value = answers[question.id];
    if (value === undefined) continue;
    const verdict = question.validate?.(value, contextOf(answers));
    if (verdict?.severity === 'error') throw new Refusal(verdict.message);
  }
  for (const question of questions) {
    const context = contextOf(answers);
    if (answers[question.id] !== undefined || !(question.when?.(context) ?? true)) continue;
    const answer = ask ? await ask(question, context) : question.default?.(context);
    if (answer !== undefined) answers[question.id] = answer;
  }
  return answers;
}
