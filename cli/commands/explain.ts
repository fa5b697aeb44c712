import { readFileSync, statSync } from 'node:fs';
import { Refusal } from '../../core/refusal.ts';
import type { Explanation } from '../../host/commands/explain.ts';
import { explainFailure } from '../../host/commands/explain.ts';
import { sharedOptions } from '../../host/commands/options.ts';
import { failure } from '../../host/errors.ts';
import type { Command } from '../command.ts';
import { formatOf, formatOption } from '../command.ts';
import { exit } from '../exit.ts';
import { logTo } from '../messages.ts';
import { jsonText } from '../plan-json.ts';

/** A larger log is a day's work to read: its end says why a node stopped. */
const largest = 64 * 1024 * 1024;

/** `chain-upgrade explain [FILE|-]`: what a node's words come from. Writes nothing. */
export const explainCommand: Command = {
  name: 'explain',
  summary: "lead a node's words to the rule, the line and the repair",
  argument: { name: 'FILE|-', help: "a node's log or message (default: standard input)" },
  options: [sharedOptions.dir, sharedOptions.app, formatOption],
  examples: ['explain node.log', 'explain node.log --format json'],
  async run(input, terminal) {
    const format = formatOf(input, ['text', 'json']);
    const words = wordsIn(input.argument ?? '-');
    if (words.trim() === '') throw new Refusal("there are no words to explain: give a node's log");
    const explained = await explainFailure({
      dir: input.text('dir'),
      app: input.text('app'),
      words,
      tell: logTo(terminal),
    });
    terminal.out(format === 'json' ? jsonText(explained) : explanationText(explained));
    return exit.done;
  },
};

function wordsIn(file: string): string {
  if (file === '-') {
    if (process.stdin.isTTY) throw new Refusal('name a file, or pipe the log in: explain FILE');
    return readFileSync(0, 'utf8');
  }
  try {
    if (statSync(file).size > largest)
      throw new Refusal('it has more than 64 MB; give its end: tail -n 1000');
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw failure(`${file} cannot be explained`, error);
  }
}

function explanationText({ rule, file, line, fix, page }: Explanation): string {
  if (rule === null && fix === null) return 'nothing that is known fits these words\n';
  const rows = [
    ...(rule === null ? [] : [`rule   ${rule}`]),
    ...(file === null ? [] : [`place  ${file}:${line ?? 1}`]),
    ...(fix === null ? [] : [`repair ${fix}`]),
    ...(page === null ? [] : [`page   ${page}`]),
  ];
  return `${rows.join('\n')}\n`;
}
