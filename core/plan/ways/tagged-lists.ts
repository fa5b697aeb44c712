import type { EmptyList } from '../../wiring/style.ts';
import { join } from '../../files.ts';
import type { Job } from '../job.ts';
import { Refused } from '../job.ts';
import { newestFirst } from '../neighbour.ts';
import type { Answers } from '../question.ts';
import { testFile } from '../upgrade-test.ts';
import { elementPackage, intoList, registrationsOf } from './list.ts';
import type { Proved, Way } from './way.ts';

/** R1e: one list for each build tag, for the networks that a binary is built for. Those that are asked for take the upgrade; all, where nothing is said. */
export const inTaggedLists: Way = { codes: ['R1e'], insert: upgradeInTaggedLists };

function upgradeInTaggedLists(job: Job, answers: Answers): Proved {
  const all = job.wiring.lists.filter(l => l.code === 'R1e' && l.elements > 0), asked = namesOf(answers['list']);
  const chosen = asked.length === 0 ? all : all.filter(l => asked.includes(tagOf(l)) || asked.includes(l.list.name));
  if (chosen.length === 0) throw new Refused('none of the lists takes the upgrade; name one with --list');
  const made = elementPackage(job, chosen[0]!, newestFirst(chosen.flatMap(l => registrationsOf(job, l)), job.name));
  for (const list of chosen) intoList(job, list, made);
  if (job.test) job.creates.push(testFile(job, { package: made.target, file: join(made.target.dir, 'upgrade_test.go'), made, upgrade: made.upgrade, nameField: chosen[0]!.list.nameField, handlerField: chosen[0]!.list.handlerField }));
  return { lists: chosen.map(tagOf) };
}

/** What a list is known by: the build tags of its file. */
export function tagOf({ list }: EmptyList): string {
  return list.literal.facts.buildTags ?? list.name;
}

/** The values of an answer that may be given as a list or with commas. */
export function namesOf(answer: Answers[string]): string[] {
  return [answer ?? []].flat().filter((l): l is string => typeof l === 'string').flatMap(l => l.split(',')).map(l => l.trim()).filter(l => l !== '');
}
