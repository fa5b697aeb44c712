import { codeOf, reasonOf } from '../host/errors.ts';
import { exit } from './exit.ts';
import { messageLine } from './messages.ts';

/** Where a command writes and whether it may ask. Only `out` is the command's result. */
export interface Terminal {
  out(text: string): void;
  /** One line to the user, beside the result. */
  tell(line: string): void;
  /** Text to the user, beside the result, as it is. */
  show(text: string): void;
  /** Whether a person can answer. */
  readonly interactive: boolean;
  /** Whether what is shown beside the result may be coloured. */
  readonly colour: boolean;
  /** Whether the result may be coloured. */
  readonly colourOut: boolean;
  /** The width of what shows the result, in characters; absent where it is not known. */
  readonly columns?: number | undefined;
}

/**
 * The process's own standard streams. Questions go to standard error, so that a result may be
 * redirected while they are asked.
 */
export function standardTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  stdout.on('error', error => {
    // The reader went away (`| head`): nobody reads a message either.
    if (codeOf(error) === 'EPIPE') return;
    process.exitCode = exit.refused;
    stderr.write(`${messageLine('error', `the result cannot be written: ${reasonOf(error)}`)}\n`);
  });
  stderr.on('error', () => {});
  const colours = !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return {
    out: text => void stdout.write(text),
    tell: line => void stderr.write(`${line}\n`),
    show: text => void stderr.write(text),
    interactive: stdin.isTTY === true && stderr.isTTY === true,
    colour: colours && stderr.isTTY === true,
    colourOut: colours && stdout.isTTY === true,
    columns: stdout.isTTY ? stdout.columns : undefined,
  };
}
