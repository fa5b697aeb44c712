import type { Answers } from './question.ts';
import { Refused } from './job.ts';
import type { Job } from './job.ts';
import { upgradeByStatement } from './upgrade-statement.ts';
import { upgradeByClosure } from './upgrade-closure.ts';
import { upgradeInPlace } from './upgrade-single.ts';
import { upgradeInList } from './upgrade-list.ts';

/** Picks the way in which this chain takes one more upgrade. Returns the plan name that is rewritten in place, if any. */
export function chooseWay(job: Job, answers: Answers): string | undefined {
  void answers;
  const { wiring } = job;
  const codes = new Set([...wiring.registrations.map(r => r.code), ...wiring.codes]);
  const list = wiring.lists.find(l => (l.code === 'R1' || l.code === 'R1b'));
  if (list && (codes.has('R1') || codes.has('R1b'))) {
    upgradeInList(job, list);
    return undefined;
  }
  if (codes.has('R2')) {
    upgradeByStatement(job);
    return undefined;
  }
  if (codes.has('R4')) {
    upgradeByClosure(job);
    return undefined;
  }
  if (codes.has('R3')) return upgradeInPlace(job);
  throw new Refused(`upgrades are registered here in a way that is not yet supported (${[...codes].join(', ')})`);
}
