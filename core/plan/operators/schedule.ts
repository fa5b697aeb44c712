import { covers, readCoins } from '../../gov/coins.ts';
import type { BlockSeconds } from '../../gov/height.ts';
import {
  fewestSeconds,
  heightAfter,
  heightAt,
  secondsToCancel,
  timeError,
  timeOf,
} from '../../gov/height.ts';
import { Refusal } from '../../refusal.ts';
import type { Answers } from '../question.ts';
import type { NodeFacts } from './node-facts.ts';
import { textAnswer } from './place.ts';
import { readHeight, readTime } from './proposal-questions.ts';

/** When an upgrade is to happen, as far as that is known; times in seconds, `time` RFC 3339. */
export interface Schedule {
  readonly height: number | null;
  readonly time: string | null;
  readonly blockSeconds: BlockSeconds | null;
  readonly periods: { readonly deposit: number; readonly voting: number } | null;
  readonly notes: readonly string[];
}

/** What else decides when a vote ends. */
export interface AskedVote {
  readonly expedited: boolean;
  readonly deposit: string;
  /** Seconds in which a passed proposal can still be cancelled by a vote. */
  readonly notice: number;
}

/** The height of an upgrade. Throws `Refusal` where it cannot be met by a vote. */
export function upgradeSchedule(
  node: NodeFacts | undefined,
  answers: Answers,
  asked: AskedVote,
): Schedule {
  const given = textAnswer(answers, 'height');
  const at = textAnswer(answers, 'at');
  if (given !== '' && at !== '') throw new Refusal('give --height or --at, not both');
  if (!node) return withoutNode(given, at);
  const { clock, now } = node;
  const periods = periodsOf(node, asked);
  const voteEnd = secondsToVote(node, periods, asked);
  const waited = (now - clock.newest.time) / 1000;
  const wanted = heightOf(node, given, at, waited + secondsToCancel(periods, asked.notice));
  // Blocks that are late are not made up for: what passed since the newest one is time of the vote.
  const earliest = fewestSeconds(clock, wanted.height) - waited;
  if (wanted.height <= clock.newest.height)
    throw new Refusal(
      `height ${wanted.height} is in the past: the newest block is ${clock.newest.height}`,
    );
  if (earliest < voteEnd) {
    const least = heightAfter(clock, waited + voteEnd);
    throw new Refusal(
      `height ${wanted.height} may come before the vote ends: it may be ${spell(earliest)} away, ` +
        `and the vote takes ${spell(voteEnd)}; take ${least} or more`,
    );
  }
  return {
    height: wanted.height,
    time: isoTime(timeOf(clock, wanted.height)),
    blockSeconds: clock.blockSeconds,
    periods,
    notes: [
      ...wanted.notes,
      clockNote(node, wanted.height),
      ...cancelNotes(earliest, periods, asked),
      ...expeditedNotes(node, earliest, asked),
      ...standingNotes(node),
    ],
  };
}

/** When a vote can cancel a plan, where a node tells. */
export function cancelSchedule(
  node: NodeFacts | undefined,
  name: string,
  asked: AskedVote,
): Schedule {
  if (!node)
    return { height: null, time: null, blockSeconds: null, periods: null, notes: [notAsked] };
  const { scheduled, clock, now } = node;
  const periods = periodsOf(node, asked);
  const known = { blockSeconds: clock.blockSeconds, periods };
  if (!scheduled) {
    const note =
      `${node.chainId} has no plan scheduled now; the cancel does something only if its vote ends ` +
      "after the upgrade's";
    return { height: null, time: null, ...known, notes: [note] };
  }
  if (scheduled.name !== name)
    throw new Refusal(
      `${node.chainId} has ${scheduled.name} scheduled at ${scheduled.height}, not ${name}`,
    );
  const left = fewestSeconds(clock, scheduled.height) - (now - clock.newest.time) / 1000;
  const voteEnd = secondsToVote(node, periods, asked);
  if (left < voteEnd)
    throw new Refusal(
      `height ${scheduled.height} may come before the vote ends: it may be ` +
        `${spell(Math.max(left, 0))} away, and the vote takes ${spell(voteEnd)}` +
        (asked.expedited || !node.params.expedited ? '' : '; try --expedited') +
        '; nodes can still skip the upgrade with --unsafe-skip-upgrades',
    );
  return {
    height: scheduled.height,
    time: isoTime(timeOf(clock, scheduled.height)),
    ...known,
    notes: [clockNote(node, scheduled.height), ...standingNotes(node)],
  };
}

const notAsked =
  'no node was asked: compare the height with the end of the vote yourself, or pass --node URL';

function withoutNode(given: string, at: string): Schedule {
  if (at !== '')
    throw new Refusal('a time is made a height by the block time of a node; name one with --node');
  const height = readHeight(given);
  if (height === undefined)
    throw new Refusal(
      'the upgrade needs a height: give it with --height H, or name a node with --node URL',
    );
  return { height, time: null, blockSeconds: null, periods: null, notes: [notAsked] };
}

/** The height that was asked for, or the first that leaves so many seconds. */
function heightOf(
  { clock, now }: NodeFacts,
  given: string,
  at: string,
  seconds: number,
): { readonly height: number; readonly notes: readonly string[] } {
  if (given !== '') return { height: readHeight(given)!, notes: [] };
  if (at === '') {
    const height = heightAfter(clock, seconds);
    return { height, notes: [`height ${height} is the first that leaves time for a cancel vote`] };
  }
  const time = readTime(at)!;
  if (time <= now) throw new Refusal(`${at} is in the past: it is ${isoTime(now)}`);
  return { height: heightAt(clock, time), notes: [] };
}

function periodsOf(
  { params, chainId }: NodeFacts,
  { expedited }: AskedVote,
): { readonly deposit: number; readonly voting: number } {
  if (expedited && !params.expedited)
    throw new Refusal(`${chainId} has no expedited proposals; leave --expedited out`);
  const { votingPeriod } = expedited ? params.expedited! : params;
  return { deposit: params.depositPeriod, voting: votingPeriod };
}

/** The seconds until a vote ends: it begins at once where the deposit is whole. */
function secondsToVote(
  { params }: NodeFacts,
  periods: { readonly deposit: number; readonly voting: number },
  { deposit, expedited }: AskedVote,
): number {
  const needed = expedited ? params.expedited!.minDeposit : params.minDeposit;
  // One of several denominations is enough for the gov module.
  const isWhole = needed.some(coin => covers(readCoins(deposit) ?? [], [coin]));
  return isWhole ? periods.voting : periods.voting + periods.deposit;
}

function clockNote({ clock, chainId, address }: NodeFacts, height: number): string {
  const { mean, error } = clock.blockSeconds;
  return (
    `${chainId} comes to height ${height} about ${isoTime(timeOf(clock, height))}, ` +
    `± ${spell(timeError(clock, height))}: it is at ${clock.newest.height}, blocks take ` +
    `${mean.toFixed(2)} ± ${error.toFixed(2)} s, as ${address} says`
  );
}

function cancelNotes(
  earliest: number,
  periods: { readonly deposit: number; readonly voting: number },
  { notice }: AskedVote,
): string[] {
  const needed = secondsToCancel(periods, notice);
  // Rounding to whole blocks is no lack.
  if (earliest >= needed - 1) return [];
  return [
    `a vote may not be able to cancel this upgrade: that takes 2·(deposit + voting period) + ` +
      `${spell(notice)} = ${spell(needed)}, and the height may be ${spell(earliest)} away`,
  ];
}

function expeditedNotes(
  { params }: NodeFacts,
  earliest: number,
  { expedited }: AskedVote,
): string[] {
  if (!expedited || earliest >= params.votingPeriod) return [];
  return [
    'an expedited proposal that does not pass goes on as a regular one, for ' +
      `${spell(params.votingPeriod)}: that vote would end after the height`,
  ];
}

function standingNotes({ clock, now, scheduled, chainId }: NodeFacts): string[] {
  const late = (now - clock.newest.time) / 1000;
  return [
    ...(late > 20 * clock.blockSeconds.mean + 60
      ? [`the newest block is ${spell(late)} old: the node is behind, or the chain stands`]
      : []),
    ...(scheduled
      ? [
          `${chainId} has ${scheduled.name} scheduled at ${scheduled.height}; a plan that passes ` +
            'later takes its place',
        ]
      : []),
  ];
}

/** Seconds in the two largest units that fit. */
function spell(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const units = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ] as const;
  const parts: string[] = [];
  let rest = whole;
  for (const [size, unit] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.slice(0, 2).join(' ') || '0 s';
}

/** A time without its milliseconds. */
function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
