import type { Answer, Answers, Choice } from '../question.ts';

/**
 * What a migration can do of what is written outright; each but the first is the option of its name
 * too.
 */
export const bodies: readonly Choice[] = [
  { value: 'own', label: 'Something of its own', detail: 'its body is still to be written' },
  {
    value: 'prefix',
    label: 'Move a key prefix',
    detail: 'all entries under one prefix go under another',
  },
  {
    value: 'new-params',
    label: 'Add parameters',
    detail: 'new ones start from DefaultParams, all others keep their values',
  },
  {
    value: 'legacy-params',
    label: 'Move parameters out of x/params',
    detail: 'into where the module keeps them now',
  },
  {
    value: 'old-codec',
    label: 'Write a collection with another codec',
    detail: 'the values of a collections.Map or Item stay what they are',
  },
  {
    value: 'old-type',
    label: 'Read values as the message they were',
    detail: 'the message of the last release is kept beside the migration',
  },
];

const given = (answer: Answer | undefined) =>
  answer !== undefined && answer !== '' && answer !== false;
const optionsAsked = (answers: Answers) =>
  bodies.map(b => b.value).filter(value => given(answers[value]));

/** Whether an option says already what the migration does. */
export function optionAsked(answers: Answers): boolean {
  return optionsAsked(answers).length > 0;
}

/** The error for a body that does not exist. */
export function noBody(body: string): string {
  return `there is no body ${body}; choose one of ${bodies.map(b => b.value).join(', ')}`;
}

/**
 * The body that the answers ask for; `error` where they ask for two, or leave out what one needs.
 */
export function bodyAsked(
  answers: Answers,
): { readonly body: string } | { readonly error: string } {
  const options = optionsAsked(answers);
  const body = given(answers['body']) ? String(answers['body']) : undefined;
  if (options.length > 1)
    return {
      error:
        `--${options[0]!} and --${options[1]!} ask for two migrations; do one, and write the other ` +
        'into it',
    };
  if (body !== undefined && options[0] !== undefined && options[0] !== body)
    return { error: `--body ${body} and --${options[0]} ask for two migrations; give one of them` };
  if (body !== undefined && !bodies.some(b => b.value === body)) return { error: noBody(body) };
  if (body !== undefined && body !== 'own' && body !== 'legacy-params' && options.length === 0)
    return { error: `--body ${body} needs --${body} too` };
  return { body: options[0] ?? body ?? 'own' };
}
