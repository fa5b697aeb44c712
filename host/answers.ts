import type { Answer, Answers, Question } from '../core/plan/question.ts';
import { Refused } from './errors.ts';

/** What options gave, by question id: text, several texts, or a flag. */
export type Given = Readonly<Record<string, string | readonly string[] | boolean | undefined>>;

/** Draws one question and gives its answer. A door that cannot ask has none. */
export type Ask<C> = (question: Question<C>, context: C) => Promise<Answer>;

/** The answer an option stands for: lists are separated by commas, unless the option is repeated instead. */
export function answerOf({ id, kind, repeatable }: Question<never>, given: string | readonly string[] | boolean): Answer {
  if (kind === 'confirm') {
    if (typeof given === 'boolean') return given;
    throw new Refused(`--${id} takes no value`);
  }
  if (typeof given === 'boolean') throw new Refused(`--${id} needs a value`);
  const texts = typeof given === 'string' ? [given] : given;
  if (kind === 'choices') {
    const items = repeatable ? texts : texts.flatMap(text => text.split(','));
    return [...new Set(items.map(item => item.trim()).filter(Boolean))];
  }
  if (texts.length > 1) throw new Refused(`--${id} may be given once`);
  return texts[0]!;
}

/**
 * Answers by question id: options first, then, where there is somebody to ask, the questions that apply. What is left open is absent: plans take
 * the default. Throws where an option's value is wrong, before anything is asked.
 */
export async function collectAnswers<C>(questions: readonly Question<C>[], given: Given, contextOf: (answers: Answers) => C, ask?: Ask<C>): Promise<Answers> {
  const answers: Record<string, Answer> = {};
  for (const question of questions) {
    const value = given[question.id];
    if (value !== undefined) answers[question.id] = answerOf(question, value);
  }
  for (const question of questions) {
    const value = answers[question.id];
    if (value === undefined) continue;
    const verdict = question.validate?.(value, contextOf(answers));
    if (verdict?.severity === 'error') throw new Refused(verdict.message);
  }
  if (!ask) return answers;
  for (const question of questions) {
    const context = contextOf(answers);
    if (answers[question.id] === undefined && (question.when?.(context) ?? true)) answers[question.id] = await ask(question, context);
  }
  return answers;
}
