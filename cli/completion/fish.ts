import type { Command, Option } from '../command.ts';
import { completedBy, offeredOptions, quoted, spellings } from './words.ts';

/** A fish script: the file `completions/chain-upgrade.fish` of fish's configuration. */
export function fishCompletion(commands: readonly Command[]): string {
  const lines = commands.flatMap(command => [
    `complete -c chain-upgrade -n __fish_use_subcommand -f -a ${command.name} -d ${quoted(command.summary)}`,
    ...offeredOptions(command).flatMap(option => optionLines(command, option)),
    ...argumentLines(command),
  ]);
  return `# Completes command lines of chain-upgrade in fish.\n${lines.join('\n')}\n`;
}

function optionLines({ name }: Command, option: Option): string[] {
  const { value, help } = option;
  return spellings(option).map(
    spelling =>
      `complete -c chain-upgrade ${after(name)} -l ${spelling.slice(2)} -d ${quoted(help)}` +
      (value === undefined ? '' : ` ${takes(value)}`),
  );
}

function argumentLines({ name, argument }: Command): string[] {
  const completed = argument ? completedBy(argument.name) : 'unknown';
  return typeof completed === 'object'
    ? [`complete -c chain-upgrade ${after(name)} -f -a ${quoted(completed.join(' '))}`]
    : [];
}

function after(command: string): string {
  return `-n ${quoted(`__fish_seen_subcommand_from ${command}`)}`;
}

function takes(value: string): string {
  const completed = completedBy(value);
  if (typeof completed === 'object') return `-x -a ${quoted(completed.join(' '))}`;
  if (completed === 'folder') return `-x -a ${quoted('(__fish_complete_directories)')}`;
  return completed === 'file' ? '-r -F' : '-x';
}
