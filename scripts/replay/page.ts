import { cell, table } from '../corpus/section.ts';
import type { Difference, Replayed } from './replay.ts';
import type { Found } from './table.ts';

/** An upgrade of the table with what came of replaying it; one that was left out has no result. */
export interface Result {
  readonly found: Found;
  readonly replayed?: Replayed;
  readonly crash?: string;
}

/** Whether the upgrade came out as the team's, in its own code and in the app's. */
export function sameAs({ replayed }: Result): {
  readonly layout: boolean;
  readonly wiring: boolean;
  readonly earlier: boolean;
} {
  const done = replayed !== undefined && replayed.refused === undefined;
  return {
    layout: done && replayed.layout.length === 0,
    wiring: done && replayed.wiring.length === 0,
    earlier: done && replayed.earlier.length === 0,
  };
}

/**
 * What has to be looked at: a crash, a difference that nobody explained, an explanation of none.
 */
export function complaints(result: Result): string[] {
  const { layout, wiring, earlier } = sameAs(result);
  const { why } = result.found;
  if (result.crash !== undefined) return [`CRASH ${result.crash}`];
  if (result.replayed && !(layout && wiring && earlier) && !why)
    return ['the difference is not explained'];
  return layout && wiring && earlier && why ? ['there is no difference any more to explain'] : [];
}

/** Figures, the table of what was replayed, and the list of what was left out. */
export function report(results: readonly Result[]): string {
  const replayed = results.filter(({ found }) => found.leftOut === undefined);
  const left = results.filter(({ found }) => found.leftOut !== undefined);
  const share = (of: (same: ReturnType<typeof sameAs>) => boolean) => {
    const right = replayed.filter(result => of(sameAs(result))).length;
    const percent = Math.floor((100 * right) / Math.max(replayed.length, 1));
    return `${right}/${replayed.length} (${percent} %)`;
  };
  const figures = [
    [
      'repositories with an upgrade to replay',
      String(new Set(replayed.map(({ found }) => found.pick.repository)).size),
    ],
    ['upgrades replayed', String(replayed.length)],
    ["layout as the team's", share(({ layout }) => layout)],
    ["wiring as the team's", share(({ wiring }) => wiring)],
    ['both layout and wiring', share(({ layout, wiring }) => layout && wiring)],
    ['earlier upgrades kept as by the team', share(({ earlier }) => earlier)],
    ['all three', share(({ layout, wiring, earlier }) => layout && wiring && earlier)],
    ['refused', String(replayed.filter(result => result.replayed?.refused).length)],
  ];
  const rows = replayed.map(result => {
    const { found, replayed: done } = result;
    const { pick, why } = found;
    const same = sameAs(result);
    return [
      pick.repository,
      pick.after.slice(0, 10),
      done?.style ?? '',
      code(pick.name),
      mark(same.layout),
      mark(same.wiring),
      mark(same.earlier),
      remarksOf(result).join('<br>'),
      cell(why ?? ''),
    ];
  });
  const leftRows = left.map(({ found: { pick, leftOut } }) => [
    pick.repository,
    pick.after.slice(0, 10),
    code(pick.name),
    cell(leftOut!),
  ]);
  return (
    `\n${table(['', ''], figures)}\n` +
    `### Replayed\n\n${table(replayedHeads, rows)}\n` +
    `### Left out\n\n${table(['repository', 'commit', 'upgrade', 'because'], leftRows)}\n`
  );
}

const replayedHeads = [
  'repository',
  'commit',
  'way',
  'upgrade',
  'layout',
  'wiring',
  'earlier upgrades',
  'differs in',
  'because',
];

/** Why an upgrade was not replayed, or what came out otherwise. */
function remarksOf({ replayed: done, crash }: Result): string[] {
  if (crash !== undefined) return [`CRASH ${cell(crash)}`];
  if (done?.refused) return [`refused: ${cell(done.refused)}`];
  const differences = [...(done?.layout ?? []), ...(done?.wiring ?? []), ...(done?.earlier ?? [])];
  return differences.map(differenceLine);
}

/** A difference in a line. */
export function differenceLine({ what, ours, theirs }: Difference): string {
  return `${what}: ${code(ours)}, the team ${code(theirs)}`;
}

function code(text: string): string {
  return `\`${cell(text)}\``;
}

function mark(same: boolean): string {
  return same ? 'same' : 'differs';
}
