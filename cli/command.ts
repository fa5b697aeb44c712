import { Refusal } from '../core/refusal.ts';
import type { Terminal } from './terminal.ts';

/** An option of a command. Without `value` it is a flag. */
export interface Option {
  readonly name: string;
  /** The placeholder of the value in `--help`. */
  readonly value?: string;
  readonly help: string;
  /** Several values: given repeatedly, or in one. */
  readonly several?: boolean;
  /** A flag that can also be turned off: `--no-test`. */
  readonly negatable?: boolean;
  /** Not listed in `--help`: the command's argument gives the same. */
  readonly hidden?: boolean;
}

/** The one argument a command takes without an option's name. */
export interface Argument {
  readonly name: string;
  readonly help: string;
}

/** What was given on the command line. */
export interface Input {
  /** The command with its argument, as people call it: `new v4`. */
  readonly line: string;
  readonly argument: string | undefined;
  /** The last value of an option that takes one. */
  text(name: string): string | undefined;
  /** Whether a flag is set. */
  flag(name: string): boolean;
  /** An option as it was given: undefined, a flag, or all its values. */
  all(name: string): readonly string[] | boolean | undefined;
}

/** One command, in one file of `commands/`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly argument?: Argument;
  readonly options: readonly Option[];
  /** Command lines for `--help`, each without the program's name. */
  readonly examples: readonly string[];
  /** Its result is a plan; with `--format json` an error is a refused one. */
  readonly makesPlan?: boolean;
  /** Does it and gives the exit code. An error it throws is reported in one line and exits 2. */
  run(input: Input, terminal: Terminal): Promise<number>;
}

/** The option that selects what standard output holds. */
export const formatOption: Option = {
  name: 'format',
  value: 'text|json',
  help: 'output format (default: text)',
};

/** Options that every command takes. */
export const always: readonly Option[] = [
  { name: 'help', help: 'print this help' },
  { name: 'version', help: 'print the version' },
];

/** The value of `--format`; the first is the default. */
export function formatOf<F extends string>(input: Input, formats: readonly F[]): F {
  const given = input.text('format');
  if (given === undefined) return formats[0]!;
  const format = formats.find(name => name === given);
  if (format !== undefined) return format;
  const expected = `${formats.slice(0, -1).join(', ')} or ${formats.at(-1)!}`;
  throw new Refusal(`invalid value ${JSON.stringify(given)} for --format (expected ${expected})`);
}
