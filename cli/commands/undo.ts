import { sharedOptions } from '../../host/commands/options.ts';
import { colourDiff, unifiedDiff } from '../../host/commands/show.ts';
import { findRoot } from '../../host/disk/root.ts';
import type { Undoing } from '../../host/undo/undo.ts';
import { lastWrite } from '../../host/undo/undo.ts';
import { askYes } from '../ask.ts';
import type { Command } from '../command.ts';
import { formatOption } from '../command.ts';
import { exit } from '../exit.ts';
import { writeMessage } from '../messages.ts';
import { jsonText } from '../plan-json.ts';
import { mayWrite } from '../write.ts';

/** `chain-upgrade undo`: takes back the last that was written in this repository. */
export const undoCommand: Command = {
  name: 'undo',
  summary: 'take back the last that was written in this repository',
  options: [sharedOptions.dir, sharedOptions.yes, sharedOptions.dryRun, formatOption],
  examples: ['undo', 'undo --yes'],
  makesPlan: true,
  async run(input, terminal) {
    const { format, dryRun, asks } = mayWrite(input, terminal);
    const last = await lastWrite(await findRoot(input.text('dir') ?? '.'));
    if (asks && !dryRun) {
      const diff = diffOf(last);
      terminal.show(terminal.colour ? colourDiff(diff) : diff);
      if (!(await askYes(`Take back ${last.command}?`))) {
        writeMessage(terminal, 'note', 'nothing was written');
        return exit.declined;
      }
    }
    if (!dryRun) await last.undo();
    terminal.out(resultOf(last, format, dryRun && terminal.colourOut, dryRun));
    return exit.done;
  },
};

function resultOf(last: Undoing, format: string, colour: boolean, dryRun: boolean): string {
  const { root, removes, edits } = last;
  if (format === 'json') return jsonText({ root, creates: [], edits, removes, notes: [] });
  const diff = diffOf(last);
  if (dryRun) return colour ? colourDiff(diff) : diff;
  const lines = [
    ...removes.map(file => `removed ${file}`),
    ...edits.map(({ file }) => `restored ${file}`),
  ];
  return lines.map(line => `${line}\n`).join('');
}

/** What changes; files that go are listed below. */
function diffOf({ removes, edits }: Undoing): string {
  const gone = removes.map(file => `removes ${file}\n`).join('');
  return unifiedDiff({ creates: [], edits, notes: [] }) + gone;
}
