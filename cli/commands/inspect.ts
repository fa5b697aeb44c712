import { inspect } from '../../core/inspect/inspect.ts';
import { inspectionText } from '../../core/inspect/inspect-text.ts';
import { doorOptions } from '../../host/commands/options.ts';
import { pickApp } from '../../host/commands/pick-app.ts';
import { openSession } from '../../host/commands/session.ts';
import type { Command, Input } from '../command.ts';
import { formatOf, formatOption } from '../command.ts';
import { exit } from '../exit.ts';

/** `chain-upgrade inspect [DIR]`: what the tool understands of a repository. Writes nothing. */
export const inspectCommand: Command = {
  name: 'inspect',
  summary: 'show what is understood of a chain: apps, upgrades, stores, modules',
  argument: { name: 'DIR', help: doorOptions.dir.help },
  options: [doorOptions.dir, doorOptions.app, formatOption],
  async run(input, terminal) {
    const format = formatOf(input, ['text', 'json']);
    const { root, chain } = await openSession(argumentFolder(input), terminal.tell);
    const wanted = input.text('app');
    const shown = inspect(
      root,
      wanted === undefined ? chain : { ...chain, apps: [pickApp(chain, root, wanted)] },
    );
    terminal.out(format === 'json' ? JSON.stringify(shown, null, 2) + '\n' : inspectionText(shown));
    return exit.done;
  },
};

/** The folder, given as argument or with --dir. */
export function argumentFolder(input: Input): string {
  const dir = input.text('dir');
  if (dir !== undefined && input.argument !== undefined)
    throw new Error('the folder is given twice: as argument and with --dir');
  if (input.argument === '') throw new Error('the folder has no name');
  return dir ?? input.argument ?? '.';
}
