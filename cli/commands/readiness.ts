import { durationIn } from '../../core/duration.ts';
import type { ReadyEvidence, WantedSoftware } from '../../core/operate/readiness.ts';
import { allEvidence, isEnough } from '../../core/operate/readiness.ts';
import { readinessText } from '../../core/operate/readiness-text.ts';
import { isSoftwareVersion } from '../../core/operate/software-version.ts';
import { Refusal } from '../../core/refusal.ts';
import { sharedOptions } from '../../host/commands/options.ts';
import { measureReadiness } from '../../operate/measure-readiness.ts';
import type { Command, Input } from '../command.ts';
import { formatOf, formatOption } from '../command.ts';
import { exit } from '../exit.ts';
import { logTo, writeMessage } from '../messages.ts';
import { jsonText } from '../plan-json.ts';
import type { Terminal } from '../terminal.ts';
import { releaseOfEra } from './era-release.ts';

/** `chain-upgrade readiness`: what share of the voting power is ready. Needs no repository. */
export const readinessCommand: Command = {
  name: 'readiness',
  summary: 'measure what share of the voting power is ready for a release, an era or an upgrade',
  options: [
    { name: 'rpc', value: 'URL', help: "the RPC address of one of the network's nodes" },
    { name: 'release', value: 'VERSION', help: 'ready is who runs this version or a later one' },
    {
      name: 'era',
      value: 'NAME',
      help: 'ready is who supports this era, since --release or what --dir says',
    },
    {
      ...sharedOptions.dir,
      help: "the chain's repository, which says since which release an era is supported (default: .)",
    },
    { name: 'upgrade', value: 'NAME', help: 'ready is whose operator said so for this plan' },
    {
      name: 'endpoints',
      value: 'FILE',
      help: "validators' RPC addresses, one a line, each with its REST address behind it or not",
    },
    {
      name: 'node',
      value: 'URL',
      help: 'a REST address to ask x/staking by (default: it is asked by the RPC)',
    },
    { name: 'reports', value: 'FILE', help: 'lines that verify --attest printed' },
    {
      name: 'count',
      value: 'measured,signed,reported',
      help: 'the evidence that counts (default: measured,signed)',
      several: true,
    },
    { name: 'min', value: 'SHARE', help: 'exit with 1 below this share (default: 0.95)' },
    { name: 'parallel', value: 'N', help: 'how many are asked at once (default: 16)' },
    { name: 'timeout', value: 'DURATION', help: 'how long one answer may take (default: 5s)' },
    formatOption,
  ],
  examples: [
    'readiness --rpc http://node --release v2.1.0',
    'readiness --rpc http://node --upgrade v3',
  ],
  async run(input, terminal) {
    const format = formatOf(input, ['text', 'json']);
    const rpc = input.text('rpc');
    if (rpc === undefined) throw new Refusal('readiness needs --rpc URL, a node of the network');
    const wanted = await wantedOf(input, terminal);
    const readiness = await measureReadiness({
      rpc,
      wanted,
      endpoints: input.text('endpoints'),
      node: input.text('node'),
      reports: input.text('reports'),
      count: countOf(input, wanted, terminal),
      min: minOf(input),
      parallel: parallelOf(input),
      timeout: timeoutOf(input),
      tell: logTo(terminal),
    });
    terminal.out(format === 'json' ? jsonText(readiness) : readinessText(readiness));
    return isEnough(readiness) ? exit.done : exit.findings;
  },
};

async function wantedOf(input: Input, terminal: Terminal): Promise<WantedSoftware> {
  const [release, era, upgrade] = ['release', 'era', 'upgrade'].map(name => input.text(name));
  if (release !== undefined && !isSoftwareVersion(release))
    throw new Refusal(
      `--release ${JSON.stringify(release)} is no version: write it as v2.1.0 or v2.1.0-rc1`,
    );
  if (upgrade !== undefined && release === undefined && era === undefined)
    return { kind: 'upgrade', name: upgrade };
  if (upgrade === undefined && era !== undefined) {
    const dir = input.text('dir') ?? '.';
    const version = release ?? (await releaseOfEra(era, dir, logTo(terminal)));
    if (release === undefined)
      writeMessage(terminal, 'note', `${era} is supported since ${version}, as Since has it`);
    return { kind: 'era', name: era, version };
  }
  if (upgrade === undefined && release !== undefined) return { kind: 'release', version: release };
  throw new Refusal('give one of --release VERSION, --era NAME and --upgrade NAME');
}

/** Running versions say nothing of an upgrade that is still to come. */
function countOf(input: Input, { kind }: WantedSoftware, terminal: Terminal): ReadyEvidence[] {
  const given = input.all('count');
  if (!Array.isArray(given)) {
    if (kind !== 'upgrade') return ['measured', 'signed'];
    if (input.text('endpoints') !== undefined)
      writeMessage(
        terminal,
        'note',
        'before an upgrade nobody can run its binary: versions that were measured do not count',
      );
    return ['signed'];
  }
  const names = (given as readonly string[]).flatMap(text => text.split(','));
  const count = names.map(name => {
    const evidence = allEvidence.find(one => one === name.trim());
    if (evidence) return evidence;
    throw new Refusal(
      `invalid value ${JSON.stringify(name)} for --count (expected measured, signed or reported)`,
    );
  });
  if (kind === 'upgrade' && count.includes('measured'))
    throw new Refusal(
      '--upgrade takes no measured evidence: before it nobody can run its binary; ' +
        'use --count signed,reported',
    );
  return count;
}

function minOf(input: Input): string {
  const min = input.text('min') ?? '0.95';
  if (/^(0(\.\d{1,9})?|1(\.0{1,9})?)$/.test(min)) return min;
  throw new Refusal(`--min ${JSON.stringify(min)} is no share: give a decimal from 0 to 1`);
}

function parallelOf(input: Input): number {
  const given = input.text('parallel') ?? '16';
  if (/^[1-9]\d{0,2}$/.test(given)) return Number(given);
  throw new Refusal(`--parallel ${JSON.stringify(given)} is no number from 1 to 999`);
}

function timeoutOf(input: Input): number {
  const given = input.text('timeout') ?? '5s';
  const timeout = durationIn(given);
  if (timeout !== undefined && timeout >= 1 && timeout <= 3_600_000) return timeout;
  throw new Refusal(
    `--timeout ${JSON.stringify(given)} is no duration up to 1h: write it as 5s or 500ms`,
  );
}
