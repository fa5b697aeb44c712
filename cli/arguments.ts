import type { ParseArgsConfig } from 'node:util';
import { parseArgs } from 'node:util';
import type { Command, Input } from './command.ts';
import { always } from './command.ts';

/** Reads a command's options and its argument. Throws one line that says what is wrong. */
export function readArguments(command: Command, args: readonly string[]): Input {
  const options = [...always, ...command.options];
  const { values, positionals } = parse(
    command,
    args,
    Object.fromEntries(
      options.map(option => [
        option.name,
        {
          type: option.value ? ('string' as const) : ('boolean' as const),
          multiple: option.value !== undefined,
          ...(option.name === 'help' && { short: 'h' }),
        },
      ]),
    ),
  );
  if (positionals.length > (command.argument ? 1 : 0)) {
    const odd = positionals[command.argument ? 1 : 0]!;
    throw new Error(
      `${command.name} takes ${command.argument ? `one ${command.argument.name}` : 'no argument'}, ${JSON.stringify(odd)} is one too many`,
    );
  }
  for (const { name, value, several, negatable } of options) {
    const given = values[name];
    if (value && !several && Array.isArray(given) && given.length > 1)
      throw new Error(`--${name} may be given once`);
    if (value && !several && Array.isArray(given) && given[0] === '')
      throw new Error(`--${name} needs a value: ${value}`);
    if (given === false && !negatable)
      throw new Error(`unknown option '--no-${name}'; see chain-upgrade ${command.name} --help`);
  }
  return {
    argument: positionals[0],
    text: name => (values[name] as string[] | undefined)?.at(-1),
    flag: name => values[name] === true,
    all: name => values[name] as string[] | boolean | undefined,
  };
}

function parse(
  command: Command,
  args: readonly string[],
  options: NonNullable<ParseArgsConfig['options']>,
) {
  try {
    return parseArgs({
      args: [...args],
      options,
      strict: true,
      allowPositionals: true,
      allowNegative: true,
    });
  } catch (error) {
    const [first = ''] = (error as Error).message.split(/\.?\n|\. /);
    const [, name, how] =
      /^Option '(?:-\w, )?--([\w-]+).*' argument (is ambiguous|missing)/.exec(first) ?? [];
    if (name !== undefined) {
      const value = command.options.find(option => option.name === name)?.value ?? 'VALUE';
      throw new Error(
        `--${name} needs a value: ${value}${how === 'missing' ? '' : `; one that begins with a dash is given as --${name}=${value}`}`,
      );
    }
    throw new Error(
      `${first.charAt(0).toLowerCase()}${first.slice(1)}; see chain-upgrade ${command.name} --help`,
    );
  }
}
