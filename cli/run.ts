import { reasonOf } from '../host/errors.ts';
import { readArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { commands } from './commands.ts';
import { exit } from './exit.ts';
import { helpAll, helpOne } from './help.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

/**
 * Runs one command line and gives its exit code. Whatever goes wrong is one line on standard error.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    if (isInterrupt(error)) return exit.interrupted;
    terminal.tell(`chain-upgrade: ${reasonOf(error)}`);
    return exit.refused;
  }
}

async function dispatch([first, ...rest]: readonly string[], terminal: Terminal): Promise<number> {
  if (first === '--version') return print(terminal, version() + '\n');
  if (first === '--help' || first === '-h' || (first === 'help' && rest.length === 0))
    return print(terminal, helpAll(commands));
  if (first === 'help') return print(terminal, helpOne(commandNamed(rest[0]!)));
  if (first === undefined)
    throw new Error(`no command given; the commands are ${names()}, see chain-upgrade --help`);
  const command = commandNamed(first);
  const input = readArguments(command, rest);
  if (input.flag('help')) return print(terminal, helpOne(command));
  if (input.flag('version')) return print(terminal, version() + '\n');
  return command.run(input, terminal);
}

function commandNamed(name: string): Command {
  const command = commands.find(candidate => candidate.name === name);
  if (!command)
    throw new Error(
      `${name.startsWith('-') ? 'unknown option' : 'unknown command'} '${name}'; the commands are ${names()}, see chain-upgrade --help`,
    );
  return command;
}

function names(): string {
  return commands.map(command => command.name).join(', ');
}

function print(terminal: Terminal, text: string): number {
  terminal.out(text);
  return exit.done;
}

/** Ctrl-C or Ctrl-D at a question. */
function isInterrupt(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'ExitPromptError' || error.name === 'AbortPromptError')
  );
}
