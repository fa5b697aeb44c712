import { textOf } from '../go/value.ts';
import type { Registration } from '../wiring/style.ts';
import { snippet } from './snippet.ts';
import type { Answers } from './question.ts';
import { createFramework, firstInList } from './framework.ts';
import { Refused } from './job.ts';
import type { Job } from './job.ts';
import { nameOf } from './neighbour.ts';
import { upgradeByClosure } from './upgrade-closure.ts';
import { upgradeByStatement } from './upgrade-statement.ts';
import { upgradeInList } from './upgrade-list.ts';
import { upgradeInPlace } from './upgrade-single.ts';

/** Picks the way in which this chain takes one more upgrade. Returns the plan name that is rewritten in place, if any. */
export function chooseWay(job: Job, answers: Answers): string | undefined {
  const { wiring } = job;
  const codes = [...new Set([...wiring.registrations.map(r => r.code), ...wiring.codes.filter(c => c.startsWith('R'))])];
  const unsupported = codes.filter(code => !/^R(1b?|2|3|4|14f?)$/.test(code));
  if (unsupported.length) {
    const at = wiring.registrations.find(r => unsupported.includes(r.code))?.place;
    throw new Refused(`upgrades are registered here in a way that is not supported yet (${unsupported.join(', ')}); add this one by hand`, { ...(at ? { file: at.facts.path } : {}), snippet: snippet(job) });
  }
  const missed = wiring.unknown.find(u => codes.every(c => c.startsWith('R14')) && u.expr.node.type === 'call_expression');
  if (missed) throw new Refused('this app registers upgrades in a way that is not understood; add this one by hand', { file: missed.expr.facts.path, snippet: snippet(job) });
  const list = wiring.lists.find(l => l.code === 'R1' || l.code === 'R1b');
  const asked = [answers['list'] ?? []].flat().filter((l): l is string => typeof l === 'string').flatMap(l => l.split(',')).filter(l => l !== '');
  const strange = asked.find(l => !wiring.lists.some(known => known.list.name === l));
  if (strange !== undefined) throw new Refused(`there is no list ${strange} of upgrades${wiring.lists.length ? ` (there is ${wiring.lists.map(l => l.list.name).join(', ')})` : ''}`);
  const convert = answers['convert'] === true;
  if (convert && !codes.includes('R3')) throw new Refused('--convert is for chains with a single handler in the app; this one has a list or several handlers already');
  refuseNameless(job, wiring.registrations.filter(r => list ? r.list?.literal.node === list.list.literal.node : r.code === ['R2', 'R4', 'R3'].find(code => codes.some(c => c === code))));
  if (list) (list.elements ? upgradeInList : firstInList)(job, list);
  else if (codes.includes('R2')) upgradeByStatement(job);
  else if (codes.includes('R4')) upgradeByClosure(job);
  else if (codes.includes('R3') && !convert) return upgradeInPlace(job);
  else {
    createFramework(job);
    const old = wiring.registrations[0];
    if (old) job.notes.push(`The handler of ${nameOf(old)} stays registered where it is, beside the new list: take it out once no network still has to run it.`);
  }
  return undefined;
}

/** What is to be followed, or rewritten, has to be known by its plan name. */
function refuseNameless(job: Job, followed: readonly Registration[]): void {
  const [first] = followed;
  if (!first || followed.some(r => r.name.kind === 'known')) return;
  const why = first.name.kind === 'unknown' ? first.name.why : `${textOf(first.nameExpr)} is declared in a package that is not in this repository`;
  throw new Refused(`the plan names of this chain's upgrades are not known: ${why}; add this one by hand`, { file: first.place.facts.path, snippet: snippet(job) });
}
