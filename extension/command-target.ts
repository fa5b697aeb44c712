import type { Answer, Answers } from '../core/plan/question.ts';

/** What a command is about, where a view, a lens or a quick fix starts it. */
export interface CommandTarget {
  /** The root of the chain, a URI. */
  readonly root: string;
  /** The folder of the app. */
  readonly app?: string;
  /** The plan to rehearse, or to prepare files of. */
  readonly plan?: string;
  /** Answers that need not be asked for, by question. */
  readonly answers?: Answers;
}

/** What carries a target, such as a line of the view; without one the command asks. */
export interface Targeted {
  readonly target: CommandTarget | undefined;
}

/**
 * What a command was given. From the palette that is nothing, and the command asks; key bindings and
 * other extensions may give anything, and what is no target is an error.
 */
export function commandTarget(given: unknown): CommandTarget | undefined {
  if (given === undefined || given === null) return undefined;
  if (typeof given !== 'object') throw wrong(`it is ${JSON.stringify(given)}`);
  const target = 'target' in given ? given.target : given;
  if (target === undefined) return undefined;
  if (typeof target !== 'object' || target === null) throw wrong('its target is no object');
  const { root, app, plan, answers } = target as Record<string, unknown>;
  if (typeof root !== 'string') throw wrong('"root" is not the address of a folder');
  for (const [name, value] of Object.entries({ app, plan }))
    if (value !== undefined && typeof value !== 'string') throw wrong(`"${name}" is no text`);
  ensureAnswers(answers);
  return target as CommandTarget;
}

function ensureAnswers(answers: unknown): void {
  if (answers === undefined) return;
  if (typeof answers !== 'object' || answers === null || Array.isArray(answers))
    throw wrong('"answers" is no object');
  for (const [question, answer] of Object.entries(answers))
    if (!isAnswer(answer))
      throw wrong(`the answer "${question}" is no text, no list of texts and no yes or no`);
}

function isAnswer(value: unknown): value is Answer {
  if (Array.isArray(value)) return value.every(item => typeof item === 'string');
  return ['string', 'boolean', 'undefined'].includes(typeof value);
}

function wrong(why: string): Error {
  return new Error(
    'the argument of this command has to be an object with "root" and, as needed, "app", "plan" ' +
      `and "answers", but ${why}`,
  );
}
