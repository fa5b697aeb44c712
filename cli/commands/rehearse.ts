import { readFileSync } from 'node:fs';
import type { Json } from '../../core/rehearse/genesis.ts';
import { doorOptions } from '../../host/commands/options.ts';
import { openSession } from '../../host/commands/session.ts';
import { reasonOf } from '../../host/errors.ts';
import { takePlace } from '../../rehearse/rehearsal-folder.ts';
import { readSubject } from '../../rehearse/rehearsal-input.ts';
import { rehearse } from '../../rehearse/rehearse.ts';
import { beginLine, commandPreview, rehearsalText, stepLine } from '../../rehearse/report-text.ts';
import { askYes } from '../ask.ts';
import type { Command } from '../command.ts';
import { formatOf, formatOption } from '../command.ts';
import { exit } from '../exit.ts';
import { stopping } from '../stopping.ts';

/**
 * `chain-upgrade rehearse`: builds the old and the new version and upgrades one validator from one
 * to the other. Writes nothing into the repository.
 */
export const rehearseCommand: Command = {
  name: 'rehearse',
  summary:
    'build the last release and this version, and upgrade a chain of one validator from one to the other',
  options: [
    doorOptions.dir,
    doorOptions.app,
    {
      name: 'from',
      value: 'REF',
      help: 'the version the network runs now (default: the newest release tag before this commit)',
    },
    { name: 'plan', value: 'NAME', help: 'the plan, where more than one is new' },
    {
      name: 'build',
      value: 'COMMAND',
      help: 'builds a version, in its own copy of the repository: into $OUTPUT, or $GOBIN, build or bin (default: go build)',
    },
    { name: 'genesis-patch', value: 'FILE', help: 'a JSON merge patch for the fresh genesis' },
    { name: 'start-args', value: 'ARGS', help: 'more arguments for start' },
    { name: 'fees', value: 'COIN', help: 'what each transaction pays' },
    {
      name: 'propose',
      value: 'COMMAND',
      help: 'submits and passes the plan, where gov does not: gets PLAN_NAME, PLAN_HEIGHT, NODE, NODE_HOME, CHAIN_ID, DAEMON',
    },
    {
      name: 'with-cosmovisor',
      help: 'let cosmovisor switch the binaries (it has to be in the PATH)',
    },
    { name: 'keep', help: 'keep the home, the binaries and the logs' },
    doorOptions.yes,
    formatOption,
  ],
  async run(input, terminal) {
    const format = formatOf(input, ['text', 'json']);
    const yes = input.flag('yes');
    if (!yes && format === 'json')
      throw new Error('--format json never asks: add --yes to build and run');
    if (!yes && !terminal.interactive)
      throw new Error('there is no terminal to ask on: add --yes to build and run');
    const manner = {
      build: input.text('build'),
      fees: coinIn(input.text('fees')),
      propose: input.text('propose'),
      cosmovisor: input.flag('with-cosmovisor'),
      startArgs: words(input.text('start-args') ?? ''),
      genesisPatch: patchIn(input.text('genesis-patch')),
    };
    const subject = await readSubject(
      await openSession(input.text('dir') ?? '.', terminal.tell),
      { app: input.text('app'), from: input.text('from'), plan: input.text('plan') },
      terminal.tell,
    );
    terminal.show(commandPreview(subject));
    if (!yes && !(await askYes('Build and run this?'))) return exit.declined;
    const place = takePlace();
    return stopping(terminal.tell, async signal => {
      try {
        const result = await rehearse(subject, place, {
          ...manner,
          signal,
          tell: terminal.tell,
          listener: {
            begins: step => {
              const line = beginLine(step, subject);
              if (line !== undefined) terminal.tell(line);
            },
            ends: (step, at, remark) => terminal.tell(stepLine(step, at, remark)),
          },
        });
        terminal.out(
          format === 'json' ? JSON.stringify(result, null, 2) + '\n' : rehearsalText(result),
        );
        return result.failure ? exit.findings : exit.done;
      } finally {
        place.leave(input.flag('keep'));
        if (input.flag('keep')) terminal.tell(`kept: ${place.dir}`);
      }
    });
  },
};

/** The words of a line as a shell would take them; quotes hold blanks together. */
function words(line: string): string[] {
  if (/["']/.test(line.replace(/"[^"]*"|'[^']*'/g, '')))
    throw new Error(`--start-args ${JSON.stringify(line)} has a quote that is not closed`);
  return [...line.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'),
  );
}

function patchIn(file: string | undefined): Json | undefined {
  if (file === undefined) return undefined;
  try {
    const patch = JSON.parse(readFileSync(file, 'utf8')) as Json;
    if (typeof patch !== 'object' || patch === null || Array.isArray(patch))
      throw new Error('it is no JSON object');
    return patch;
  } catch (error) {
    throw new Error(`--genesis-patch ${file} cannot be used: ${reasonOf(error)}`);
  }
}

/** An amount and a denomination, as the SDK takes them (types/coin.go); several between commas. */
function coinIn(text: string | undefined): string | undefined {
  if (
    text !== undefined &&
    !text.split(',').every(coin => /^\d+(\.\d+)?[a-zA-Z][a-zA-Z0-9/:._-]{2,127}$/.test(coin))
  ) {
    throw new Error(
      `--fees ${JSON.stringify(text)} is no coin: an amount and a denomination, such as 5000stake`,
    );
  }
  return text;
}
