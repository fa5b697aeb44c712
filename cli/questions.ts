import type { Question } from '../core/plan/question.ts';
import { Refusal } from '../core/refusal.ts';
import type { OptionValues } from '../host/commands/answers.ts';
import type { Argument, Input, Option } from './command.ts';

/**
 * The options that answer questions; the one that is the command's argument may be given either
 * way.
 */
export function questionOptions(
  questions: readonly Question<never>[],
  argument: string | undefined,
): Option[] {
  return questions.map(({ id, kind, value, help, repeatable }) => {
    if (kind === 'confirm') return { name: id, help, negatable: true };
    return {
      name: id,
      value: value ?? 'TEXT',
      help: repeatable ? `${help} (repeatable)` : help,
      several: kind === 'choices' || repeatable === true,
      hidden: id === argument,
    };
  });
}

/** The argument that answers a question. */
export function questionArgument(questions: readonly Question<never>[], id: string): Argument {
  const { help = '' } = questions.find(question => question.id === id) ?? {};
  return { name: id.toUpperCase(), help };
}

/**
 * What was given for the questions; `argument` is the question that the command's argument answers.
 */
export function givenAnswers(
  questions: readonly Question<never>[],
  input: Input,
  argument: string | undefined,
): OptionValues {
  if (argument !== undefined && input.argument !== undefined && input.all(argument) !== undefined)
    throw new Refusal(`the ${argument} is given twice: as argument and with --${argument}`);
  const given = Object.fromEntries(questions.map(({ id }) => [id, input.all(id)]));
  return argument === undefined || input.argument === undefined
    ? given
    : { ...given, [argument]: input.argument };
}
