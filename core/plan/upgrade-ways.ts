import type { Answers } from './question.ts';
import { Refused } from './job.ts';
import type { Job } from './job.ts';
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
  throw new Refused(`upgrades are registered here in a way that is not yet supported (${[...codes].join(', ')})`);
}
