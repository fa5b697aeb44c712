import type { Answer, Question, Verdict } from '../core/plan/question.ts';

/** A question as Yeoman's adapters draw it. */
export interface Prompt {
  readonly type: 'input' | 'confirm' | 'select' | 'list' | 'checkbox';
  readonly name: string;
  readonly message: string;
  readonly default?: unknown;
  readonly choices?: readonly { name: string; value: string; checked?: boolean }[];
  readonly validate?: (input: unknown) => true | string;
}

/** The adapter's own prompt type for one of several: older ones know only `list`. */
export type PickOne = 'select' | 'list';

/** Draws a question. Lists that offer nothing to pick are typed, separated by commas. */
export function promptFor<C>(question: Question<C>, context: C, pickOne: PickOne): Prompt {
  const { id: name, kind, prompt: message } = question;
  const preset = question.default?.(context);
  const choices = question.choices?.(context) ?? [];
  const validate = (input: unknown): true | string => {
    const verdict = verdictOf(question, context, readAnswer(question, input));
    return verdict?.severity === 'error' ? verdict.message : true;
  };
  switch (kind) {
    case 'confirm':
      return { type: 'confirm', name, message, default: preset === true };
    case 'choice':
      return {
        type: pickOne,
        name,
        message,
        default: preset,
        choices: choices.map(({ label, value }) => ({ name: label, value })),
      };
    case 'text':
      return {
        type: 'input',
        name,
        message,
        default: preset === '' ? undefined : preset,
        validate,
      };
    case 'choices': {
      const picked = Array.isArray(preset)
        ? preset
        : choices.filter(choice => choice.picked).map(choice => choice.value);
      if (choices.length === 0) {
        return {
          type: 'input',
          name,
          message: `${message} (separated by commas, empty for none)`,
          default: picked.length > 0 ? picked.join(',') : undefined,
          validate,
        };
      }
      return {
        type: 'checkbox',
        name,
        message,
        default: picked,
        choices: choices.map(({ label, detail, value }) => ({
          name: detail ? `${label} (${detail})` : label,
          value,
          checked: picked.includes(value),
        })),
        validate: items => validate(valuesOf(items)),
      };
    }
  }
}

/** What an adapter answered, as the question's answer. */
export function readAnswer(question: Pick<Question<never>, 'kind'>, input: unknown): Answer {
  if (question.kind === 'confirm') return input === true;
  if (question.kind !== 'choices') return textOf(input);
  if (Array.isArray(input)) return input.map(String);
  return textOf(input)
    .split(',')
    .map(item => item.trim())
    .filter(Boolean);
}

/** What was typed; a value that is no text is taken as one. */
function textOf(input: unknown): string {
  return String((input ?? '') as string).trim();
}

/** What a question says of an answer. */
export function verdictOf<C>(
  question: Question<C>,
  context: C,
  answer: Answer,
): Verdict | undefined {
  return question.validate?.(answer, context);
}

/** Some adapters validate the picked values, some the picked choices. */
function valuesOf(items: unknown): unknown[] {
  return (Array.isArray(items) ? items : []).map(item =>
    typeof item === 'object' && item !== null && 'value' in item ? item.value : item,
  );
}
