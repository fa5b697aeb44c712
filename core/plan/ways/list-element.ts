import { insertElement } from '../../edit/list-element.ts';
import { basename, dirname, join } from '../../files.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Registration, UpgradeList } from '../../wiring/style.ts';
import { aliasLike, importCalled } from '../package/import-like.ts';
import type { Named } from '../package/naming.ts';
import { compareNames, respellIdentifier } from '../package/naming.ts';
import type { PackageName } from '../package/package-name.ts';
import { packageName } from '../package/package-name.ts';
import { elementSnippet, structStores } from '../package/struct-stores.ts';
import type { NewPackage } from '../package/upgrade-package.ts';
import { writePackage } from '../package/upgrade-package.ts';
import type { Job } from '../upgrade/job.ts';
import { refuseExisting } from '../upgrade/job.ts';
import { isDescending, nameOf, newestFirst } from '../upgrade/neighbour.ts';
import { folderOfKind } from '../upgrade/newest-only.ts';

// The package of a list's new element, and the element.

/** The registrations that come from a list. */
export function registrationsOf({ wiring }: Job, found: UpgradeList): Registration[] {
  return wiring.registrations.filter(r => r.list?.literal.node === found.list.literal.node);
}

/** The new upgrade's package (or file of a shared one), made after its newest neighbour. */
export interface ElementPackage extends NewPackage {
  readonly target: PackageName;
  readonly neighbour: Registration;
  readonly shared: boolean;
}

/** Writes it; `newest` are the upgrades of the lists that take it, newest first. */
export function elementPackage(
  job: Job,
  found: UpgradeList,
  newest: readonly Registration[],
): ElementPackage {
  const { repo, name } = job;
  const followed = newest.filter(isFollowable);
  const neighbour = followed[0];
  if (!neighbour)
    throw new Refusal(
      `the newest element of ${found.list.name} is ${textOf(newest[0]!.place).slice(0, 60)}, ` +
        'which cannot be followed',
      elementSnippet(job, newest[0]!),
    );
  const shared = neighbour.code === 'R1b';
  const target = shared
    ? { dir: neighbour.package, name: basename(neighbour.package) }
    : inFolderOfKind(job, neighbour, packageName(repo, name, followed));
  if (!shared) refuseExisting(job, target.dir);
  const stores = structStores(job, neighbour, found);
  const made = writePackage(
    { repo, name, neighbours: followed, stores, info: job.info, parameters: 'all' },
    target,
    shared,
  );
  for (const create of made.creates) refuseExisting(job, create.file);
  job.creates.push(...made.creates);
  if (!made.upgrade)
    throw new Refusal(
      "the newest upgrade's variable was not found",
      elementSnippet(job, neighbour),
    );
  return { ...made, target, neighbour, shared };
}

/**
 * Whether an element is `vN.Upgrade`, with a struct behind it; not a constructor's call, whose
 * arguments are that upgrade's own.
 */
function isFollowable({ place, struct }: Registration): boolean {
  return place.node.type === 'selector_expression' && struct !== undefined;
}

function inFolderOfKind(job: Job, neighbour: Registration, target: PackageName): PackageName {
  const folder = folderOfKind(job, neighbour);
  return folder === undefined ? target : { ...target, dir: join(folder, basename(target.dir)) };
}

/**
 * Puts the new upgrade's element beside the newest one of a list, or into an empty one, or in the
 * newest one's place, and imports its package there as its neighbour's is imported.
 */
export function intoList(
  job: Job,
  found: UpgradeList,
  made: ElementPackage,
  inPlaceOfNewest = false,
): void {
  const own = registrationsOf(job, found);
  const followed = newestFirst(own, job.name).filter(isFollowable);
  const neighbour = followed[0] ?? made.neighbour;
  const list = found.list.literal;
  const qualifier = made.shared
    ? qualifierIn(neighbour)!
    : importElement(job, found, made, [neighbour, ...followed.slice(1)]);
  const element = `${qualifier}.${made.upgrade!}`;
  if (inPlaceOfNewest) {
    const { start, end } = neighbour.place.node;
    job.changes.edit(list.facts.path, start, end, element);
  } else {
    insertElement(job.changes, list, besideOf(own, job.name), element, isDescending(own));
  }
}

/** Imports the new package into the list's file; returns the name it goes by. */
function importElement(
  job: Job,
  found: UpgradeList,
  { target, creates }: ElementPackage,
  [neighbour, ...others]: readonly Registration[],
): string {
  const { repo, name } = job;
  const { facts } = found.list.literal;
  const imported = importCalled(repo, neighbour!.place.facts, qualifierIn(neighbour!));
  const spellings = others.flatMap((other): Named[] => {
    const text = qualifierIn(other);
    return text === undefined ? [] : [{ name: nameOf(other), text }];
  });
  const alias = aliasLike(imported, target, text =>
    respellIdentifier({ name: nameOf(neighbour!), text }, name, spellings),
  );
  const path = importPath(repo, target.dir);
  const withPackage = repo.with(creates.map(create => [create.file, create.text]));
  const spec = freeImport(withPackage, facts, { path, alias });
  job.changes.import(facts.path, spec);
  return spec.alias ?? target.name;
}

/** The package's name in an element such as `v3.Upgrade`. */
function qualifierIn({ place }: Registration): string | undefined {
  const { node } = place;
  const operand = node.type === 'selector_expression' ? childByField(node, 'operand') : undefined;
  return operand && textOf(exprAt(place, operand));
}

function importPath(repo: Repo, dir: string): string {
  const known = repo.importPath(dir);
  if (known !== undefined) return known;
  const parent = repo.importPath(dirname(dir));
  if (parent === undefined) throw new Refusal('the app lies outside every Go module; add a go.mod');
  return `${parent}/${basename(dir)}`;
}

/**
 * The element that a new one comes beside: the last of an older version in a list that is in order,
 * candidates and all; else the newest of its kind, or the last where only elements whose names are
 * not known follow it.
 */
function besideOf(own: readonly Registration[], name: string): SyntaxNode | undefined {
  const isOlder = (a: string, b: string) => compareNames(a, b)! < 0;
  const inOrder = own.every((r, i) => i === 0 || isOlder(nameOf(own[i - 1]!), nameOf(r)));
  const older = own.findLast(r => isOlder(nameOf(r), name));
  if (older && inOrder) return older.place.node;
  const [newest] = newestFirst(own, name);
  if (!newest) return own.at(-1)?.place.node;
  const after = isDescending(own) ? [] : own.slice(own.indexOf(newest) + 1);
  const onlyUnknown = after.length > 0 && after.every(r => r.name.kind !== 'known');
  return (onlyUnknown ? after.at(-1)! : newest).place.node;
}
