import { basename, join } from '../../files.ts';
import { withoutUnusedImports } from '../../go/edit/unused-imports.ts';
import { Refusal } from '../../refusal.ts';
import type { Registration, UpgradeList } from '../../wiring/style.ts';
import { testFile } from '../package/upgrade-test.ts';
import { answerItems } from '../question.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf, newestFirst } from '../upgrade/neighbour.ts';
import { keepsOnlyNewest, takesTurns } from '../upgrade/newest-only.ts';
import { canFollowPackage, elementPackage, notFollowed } from './element-package.ts';
import { firstInList } from './first-in-list.ts';
import { callWithName, canFollowGivenName } from './given-name.ts';
import { canFollowInline, inlineElement, isInline } from './inline-element.ts';
import type { ElementPackage } from './list-element.ts';
import { intoList, placeElement, registrationsOf } from './list-element.ts';
import type { AllowedChange, Way } from './way.ts';

/**
 * R1 and R1b: a new package (or file) after the newest neighbour, and its element in the list; the
 * first upgrade of a list without any.
 */
export const inList: Way = {
  codes: ['R1', 'R1b'],
  insert(job, answers) {
    const lists = job.wiring.lists.filter(l => this.codes.includes(l.code));
    const list = listFor(job, lists, answerItems(answers['list']) ?? []);
    if (list.elements > 0) return upgradeInList(job, list);
    firstInList(job, list);
    return undefined;
  },
};

/**
 * The list that was asked for, else that of the newest upgrade. One binary registers all of these,
 * so only one can take the upgrade.
 */
function listFor(job: Job, lists: readonly UpgradeList[], asked: readonly string[]): UpgradeList {
  const chosen = asked.length === 0 ? lists : lists.filter(l => asked.includes(l.list.name));
  if (asked.length > 1 && chosen.length > 1)
    throw new Refusal(
      `the app registers both ${chosen.map(l => l.list.name).join(' and ')}, ` +
        'so the upgrade goes into one of them; name one with --list',
    );
  const registrations = chosen.flatMap(l => registrationsOf(job, l));
  const [newest] = newestFirst(registrations, job.name);
  const own = chosen.find(l => newest && l.list.literal.node === newest.list?.literal.node);
  return own ?? chosen[0]!;
}

/** Writes one more element like the newest that can be followed, in the manner of that one. */
function upgradeInList(job: Job, found: UpgradeList): AllowedChange {
  const newest = newestFirst(registrationsOf(job, found), job.name);
  const neighbour = newest.find(
    one =>
      canFollowGivenName(job, one) ||
      canFollowInline(job, one) ||
      canFollowPackage(job, found, one),
  );
  if (!neighbour) throw notFollowed(job, found, newest[0]!);
  if (canFollowPackage(job, found, neighbour)) return packageInList(job, found, newest);
  const element = isInline(neighbour)
    ? inlineElement(job, found, neighbour, newest)
    : callWithName(job, neighbour);
  placeElement(job, found, element);
  if (job.test)
    job.notes.push('No test is written: the upgrade has no package of its own to hold it.');
  return undefined;
}

/** An element with a package, or a file, of its own. */
function packageInList(
  job: Job,
  found: UpgradeList,
  newest: readonly Registration[],
): AllowedChange {
  const own = registrationsOf(job, found);
  const made = elementPackage(job, found, newest);
  const old = made.neighbour;
  const retires = !made.shared && takesTurns(job, old);
  intoList(job, found, made, retires);
  if (job.test) addTest(job, found, made);
  const only = `${found.list.name} holds only the newest upgrade in this chain`;
  if (!retires) {
    if (own.length === 1 && !made.shared && keepsOnlyNewest(job, old))
      job.notes.push(`${only}: take ${nameOf(old)} out once no network still has to run it.`);
    return undefined;
  }
  const { path: listFile } = found.list.literal.facts;
  job.tidy.push((file, text) =>
    file === listFile ? withoutUnusedImports(job.repo, file, text) : text,
  );
  job.notes.push(
    `${only}, so ${job.name} takes the place of ${nameOf(old)}, ` +
      `whose package ${old.package} stays until you delete it.`,
  );
  return { retires: nameOf(old) };
}

function addTest(job: Job, { list }: UpgradeList, made: ElementPackage): void {
  const { target, shared, creates } = made;
  const beside = basename(creates[0]!.file).replace(/\.go$/, '');
  const file = shared ? `${beside}_test.go` : 'upgrade_test.go';
  job.creates.push(
    testFile(job, {
      package: target,
      file: join(target.dir, file),
      made,
      upgrade: made.upgrade,
      nameField: list.nameField,
      handlerField: list.handlerField,
    }),
  );
}
