import type { Command, Option } from './command.ts';
import { always } from './command.ts';

/** `chain-upgrade --help`. */
export function helpAll(commands: readonly Command[]): string {
  return [
    'Writes, wires and checks Cosmos SDK chain upgrades.',
    '',
    'Usage: chain-upgrade COMMAND [options]',
    '',
    'Commands:',
    ...columns(commands.map(command => [usage(command), command.summary])),
    '',
    'Options:',
    ...columns(always.map(row)),
    '',
    'Exit status: 0 done; 1 findings, or declined; 2 refused or could not run.',
    'Run chain-upgrade COMMAND --help for the options of a command.',
    '',
  ].join('\n');
}

/** `chain-upgrade COMMAND --help`. */
export function helpOne(command: Command): string {
  return [
    command.summary.charAt(0).toUpperCase() + command.summary.slice(1) + '.',
    '',
    `Usage: chain-upgrade ${usage(command)} [options]`,
    '',
    ...(command.argument
      ? ['Argument:', ...columns([[command.argument.name, command.argument.help]]), '']
      : []),
    'Options:',
    ...columns([...command.options, ...always].filter(option => !option.hidden).map(row)),
    '',
  ].join('\n');
}

function usage({ name, argument }: Command): string {
  return argument ? `${name} [${argument.name}]` : name;
}

function row({ name, value, help, negatable }: Option): [string, string] {
  return [`--${negatable ? '[no-]' : ''}${name}${value ? ` ${value}` : ''}`, help];
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.min(28, Math.max(...rows.map(([left]) => left.length)));
  return rows.map(([left, right]) =>
    left.length > width
      ? `  ${left}\n  ${' '.repeat(width)}  ${right}`
      : `  ${left.padEnd(width)}  ${right}`,
  );
}
