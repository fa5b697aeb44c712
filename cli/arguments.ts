import type { ParseArgsConfig } from 'node:util';
import { parseArgs } from 'node:util';
import { Refusal } from '../core/refusal.ts';
import type { Command, Input, Option } from './command.ts';
import { always } from './command.ts';

type ParseOptions = NonNullable<ParseArgsConfig['options']>;
type Value = string | boolean | (string | boolean)[] | undefined;

/** Reads a command's options and its argument. Throws one line that says what is wrong. */
export function readArguments(command: Command, args: readonly string[]): Input {
  const options = [...always, ...command.options];
  const parseOptions = Object.fromEntries(options.map(option => [option.name, parserOf(option)]));
  const { values, positionals } = parse(command, args, parseOptions);
  checkPositionals(command, positionals);
  for (const option of options) checkValue(command, option, values[option.name]);
  return {
    line: [command.name, ...positionals].join(' '),
    argument: positionals[0],
    text: name => (values[name] as string[] | undefined)?.at(-1),
    flag: name => values[name] === true,
    all: name => values[name] as string[] | boolean | undefined,
  };
}

function parserOf({ name, value }: Option): ParseOptions[string] {
  return {
    type: value === undefined ? 'boolean' : 'string',
    multiple: value !== undefined,
    ...(name === 'help' && { short: 'h' }),
  };
}

function checkPositionals({ name, argument }: Command, positionals: readonly string[]): void {
  const odd = positionals[argument ? 1 : 0];
  if (odd === undefined) return;
  const takes = argument ? `one ${argument.name}` : 'no argument';
  throw new Refusal(`${name} takes ${takes}, ${JSON.stringify(odd)} is one too many`);
}

function checkValue(command: Command, option: Option, given: Value): void {
  const { name, value, several, negatable } = option;
  if (given === false && !negatable)
    throw new Refusal(`unknown option '--no-${name}'; see chain-upgrade ${command.name} --help`);
  if (value === undefined || several || !Array.isArray(given)) return;
  if (given.length > 1) throw new Refusal(`--${name} may be given once`);
  if (given[0] === '') throw new Refusal(`--${name} needs a value: ${value}`);
}

function parse(command: Command, args: readonly string[], options: ParseOptions) {
  try {
    return parseArgs({
      args: [...args],
      options,
      strict: true,
      allowPositionals: true,
      allowNegative: true,
    });
  } catch (error) {
    throw new Refusal(parseMessage(command, error as Error));
  }
}

/** Node's own words of what is wrong on the command line, in this program's form. */
function parseMessage(command: Command, error: Error): string {
  const [first = ''] = error.message.split(/\.?\n|\. /);
  const [, name, how] =
    /^Option '(?:-\w, )?--([\w-]+).*' argument (is ambiguous|missing)/.exec(first) ?? [];
  if (name === undefined) {
    const words = first.charAt(0).toLowerCase() + first.slice(1);
    return `${words}; see chain-upgrade ${command.name} --help`;
  }
  const value = command.options.find(option => option.name === name)?.value ?? 'VALUE';
  const needs = `--${name} needs a value: ${value}`;
  if (how === 'missing') return needs;
  return `${needs}; one that begins with a dash is given as --${name}=${value}`;
}
