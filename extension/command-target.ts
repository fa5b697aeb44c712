import type { Answers } from '../core/plan/question.ts';

/** What a command is about, where a view, a lens or a quick fix starts it. */
export interface CommandTarget {
  /** The root of the chain, a URI. */
  readonly root: string;
  /** The folder of the app. */
  readonly app?: string;
  /** The plan to rehearse. */
  readonly plan?: string;
  /** Answers that need not be asked for, by question. */
  readonly answers?: Answers;
}

/** What carries a target, such as a line of the view. */
export interface Targeted {
  readonly target: CommandTarget;
}

/**
 * What a command was given, where that is a target. Key bindings and other extensions may give
 * anything; then the command asks, as from the palette.
 */
export function commandTarget(given: unknown): CommandTarget | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { target = given } = given as { target?: unknown };
  return isTarget(target) ? target : undefined;
}

function isTarget(value: unknown): value is CommandTarget {
  if (typeof value !== 'object' || value === null) return false;
  const { root, app, plan, answers } = value as Record<string, unknown>;
  const areTexts = [app, plan].every(one => one === undefined || typeof one === 'string');
  const areAnswers = answers === undefined || (typeof answers === 'object' && answers !== null);
  return typeof root === 'string' && areTexts && areAnswers;
}
