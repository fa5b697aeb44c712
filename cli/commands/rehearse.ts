import { doorOptions } from '../../host/options.ts';
import { takePlace } from '../../rehearse/place.ts';
import { readSubject } from '../../rehearse/subject.ts';
import { rehearse } from '../../rehearse/rehearse.ts';
import { askYes } from '../ask.ts';
import { formatOf, formatOption } from '../command.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import { stopping } from '../stopping.ts';
import { rehearsalText, stepLine, whatIsRun } from '../rehearse/text.ts';

/** `chain-upgrade rehearse`: builds the old and the new version and upgrades one validator from one to the other. Writes nothing into the repository. */
export const rehearseCommand: Command = {
  name: 'rehearse',
  summary: 'build the last release and this version, and upgrade a chain of one validator from one to the other',
  options: [
    doorOptions.dir, doorOptions.app,
    { name: 'from', value: 'REF', help: 'the version the network runs now (default: the newest release tag before this commit)' },
    { name: 'plan', value: 'NAME', help: 'the plan, where more than one is new' },
    { name: 'keep', help: 'keep the home, the binaries and the logs' },
    doorOptions.yes, formatOption,
  ],
  async run(input, terminal) {
    const format = formatOf(input, ['text', 'json']), yes = input.flag('yes');
    if (!yes && format === 'json') throw new Error('--format json never asks: add --yes to build and run');
    if (!yes && !terminal.interactive) throw new Error('there is no terminal to ask on: add --yes to build and run');
    const subject = await readSubject({ dir: input.text('dir') ?? '.', app: input.text('app'), from: input.text('from'), plan: input.text('plan') }, terminal.tell);
    terminal.show(whatIsRun(subject));
    if (!yes && !await askYes('Build and run this?')) return exit.declined;
    const place = takePlace();
    return stopping(async signal => {
      try {
        const result = await rehearse(subject, place, {
          startArgs: [], signal, tell: terminal.tell,
          listener: { begins: () => {}, ends: (step, at, remark) => terminal.tell(stepLine(step, at, remark)) },
        });
        terminal.out(format === 'json' ? JSON.stringify(result, null, 2) + '\n' : rehearsalText(result));
        return result.failure ? exit.findings : exit.done;
      } finally {
        place.leave(input.flag('keep'));
        if (input.flag('keep')) terminal.tell(`kept: ${place.dir}`);
      }
    });
  },
};
