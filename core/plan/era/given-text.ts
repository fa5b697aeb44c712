import type { Answers } from '../question.ts';

/** An answer that is a text, without blanks around it; undefined where there is none. */
export function givenText(answers: Answers, id: string): string | undefined {
  const given = answers[id];
  const text = typeof given === 'string' ? given.trim() : '';
  return text === '' ? undefined : text;
}
