import { readFileSync } from 'node:fs';
import { durationIn } from '../../core/duration.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Json } from '../../core/rehearse/genesis.ts';
import { sizeIn } from '../../core/rehearse/size.ts';
import { sharedOptions } from '../../host/commands/options.ts';
import { openSession } from '../../host/commands/session.ts';
import { failure } from '../../host/errors.ts';
import { cleanCache } from '../../rehearse/cache.ts';
import type { RehearseOptions } from '../../rehearse/options.ts';
import { usualOptions } from '../../rehearse/options.ts';
import type { RehearsalFolder } from '../../rehearse/rehearsal-folder.ts';
import { takePlace } from '../../rehearse/rehearsal-folder.ts';
import type { Rehearsed } from '../../rehearse/rehearsal-input.ts';
import { readSubject } from '../../rehearse/rehearsal-input.ts';
import { rehearse } from '../../rehearse/rehearse.ts';
import {
  beginLine,
  cleanedText,
  commandPreview,
  goingOnLine,
  rehearsalText,
  stepLine,
} from '../../rehearse/report-text.ts';
import type { Listener } from '../../rehearse/steps.ts';
import { mustBeReport, writeReport } from '../../rehearse/write-report.ts';
import { askYes } from '../ask.ts';
import type { Command, Input, Option } from '../command.ts';
import { formatOf, formatOption } from '../command.ts';
import { exit } from '../exit.ts';
import { logTo, writeMessage } from '../messages.ts';
import { jsonText } from '../plan-json.ts';
import { stopping } from '../stopping.ts';
import type { Terminal } from '../terminal.ts';
import { mustAsk } from '../write.ts';

const options: readonly Option[] = [
  sharedOptions.dir,
  sharedOptions.app,
  {
    name: 'from',
    value: 'REF',
    help:
      'the version that the network runs now ' +
      '(default: the newest release tag before this commit)',
  },
  { name: 'plan', value: 'NAME', help: 'the plan, if more than one is new' },
  {
    name: 'state',
    value: 'PATH',
    help:
      "the state to rehearse on: a stopped node's home or data folder, a snapshot archive or an " +
      'exported genesis (default: a new chain)',
  },
  {
    name: 'build',
    value: 'COMMAND',
    help:
      'the command that builds a version in its own copy of the repository, ' +
      'into $OUTPUT, or $GOBIN, build or bin (default: go build)',
  },
  { name: 'genesis-patch', value: 'FILE', help: 'a JSON merge patch for the fresh genesis' },
  { name: 'start-args', value: 'ARGS', help: 'additional arguments for start' },
  { name: 'fees', value: 'COIN', help: 'the fee of each transaction' },
  {
    name: 'propose',
    value: 'COMMAND',
    help:
      'the command that submits and passes the plan, if gov does not; ' +
      'it gets PLAN_NAME, PLAN_HEIGHT, NODE, NODE_HOME, CHAIN_ID and DAEMON',
  },
  {
    name: 'validator',
    help: 'run a validator with CometBFT, in place of making the blocks ourselves',
  },
  {
    name: 'blocks',
    value: 'N',
    help: `blocks to make after the upgrade (default: ${usualOptions.blocks})`,
  },
  {
    name: 'after',
    value: 'DURATION',
    help: 'the time that passes on the chain before these blocks, such as 21d or 1h30m',
  },
  {
    name: 'max-block-time',
    value: 'DURATION',
    help: 'the time that the upgrade block may take (default: no limit)',
  },
  {
    name: 'with-cosmovisor',
    help: 'let cosmovisor switch the binaries of a validator (it has to be in the PATH)',
  },
  {
    name: 'report',
    value: 'FILE',
    help: 'write a report, as Markdown (.md) or HTML (.html); also into the summary of a GitHub job',
  },
  { name: 'keep', help: 'keep the home, the binaries and the logs' },
  {
    name: 'clean',
    help: 'remove all that rehearsals have kept, and print its sizes; nothing is rehearsed',
  },
  {
    name: 'cache-limit',
    value: 'SIZE',
    help: 'what builds and halted homes that are kept may take (default: 10GB)',
  },
  sharedOptions.yes,
  formatOption,
];

/**
 * `chain-upgrade rehearse`: builds the old and the new version and upgrades one validator from one
 * to the other. Writes nothing into the repository.
 */
export const rehearseCommand: Command = {
  name: 'rehearse',
  summary:
    'build the last release and this version, and upgrade a chain of one validator ' +
    'from one to the other',
  options,
  examples: ['rehearse', 'rehearse --from v1.4.0 --plan v1.5.0 --yes'],
  async run(input, terminal) {
    const format = formatOf(input, ['text', 'json']);
    if (input.flag('clean')) {
      const cleaned = cleanCache();
      terminal.out(format === 'json' ? jsonText(cleaned) : cleanedText(cleaned));
      return exit.done;
    }
    const yes = input.flag('yes');
    if (!yes) {
      mustAsk(format, terminal, {
        json: 'add --yes to build and run',
        text: 'use --yes to build and run',
      });
    }
    const given = optionsFrom(input);
    const report = input.text('report');
    if (report !== undefined) mustBeReport(report);
    const subject = await readSubject(
      await openSession(input.text('dir') ?? '.', logTo(terminal)),
      { app: input.text('app'), from: input.text('from'), plan: input.text('plan') },
      logTo(terminal),
    );
    terminal.show(commandPreview(subject));
    if (!yes && !(await askYes('Build and run this?'))) return exit.declined;

    const folder = takePlace();
    const keep = input.flag('keep');
    const run = { ...given, tell: logTo(terminal), listener: progressOn(terminal, subject) };
    return stopping(terminal, async signal => {
      try {
        const result = await rehearse(subject, folder, { ...run, signal });
        terminal.out(format === 'json' ? jsonText(result) : rehearsalText(result));
        if (report !== undefined) writeReport(report, result, process.env['GITHUB_STEP_SUMMARY']);
        return result.failure ? exit.findings : exit.done;
      } finally {
        leave(folder, keep, terminal);
      }
    });
  },
};

type GivenOptions = Omit<RehearseOptions, 'signal' | 'tell' | 'listener'>;

function optionsFrom(input: Input): GivenOptions {
  mustBeDriven(input);
  mustSuitState(input);
  return {
    blocks: countIn(input, 'blocks') ?? usualOptions.blocks,
    after: timeIn(input, 'after') ?? usualOptions.after,
    maxBlockTime: timeIn(input, 'max-block-time'),
    cacheLimit: sizeOf(input, 'cache-limit') ?? usualOptions.cacheLimit,
    state: input.text('state'),
    build: input.text('build'),
    fees: coinIn(input.text('fees')),
    propose: input.text('propose'),
    validator: input.flag('validator'),
    cosmovisor: input.flag('with-cosmovisor'),
    startArgs: words(input.text('start-args') ?? ''),
    genesisPatch: patchIn(input.text('genesis-patch')),
  };
}

/** On a state that was given there is no fresh genesis, and nobody votes. */
function mustSuitState(input: Input): void {
  if (input.text('state') === undefined) return;
  const useless = ['genesis-patch', 'fees', 'propose'].find(name => input.text(name) !== undefined);
  if (useless !== undefined)
    throw new Refusal(
      `--${useless} is of no use with --state, whose plan is written: leave it out`,
    );
}

/** A validator makes its blocks in its own time. */
function mustBeDriven(input: Input): void {
  const validator = ['validator', 'with-cosmovisor'].find(name => input.flag(name));
  const driven = ['state', 'blocks', 'after', 'max-block-time'].find(
    name => input.text(name) !== undefined,
  );
  if (validator !== undefined && driven !== undefined)
    throw new Refusal(`--${driven} needs a chain that is driven: leave --${validator} out`);
}

function countIn(input: Input, name: string): number | undefined {
  const text = input.text(name);
  if (text === undefined || /^\d{1,9}$/.test(text)) return text === undefined ? text : Number(text);
  throw new Refusal(`invalid value ${JSON.stringify(text)} for --${name}: expected a number`);
}

function sizeOf(input: Input, name: string): number | undefined {
  const text = input.text(name);
  const bytes = text === undefined ? undefined : sizeIn(text);
  if (text !== undefined && bytes === undefined)
    throw new Refusal(
      `invalid value ${JSON.stringify(text)} for --${name}: expected a size, such as 500MB or 10GB`,
    );
  return bytes;
}

function timeIn(input: Input, name: string): number | undefined {
  const text = input.text(name);
  const ms = text === undefined ? undefined : durationIn(text);
  if (text !== undefined && ms === undefined)
    throw new Refusal(
      `invalid value ${JSON.stringify(text)} for --${name}: expected a duration, such as 90s or 21d`,
    );
  return ms;
}

/** One line for each step as it ends, and one before those that take minutes. */
function progressOn(terminal: Terminal, subject: Rehearsed): Listener {
  return {
    begins: step => {
      const line = beginLine(step, subject);
      if (line !== undefined) terminal.tell(line);
    },
    goesOn: (step, text, at) => terminal.tell(goingOnLine(step, text, at)),
    ends: (step, at, remark) => terminal.tell(stepLine(step, at, remark)),
  };
}

function leave(folder: RehearsalFolder, keep: boolean, terminal: Terminal): void {
  folder.leave(keep);
  if (keep) writeMessage(terminal, 'note', `kept: ${folder.dir}`);
}

/** The words of a line as a shell would take them; quotes hold blanks together. */
function words(line: string): string[] {
  if (/["']/.test(line.replace(/"[^"]*"|'[^']*'/g, '')))
    throw new Refusal(
      `invalid value ${JSON.stringify(line)} for --start-args: a quote is not closed`,
    );
  return [...line.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'),
  );
}

function patchIn(file: string | undefined): Json | undefined {
  if (file === undefined) return undefined;
  try {
    const patch = JSON.parse(readFileSync(file, 'utf8')) as Json;
    if (typeof patch !== 'object' || patch === null || Array.isArray(patch))
      throw new Refusal('not a JSON object');
    return patch;
  } catch (error) {
    const isSyntax = error instanceof SyntaxError;
    throw failure(
      `--genesis-patch ${file} cannot be used`,
      isSyntax ? new Refusal(`invalid JSON: ${error.message}`) : error,
    );
  }
}

/** An amount and a denomination, as the SDK takes them (types/coin.go); several between commas. */
function coinIn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const coin = /^\d+(\.\d+)?[a-zA-Z][a-zA-Z0-9/:._-]{2,127}$/;
  if (text.split(',').every(part => coin.test(part))) return text;
  throw new Refusal(
    `invalid value ${JSON.stringify(text)} for --fees: ` +
      'expected an amount and a denomination, such as 5000stake',
  );
}
