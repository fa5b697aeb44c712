import { join } from '../../files.ts';
import { excerptOf } from '../../go/eval/expr.ts';
import { locationOf } from '../../go/source/location.ts';
import { Refusal } from '../../refusal.ts';
import type { UpgradeList } from '../../wiring/style.ts';
import { testFile } from '../package/upgrade-test.ts';
import type { Answers } from '../question.ts';
import { answerItems } from '../question.ts';
import type { Job } from '../upgrade/job.ts';
import { newestFirst } from '../upgrade/neighbour.ts';
import { elementPackage } from './element-package.ts';
import { inList } from './list.ts';
import { intoList, registrationsOf } from './list-element.ts';
import type { AllowedChange, Way } from './way.ts';

/**
 * R1e: one list for each build tag, for the networks that a binary is built for. Those that are
 * asked for take the upgrade; all, where none is named. Where they only add to a list that every
 * build has, that takes it.
 */
export const inTaggedLists: Way = { codes: ['R1e'], insert: upgradeInTaggedLists };

function upgradeInTaggedLists(job: Job, answers: Answers): AllowedChange {
  const all = job.wiring.lists.filter(l => l.code === 'R1e');
  const asked = answerItems(answers['list']) ?? [];
  const hasShared = job.wiring.lists.some(({ code }) => inList.codes.includes(code));
  if (asked.length === 0 && hasShared && all.every(({ list }) => list.literal.facts.buildTags))
    return inList.insert(job, answers);
  const isAsked = (list: UpgradeList) =>
    asked.length === 0 || asked.includes(tagOf(list)) || asked.includes(list.list.name);
  const chosen = all.filter(isAsked);
  if (chosen.length === 0)
    throw new Refusal('none of the lists takes the upgrade; name one with --list');
  // A list without upgrades yet follows those of the others.
  const like = chosen.some(hasUpgrades) ? chosen : all;
  const model = like.find(hasUpgrades);
  if (!model)
    throw new Refusal(
      `none of the lists ${all.map(tagOf).join(', ')} has an upgrade that could be followed; ` +
        'write the first one by hand',
    );
  const registrations = like.flatMap(list => registrationsOf(job, list));
  const made = elementPackage(job, model, newestFirst(registrations, job.name));
  noteUnread(job);
  const taking = oneForEachBuild(job, chosen);
  for (const list of taking) intoList(job, list, made);
  if (job.test)
    job.creates.push(
      testFile(job, {
        package: made.target,
        file: join(made.target.dir, 'upgrade_test.go'),
        made,
        upgrade: made.upgrade,
        nameField: model.list.nameField,
        handlerField: model.list.handlerField,
      }),
    );
  return { lists: taking.map(({ list }) => list.literal.facts.buildTags ?? '') };
}

/** Says where a list is filled by what is not read: the upgrade may belong there too. */
function noteUnread({ wiring, name, notes }: Job): void {
  for (const { code, name: read, place, list } of wiring.registrations) {
    if (code !== 'R1e' || read.kind !== 'unknown' || !list) continue;
    const { file, line } = locationOf(place.facts, place.node);
    notes.push(
      `${list.name} also takes ${excerptOf(place)} (${file}:${line}), which is not read: see ` +
        `whether ${name} belongs there too.`,
    );
  }
}

/** Where several places fill the list of one build, that of its newest upgrade, else the last. */
function oneForEachBuild(job: Job, lists: readonly UpgradeList[]): UpgradeList[] {
  const builds = [...new Set(lists.map(tagOf))];
  return builds.map(tag => {
    const own = lists.filter(list => tagOf(list) === tag);
    const [newest] = newestFirst(
      own.flatMap(list => registrationsOf(job, list)),
      job.name,
    );
    const ofNewest = own.find(({ list }) => list.literal.node === newest?.list?.literal.node);
    return ofNewest ?? own.at(-1)!;
  });
}

/** What the list of builds without a tag is called where it is chosen. */
const untagged = 'default';

function hasUpgrades({ elements }: UpgradeList): boolean {
  return elements > 0;
}

/** What a list is known by: the build tags of its file. */
export function tagOf({ list }: UpgradeList): string {
  return list.literal.facts.buildTags ?? untagged;
}
