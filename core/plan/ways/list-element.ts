import { insertElement } from '../../edit/list-element.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import { calledFunction, localDefinition } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callArguments, childByField } from '../../go/syntax/syntax.ts';
import type { Registration, UpgradeList } from '../../wiring/style.ts';
import { calledName, calledOperand, nodeText } from '../go-tree.ts';
import { aliasLike, importCalled } from '../package/import-like.ts';
import { importPathOf } from '../package/import-path.ts';
import type { Named } from '../package/naming.ts';
import { compareNames, respellIdentifier } from '../package/naming.ts';
import type { PackageName } from '../package/package-name.ts';
import type { NewPackage } from '../package/upgrade-package.ts';
import type { Job } from '../upgrade/job.ts';
import { isDescending, nameOf, newestFirst } from '../upgrade/neighbour.ts';

// The elements of a list of upgrades, and where a new one goes.

/** The new upgrade's package (or file of a shared one), made after its newest neighbour. */
export interface ElementPackage extends NewPackage {
  readonly target: PackageName;
  readonly neighbour: Registration;
  readonly shared: boolean;
}

/** The registrations that come from a list. */
export function registrationsOf({ wiring }: Job, found: UpgradeList): Registration[] {
  return wiring.registrations.filter(r => r.list?.literal.node === found.list.literal.node);
}

/**
 * Whether an element leads to an upgrade that is declared by itself, whose package or file can be
 * followed: `vN.Upgrade`, `UpgradeVN`, or the call of a constructor that takes nothing. The
 * arguments of others are that upgrade's own.
 */
export function isDeclared(repo: Repo, { place, struct, package: dir }: Registration): boolean {
  if (!struct) return false;
  const { node, facts } = place;
  switch (node.type) {
    case 'selector_expression':
      return true;
    case 'identifier':
      return localDefinition(node, nodeText(facts, node), facts.text) === undefined;
    case 'call_expression':
      return callArguments(node).length === 0 && calledFunction(repo, place)?.dir === dir;
  }
  return false;
}

/** What an element names: the package's qualifier, if any, and the variable or constructor. */
export interface ElementName {
  readonly qualifier: string | undefined;
  readonly ident: string;
}

/** What an element such as `v3.Upgrade`, `v3.New()` or `UpgradeV3` names. */
export function nameInElement({ place }: Registration): ElementName | undefined {
  const { facts, node } = place;
  switch (node.type) {
    case 'identifier':
      return { qualifier: undefined, ident: nodeText(facts, node) };
    case 'selector_expression':
      return {
        qualifier: nodeText(facts, childByField(node, 'operand')),
        ident: nodeText(facts, childByField(node, 'field')),
      };
    case 'call_expression': {
      const operand = calledOperand(node);
      return {
        qualifier: operand && nodeText(facts, operand),
        ident: nodeText(facts, calledName(node)),
      };
    }
  }
  return undefined;
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
  const followed = newestFirst(own, job.name).filter(r => isDeclared(job.repo, r));
  const neighbour = followed[0] ?? made.neighbour;
  const list = found.list.literal;
  const qualifier = made.shared
    ? nameInElement(neighbour)?.qualifier
    : importElement(job, found, made, [neighbour, ...followed.slice(1)]);
  const call = made.neighbour.place.node.type === 'call_expression' ? '()' : '';
  const element = `${qualifier === undefined ? '' : `${qualifier}.`}${made.upgrade!}${call}`;
  if (inPlaceOfNewest) {
    const { start, end } = neighbour.place.node;
    job.changes.edit(list.facts.path, start, end, element);
  } else {
    placeElement(job, found, element);
  }
}

/** Puts an element where the order of a list wants it. */
export function placeElement(job: Job, found: UpgradeList, element: string): void {
  const own = registrationsOf(job, found);
  const beside = besideOf(own, job.name);
  insertElement(job.changes, found.list.literal, beside, element, isDescending(own));
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
  const qualifierIn = (registration: Registration) => nameInElement(registration)?.qualifier;
  const imported = importCalled(repo, neighbour!.place.facts, qualifierIn(neighbour!));
  const spellings = others.flatMap((other): Named[] => {
    const text = qualifierIn(other);
    return text === undefined ? [] : [{ name: nameOf(other), text }];
  });
  const alias = aliasLike(imported, target, text =>
    respellIdentifier({ name: nameOf(neighbour!), text }, name, spellings),
  );
  const path = importPathOf(repo, target.dir);
  const withPackage = repo.with(creates.map(create => [create.file, create.text]));
  const spec = freeImport(withPackage, facts, { path, alias });
  job.changes.import(facts.path, spec);
  return spec.alias ?? target.name;
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
