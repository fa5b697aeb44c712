import { basename, dirname, join } from '../../files.ts';
import { withoutParens } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Registration, UpgradeList } from '../../wiring/style.ts';
import { registeredHandler } from '../handler/handler-shape.ts';
import { isReusable } from '../handler/reusable.ts';
import { copyUpgrade, modelOf } from '../package/copied-upgrade.ts';
import { elementSnippet } from '../package/element-snippet.ts';
import { respellIdentifier } from '../package/naming.ts';
import { nameElsewhere } from '../package/new-name.ts';
import type { PackageName } from '../package/package-name.ts';
import { packageName } from '../package/package-name.ts';
import { declares } from '../package/package-parts.ts';
import { structStores } from '../package/struct-stores.ts';
import type { NewPackage } from '../package/upgrade-package.ts';
import { writePackage } from '../package/upgrade-package.ts';
import { refuseExisting } from '../refuse-existing.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { folderOfKind } from '../upgrade/newest-only.ts';
import type { ElementPackage } from './list-element.ts';
import { isDeclared, nameInElement } from './list-element.ts';

/** Whether an upgrade's package, or its file, can be followed by a new one. */
export function canFollowPackage(
  job: Job,
  found: UpgradeList,
  registration: Registration,
): boolean {
  const { repo, wiring } = job;
  if (!isDeclared(repo, registration)) return false;
  // What is copied whole has to be a package of its own.
  if (isInPackageOfAll(found, registration) && !isWrittenAnew(job, registration)) return false;
  const shape = registeredHandler(repo, registration);
  const isElsewhere = shape !== undefined && dirname(shape.facts.path) !== registration.package;
  return !isElsewhere || isReusable(repo, registration, wiring.registrations);
}

/** Writes it; `newest` are the upgrades of the lists that take it, newest first. */
export function elementPackage(
  job: Job,
  found: UpgradeList,
  newest: readonly Registration[],
): ElementPackage {
  const followed = newest.filter(registration => canFollowPackage(job, found, registration));
  const [first] = followed;
  if (!first) throw notFollowed(job, found, newest[0]!);
  const isAnew = isWrittenAnew(job, first);
  const alike = followed.filter(one => isWrittenAnew(job, one) === isAnew);
  const neighbour = isAnew ? first : modelOf(job, alike);
  const shared = isInPackageOfAll(found, neighbour);
  const target = shared
    ? { dir: neighbour.package, name: basename(neighbour.package) }
    : inFolderOfKind(job, neighbour, packageName(job.repo, job.name, followed));
  if (!shared) refuseExisting(job.repo.texts.keys(), target.dir);
  const made = isAnew
    ? written(job, found, followed, target, shared)
    : copied(job, found, neighbour, alike, target);
  return { ...made, target, neighbour, shared };
}

/** The refusal where no element of a list can be followed. */
export function notFollowed(job: Job, found: UpgradeList, newest: Registration): Refusal {
  const { facts, node } = newest.place;
  const text = facts.text.slice(node.start, node.end).replace(/\s+/g, ' ').slice(0, 60);
  const shape = registeredHandler(job.repo, newest);
  const handler = shape?.maker?.name;
  const why = handler ? `: ${handler} is that upgrade's own` : '';
  return new Refusal(
    `the newest element of ${found.list.name} is ${text}, which cannot be followed${why}`,
    elementSnippet(job, newest),
  );
}

/** Whether the upgrades lie in one package: a file each, or the list beside them. */
function isInPackageOfAll({ list }: UpgradeList, { code, package: dir }: Registration): boolean {
  return code === 'R1b' || dirname(list.literal.facts.path) === dir;
}

/**
 * Whether the upgrade's struct, and a function or literal in it that makes the handler, are all
 * that there is to write. Others are copied with what makes them.
 */
function isWrittenAnew({ repo }: Job, registration: Registration): boolean {
  const { handler, place } = registration;
  if (place.node.type === 'call_expression' || !handler) return false;
  const shape = registeredHandler(repo, registration);
  const isElsewhere = shape !== undefined && dirname(shape.facts.path) !== registration.package;
  const isLiteral = withoutParens(handler.node).type === 'func_literal';
  return isLiteral || isElsewhere || shape?.maker?.name !== undefined;
}

/** A package, or a file of a shared one, with the declarations that an upgrade needs. */
function written(
  job: Job,
  found: UpgradeList,
  followed: readonly Registration[],
  target: PackageName,
  shared: boolean,
): NewPackage {
  const { repo, name, info } = job;
  const neighbour = followed[0]!;
  if (shared) refuseUnspelt(neighbour, name);
  const stores = structStores(job, neighbour, found);
  const nameText = nameElsewhere(job, neighbour);
  const made = writePackage(
    { repo, name, neighbours: followed, stores, info, parameters: 'all', nameText },
    target,
    shared,
  );
  for (const create of made.creates) refuseExisting(job.repo.texts.keys(), create.file);
  job.creates.push(...made.creates);
  if (!made.upgrade)
    throw new Refusal(
      "the newest upgrade's variable was not found",
      elementSnippet(job, neighbour),
    );
  return made;
}

/** A copy of the neighbour's package, where more than a struct and a function makes the upgrade. */
function copied(
  job: Job,
  found: UpgradeList,
  model: Registration,
  alike: readonly Registration[],
  target: PackageName,
): NewPackage {
  const named = nameInElement(model);
  if (!named) throw notFollowed(job, found, model);
  const before = job.creates.length;
  const copy = copyUpgrade(job, model, alike, target, part => declares(part, named.ident));
  const creates = job.creates.slice(before);
  return {
    ...target,
    creates,
    upgrade: copy.identifier(named.ident),
    nameConst: undefined,
    handler: undefined,
    shape: undefined,
  };
}

/** In a shared package the new variable needs a name of its own, which the neighbour's has to tell. */
function refuseUnspelt(neighbour: Registration, name: string): void {
  const ident = nameInElement(neighbour)?.ident ?? '';
  const respelt = respellIdentifier({ name: nameOf(neighbour), text: ident }, name);
  if (respelt !== undefined && respelt !== ident) return;
  throw new Refusal(
    `${ident} does not spell its plan's name, so nothing tells what the variable of ${name} is ` +
      'called; add this upgrade by hand',
    { file: neighbour.place.facts.path },
  );
}

function inFolderOfKind(job: Job, neighbour: Registration, target: PackageName): PackageName {
  const folder = folderOfKind(job, neighbour);
  return folder === undefined ? target : { ...target, dir: join(folder, basename(target.dir)) };
}
