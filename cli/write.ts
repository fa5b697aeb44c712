import type { OfferedTask } from '../core/plan/task.ts';
import { doorOptions } from '../host/commands/options.ts';
import type { Prepared } from '../host/commands/prepare.ts';
import { prepare } from '../host/commands/prepare.ts';
import { colourDiff, refusalLine, unifiedDiff, writtenLines } from '../host/commands/show.ts';
import { writePlan } from '../host/disk/apply.ts';
import { asker, askYes } from './ask.ts';
import type { Command, Input, Option } from './command.ts';
import { formatOf, formatOption } from './command.ts';
import { exit } from './exit.ts';
import { givenAnswers, questionArgument, questionOptions } from './questions.ts';
import type { Terminal } from './terminal.ts';

/** The options of every command that writes, besides those of its questions. */
export const writeOptions: readonly Option[] = [...Object.values(doorOptions), formatOption];

/** The command that does a task. */
export function writingCommand(name: string, summary: string, task: OfferedTask): Command {
  return {
    name,
    summary,
    argument: questionArgument(task.questions, task.argument),
    options: [...questionOptions(task.questions, task.argument), ...writeOptions],
    run: (input, terminal) => write(task, input, terminal),
  };
}

/** How a command that writes was asked to. */
export interface WriteOptions {
  readonly format: 'text' | 'json';
  readonly dryRun: boolean /** Whether a person is asked. */;
  readonly asks: boolean;
}

/** Reads how to write. Throws where nobody could be asked and nothing was said. */
export function mayWrite(input: Input, terminal: Terminal): WriteOptions {
  const format = formatOf(input, ['text', 'json']);
  const yes = input.flag('yes');
  const dryRun = input.flag('dry-run');
  if (!yes && !dryRun && format === 'json')
    throw new Error(
      '--format json never asks: add --yes to write, or --dry-run to see what would be written',
    );
  if (!yes && !dryRun && !terminal.interactive)
    throw new Error(
      'there is no terminal to ask on: add --yes to write, or --dry-run to see what would be written',
    );
  return { format, dryRun, asks: !yes && format === 'text' && terminal.interactive };
}

/** Makes a task's plan and writes it, or shows it. */
async function write(task: OfferedTask, input: Input, terminal: Terminal): Promise<number> {
  const manner = mayWrite(input, terminal);
  const prepared = await prepare(task, {
    dir: input.text('dir') ?? '.',
    app: input.text('app'),
    base: input.text('base'),
    given: givenAnswers(task.questions, input, task.argument),
    ask: manner.asks ? asker(terminal) : undefined,
    tell: terminal.tell,
  });
  return offer(prepared, manner, terminal);
}

/** Writes a plan, or shows it; the same for every command that writes. */
export async function offer(
  prepared: Prepared,
  { format, dryRun, asks }: WriteOptions,
  terminal: Terminal,
): Promise<number> {
  const { root, plan } = prepared;
  if (plan.refused) return refused(prepared, format, terminal);
  if (format === 'text') for (const note of plan.notes) terminal.tell(`note: ${note}`);
  if (asks && !dryRun && !(await confirmed(prepared, terminal))) {
    terminal.tell('nothing was written');
    return exit.declined;
  }
  if (!dryRun) writePlan(root, plan);
  terminal.out(
    format === 'json'
      ? planJson(prepared)
      : dryRun
        ? diffFor(prepared, terminal.colourOut)
        : writtenLines(plan)
            .map(line => line + '\n')
            .join(''),
  );
  return exit.done;
}

function refused(prepared: Prepared, format: 'text' | 'json', terminal: Terminal): number {
  const refusal = prepared.plan.refused!;
  const pasteable = format === 'text' ? refusal.snippet : undefined;
  if (format === 'json') terminal.out(planJson(prepared));
  else if (pasteable) terminal.out(pasteable.endsWith('\n') ? pasteable : pasteable + '\n');
  terminal.tell(
    `chain-upgrade: ${refusalLine(refusal)}${pasteable ? ' (what to paste is on standard output)' : ''}`,
  );
  return exit.refused;
}

async function confirmed(prepared: Prepared, terminal: Terminal): Promise<boolean> {
  const { creates, edits } = prepared.plan;
  if (creates.length + edits.length === 0) return true;
  terminal.show(diffFor(prepared, terminal.colour));
  return askYes(
    creates.length + edits.length === 1
      ? 'Write this file?'
      : `Write these ${creates.length + edits.length} files?`,
  );
}

function diffFor({ plan }: Prepared, colour: boolean): string {
  const diff = unifiedDiff(plan);
  return colour ? colourDiff(diff) : diff;
}

function planJson({ root, plan: { creates, edits, notes, refused } }: Prepared): string {
  return JSON.stringify({ root, creates, edits, notes, refused }, null, 2) + '\n';
}
