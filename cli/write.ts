import { writtenFiles } from '../core/plan/plan.ts';
import type { OfferedTask } from '../core/plan/task.ts';
import type { RefusalInfo } from '../core/refusal.ts';
import { Refusal } from '../core/refusal.ts';
import { sharedOptions } from '../host/commands/options.ts';
import type { Prepared } from '../host/commands/prepare.ts';
import { prepare } from '../host/commands/prepare.ts';
import { colourDiff, refusalLine, unifiedDiff, writtenLines } from '../host/commands/show.ts';
import { packageInfo } from '../host/package-info.ts';
import { writeRemembered } from '../host/undo/written.ts';
import { asker, askYes } from './ask.ts';
import type { Command, Input, Option } from './command.ts';
import { formatOf, formatOption } from './command.ts';
import { exit } from './exit.ts';
import { logTo, writeMessage } from './messages.ts';
import { jsonText, planJson } from './plan-json.ts';
import { givenAnswers, questionArgument, questionOptions } from './questions.ts';
import type { Terminal } from './terminal.ts';

/** The options of every command that writes, besides those of its questions. */
export const writeOptions: readonly Option[] = [...Object.values(sharedOptions), formatOption];

/** The command that does a task. */
export function writingCommand(
  about: Pick<Command, 'name' | 'summary' | 'examples'>,
  task: OfferedTask,
): Command {
  return {
    ...about,
    ...(task.argument !== undefined && {
      argument: questionArgument(task.questions, task.argument),
    }),
    options: [...questionOptions(task.questions, task.argument), ...writeOptions],
    makesPlan: true,
    run: (input, terminal) => write(task, input, terminal),
  };
}

/** How a command that writes was asked to. */
export interface WriteOptions {
  /** The command, for who takes it back. */
  readonly line: string;
  readonly format: 'text' | 'json';
  readonly dryRun: boolean;
  /** Whether a person is asked. */
  readonly asks: boolean;
}

/** Reads how to write. Throws where nobody could be asked and no option answers instead. */
export function mayWrite(input: Input, terminal: Terminal): WriteOptions {
  const format = formatOf(input, ['text', 'json']);
  const yes = input.flag('yes');
  const dryRun = input.flag('dry-run');
  if (!yes && !dryRun) {
    mustAsk(format, terminal, {
      json: 'add --yes to write, or --dry-run to preview',
      text: 'use --yes to write or --dry-run to preview',
    });
  }
  return {
    line: input.line,
    format,
    dryRun,
    asks: !yes && format === 'text' && terminal.interactive,
  };
}

/** Throws where no question can be asked; `instead` says which options make it needless. */
export function mustAsk(
  format: 'text' | 'json',
  terminal: Terminal,
  instead: Readonly<Record<'text' | 'json', string>>,
): void {
  if (format === 'json') throw new Refusal(`--format json never asks: ${instead.json}`);
  if (!terminal.interactive)
    throw new Refusal(`cannot prompt, standard input is not a terminal; ${instead.text}`);
}

/** Makes a task's plan and writes it, or shows it. */
async function write(task: OfferedTask, input: Input, terminal: Terminal): Promise<number> {
  const options = mayWrite(input, terminal);
  const prepared = await prepare(task, {
    dir: input.text('dir') ?? '.',
    app: input.text('app'),
    base: input.text('base'),
    given: givenAnswers(task.questions, input, task.argument),
    ask: options.asks ? asker(terminal) : undefined,
    tell: logTo(terminal),
  });
  return offer(prepared, options, terminal);
}

/** Writes a plan, or shows it; the same for every command that writes. */
export async function offer(
  prepared: Prepared,
  options: WriteOptions,
  terminal: Terminal,
): Promise<number> {
  const { root, plan } = prepared;
  const { format, dryRun, asks } = options;
  if (plan.refused) return refused(prepared, format, terminal);
  if (format === 'text') for (const note of plan.notes) writeMessage(terminal, 'note', note);
  if (asks && !dryRun && !(await confirmed(prepared, terminal))) {
    writeMessage(terminal, 'note', 'nothing was written');
    return exit.declined;
  }
  if (!dryRun) await writeRemembered(root, plan, options.line, logTo(terminal));
  terminal.out(resultOf(prepared, options, terminal.colourOut));
  return exit.done;
}

/** What standard output holds of a plan that was offered. */
function resultOf(prepared: Prepared, { format, dryRun }: WriteOptions, colour: boolean): string {
  if (format === 'json') return jsonText(planJson(prepared));
  if (dryRun) return diffFor(prepared, colour);
  return writtenLines(prepared.plan)
    .map(line => `${line}\n`)
    .join('');
}

function refused(prepared: Prepared, format: 'text' | 'json', terminal: Terminal): number {
  const refusal = prepared.plan.refused!;
  const { snippet } = refusal;
  const pasteable = format === 'text' && snippet !== undefined && snippet !== '';
  if (format === 'json') terminal.out(jsonText(planJson(prepared)));
  if (pasteable) terminal.out(snippet.endsWith('\n') ? snippet : `${snippet}\n`);
  const hint = pasteable ? ' (what to paste is on standard output)' : '';
  writeMessage(terminal, 'error', refusalLine(refusal) + whereToReport(refusal) + hint);
  return exit.refused;
}

/** The address for faults of this program, where package.json names it. */
function whereToReport({ internal }: RefusalInfo): string {
  const { issues } = packageInfo();
  return internal && issues !== undefined ? ` (${issues})` : '';
}

async function confirmed(prepared: Prepared, terminal: Terminal): Promise<boolean> {
  const count = writtenFiles(prepared.plan).length;
  if (count === 0) return true;
  terminal.show(diffFor(prepared, terminal.colour));
  return askYes(count === 1 ? 'Write this file?' : `Write these ${count} files?`);
}

function diffFor({ plan }: Prepared, colour: boolean): string {
  const diff = unifiedDiff(plan);
  return colour ? colourDiff(diff) : diff;
}
