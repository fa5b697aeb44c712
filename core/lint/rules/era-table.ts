import { readErasOf } from '../../chain/eras/eras.ts';
import type { ScheduledEra } from '../../chain/eras/schedule.ts';
import { readSchedule } from '../../chain/eras/schedule.ts';
import { locationOf } from '../../go/source/location.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { erasSinceRelease } from '../released-eras.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';

/** The heights of eras that are compiled in contradict each other, or the last release (docs/eras.md). */
export const eraTable: Rule = {
  name: 'era-table',
  severity: 'error',
  summary: 'the compiled heights of eras contradict each other or those of the last release',
  repair: 'keep the rows of the last release, and give each era one height, after those before it',
  *check({ apps }) {
    for (const subject of apps) {
      const eras = readErasOf(subject.repo, subject.app);
      const rows = eras && readSchedule(subject.repo, eras);
      if (!rows) continue;
      yield* contradictions(rows);
      yield* changes(rows, subject);
    }
  },
};

function* contradictions(rows: readonly ScheduledEra[]): Iterable<Finding> {
  for (const [i, row] of rows.entries()) {
    const { chainId, name, height, location } = row;
    const before = rows.slice(0, i).filter(one => one.chainId === chainId);
    if (name !== null && before.some(one => one.name === name))
      yield {
        location,
        message: `${quote(chainId)} has two rows for the era ${quote(name)}`,
        consequence: 'the era begins twice, and what is between them is in no defined era',
      };
    const last = before.findLast(one => one.height !== 0);
    if (!height || !last?.height || height > last.height) continue;
    yield {
      location,
      message: `${quote(chainId)} has the height ${height} behind ${last.height}`,
      consequence: 'eras begin in another order than they are written in',
    };
  }
}

/** Rows with a height that the last release has and that are gone, or have another height. */
function* changes(rows: readonly ScheduledEra[], subject: AppContext): Iterable<Finding> {
  const eras = erasSinceRelease(subject);
  const then = eras && subject.base?.repo && readSchedule(subject.base.repo, eras.then);
  if (!eras || !then) return;
  const { facts, spec } = eras.now.definition;
  const [first = { location: locationOf(facts, { start: spec.nameStart, end: spec.nameEnd }) }] =
    rows;
  for (const { chainId, name, height } of then) {
    if (!height || name === null) continue;
    const own = rows.filter(one => one.chainId === chainId);
    const row = own.find(one => one.name === name);
    const isUnread = row?.height === null || own.some(one => one.name === null);
    if (isUnread || row?.height === height) continue;
    yield {
      location: (row ?? first).location,
      message: `the era ${quote(name)} of ${quote(chainId)} has the height ${height} in ${eras.ref}`,
      consequence:
        'nodes of the two releases switch at different heights, and their app hashes differ',
    };
  }
}
