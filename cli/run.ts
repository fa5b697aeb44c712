import { Refusal } from '../core/refusal.ts';
import type { ReportedFailure } from '../host/errors.ts';
import { failureOf } from '../host/errors.ts';
import { packageInfo } from '../host/package-info.ts';
import { readArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { commands } from './commands.ts';
import { exit } from './exit.ts';
import { failureJson, lastValue } from './failure.ts';
import { helpAll, helpOne } from './help.ts';
import { writeMessage } from './messages.ts';
import { jsonText } from './plan-json.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs one command line and gives its exit code. Whatever goes wrong is one line on standard error,
 * and with `--format json` that format on standard output.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    if (isInterrupt(error)) return exit.interrupted;
    report(failureOf(error, packageInfo().issues), args, terminal);
    return exit.refused;
  }
}

function report(failure: ReportedFailure, args: readonly string[], terminal: Terminal): void {
  const command = commands.find(({ name }) => name === args[0]);
  if (command && lastValue(args, 'format') === 'json') {
    const planFolder = command.makesPlan ? (lastValue(args, 'dir') ?? '.') : undefined;
    terminal.out(jsonText(failureJson(failure, planFolder)));
  }
  writeMessage(terminal, 'error', failure.message);
}

async function dispatch([first, ...rest]: readonly string[], terminal: Terminal): Promise<number> {
  if (first === undefined)
    throw new Refusal(`no command given; the commands are ${names()}, see chain-upgrade --help`);
  if (first === '--version') return printVersion(terminal);
  if (first === '--help' || first === '-h') return printHelp(terminal);
  if (first === 'help') return printHelp(terminal, rest[0]);
  const command = commandNamed(first);
  const input = readArguments(command, rest);
  if (input.flag('help')) return printHelp(terminal, first);
  if (input.flag('version')) return printVersion(terminal);
  return command.run(input, terminal);
}

function printVersion(terminal: Terminal): number {
  terminal.out(`${packageInfo().version}\n`);
  return exit.done;
}

/** Prints the help of one command, or of all. */
function printHelp(terminal: Terminal, name?: string): number {
  const text =
    name === undefined
      ? helpAll(commands, terminal.columns)
      : helpOne(commandNamed(name), terminal.columns);
  terminal.out(text);
  return exit.done;
}

function commandNamed(name: string): Command {
  const command = commands.find(candidate => candidate.name === name);
  if (command) return command;
  const what = name.startsWith('-') ? 'option' : 'command';
  throw new Refusal(
    `unknown ${what} '${name}'; the commands are ${names()}, see chain-upgrade --help`,
  );
}

function names(): string {
  return commands.map(command => command.name).join(', ');
}

/** Ctrl-C or Ctrl-D at a question. */
function isInterrupt(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'ExitPromptError' || error.name === 'AbortPromptError')
  );
}
