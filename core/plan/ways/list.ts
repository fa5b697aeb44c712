import { isStoreUpgrades } from '../../chain/app/upgrades.ts';
import { insertElement } from '../../edit/list-element.ts';
import { storeCode } from '../../edit/store-code.ts';
import { storeUpgradesLiteral } from '../../edit/write-store-upgrades.ts';
import { basename, dirname, join } from '../../files.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import { withoutUnusedImports } from '../../go/edit/unused-imports.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, fieldsOf, structOf, textOf } from '../../go/eval/value.ts';
import { importsOf } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, withoutAddressOf } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { elementType, listLiteral } from '../../wiring/registration/lists.ts';
import type { Registration, UpgradeList } from '../../wiring/style.ts';
import { compareNames, respellIdentifier } from '../package/naming.ts';
import type { NewPackage } from '../package/upgrade-package.ts';
import type { PackageName } from '../package/package-name.ts';
import { needsAlias, packageName } from '../package/package-name.ts';
import { writePackage } from '../package/upgrade-package.ts';
import { testFile } from '../package/upgrade-test.ts';
import { answerItems } from '../question.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores, refuseExisting } from '../upgrade/job.ts';
import { createListLoader, storesField } from '../upgrade/list-loader.ts';
import { isDescending, nameOf, newestFirst } from '../upgrade/neighbour.ts';
import { folderOfKind, takesTurns } from '../upgrade/newest-only.ts';
import { firstInList } from './framework.ts';
import type { AllowedChange, Way } from './way.ts';

/**
 * R1 and R1b: a new package (or file) after the newest neighbour, and its element in the list; the
 * first upgrade of a list without any.
 */
export const inList: Way = {
  codes: ['R1', 'R1b'],
  insert(job, answers) {
    const list = listFor(
      job,
      job.wiring.lists.filter(l => this.codes.includes(l.code)),
      answerItems(answers['list']) ?? [],
    );
    if (list.elements) return upgradeInList(job, list);
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
      `the app registers ${chosen.map(l => l.list.name).join(' and ')} both, so the upgrade goes into one of them; name one with --list`,
    );
  const newest = newestFirst(
    chosen.flatMap(l => registrationsOf(job, l)),
    job.name,
  )[0];
  return (
    chosen.find(l => newest && l.list.literal.node === newest.list?.literal.node) ?? chosen[0]!
  );
}

function upgradeInList(job: Job, found: UpgradeList): AllowedChange {
  const own = registrationsOf(job, found);
  const made = elementPackage(job, found, newestFirst(own, job.name));
  const old = made.neighbour;
  const retires = !made.shared && takesTurns(job, old);
  intoList(job, found, made, retires);
  if (retires) {
    job.tidy.push((file, text) =>
      file === found.list.literal.facts.path ? withoutUnusedImports(job.repo, file, text) : text,
    );
    job.notes.push(
      `${found.list.name} holds only the newest upgrade in this chain, so ${job.name} takes the place of ${nameOf(old)}, whose package ${old.package} stays until you delete it.`,
    );
  } else if (own.length === 1 && !made.shared && keepsOnlyNewest(job, old)) {
    job.notes.push(
      `${found.list.name} holds only the newest upgrade in this chain: take ${nameOf(old)} out once no network still has to run it.`,
    );
  }
  if (job.test)
    job.creates.push(
      testFile(job, {
        package: made.target,
        file: join(
          made.target.dir,
          made.shared
            ? `${basename(made.creates[0]!.file).replace(/\.go$/, '')}_test.go`
            : 'upgrade_test.go',
        ),
        made,
        upgrade: made.upgrade,
        nameField: found.list.nameField,
        handlerField: found.list.handlerField,
      }),
    );
  return retires ? { retires: nameOf(old) } : undefined;
}

/** The registrations that stand in a list. */
export function registrationsOf({ wiring }: Job, found: UpgradeList): Registration[] {
  return wiring.registrations.filter(r => r.list?.literal.node === found.list.literal.node);
}

/** The new upgrade's package (or file of a shared one), made after its newest neighbour. */
export interface ElementPackage extends NewPackage {
  readonly target: PackageName;
  readonly neighbour: Registration;
  readonly shared: boolean;
}

/** Writes it; `like` are the upgrades of the lists that take it, newest first. */
export function elementPackage(
  job: Job,
  found: UpgradeList,
  like: readonly Registration[],
): ElementPackage {
  const { repo, name } = job;
  const followed = like.filter(isFollowable);
  const neighbour = followed[0];
  if (!neighbour)
    throw new Refusal(
      `the newest element of ${found.list.name} is ${textOf(like[0]!.place).slice(0, 60)}, which cannot be followed`,
      snippetFor(job, like[0]!),
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
    throw new Refusal("the newest upgrade's variable was not found", snippetFor(job, neighbour));
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
  { target, creates, shared, upgrade, neighbour: elsewhere }: ElementPackage,
  instead = false,
): void {
  const { repo, name } = job;
  const own = registrationsOf(job, found);
  const like = newestFirst(own, name).filter(isFollowable);
  const neighbour = like[0] ?? elsewhere;
  const list = found.list.literal;
  const { facts } = list;
  const from = neighbour.place;
  const beside = besideOf(own, name);
  const qualifier = textOf(exprAt(from, childByField(from.node, 'operand')!));
  if (shared)
    return insertElement(job.changes, list, beside, `${qualifier}.${upgrade}`, isDescending(own));
  const before = importsOf(from.facts).find(
    i => qualifierOf(repo, dirname(from.facts.path), i) === qualifier,
  );
  const path = repo.importPath(target.dir) ?? importPathOf(repo, target.dir);
  const others = like.slice(1).flatMap(aliasOf);
  const alias =
    before?.alias === undefined
      ? needsAlias(target, before !== undefined)
      : (respellIdentifier({ name: nameOf(neighbour), text: before.alias }, name, others) ??
        target.name);
  const wanted = freeImport(repo.with(creates.map(c => [c.file, c.text])), facts, { path, alias });
  job.changes.import(facts.path, wanted);
  const written = `${wanted.alias ?? target.name}.${upgrade}`;
  if (instead) job.changes.edit(facts.path, from.node.start, from.node.end, written);
  else insertElement(job.changes, list, beside, written, isDescending(own));
}

/**
 * The element that a new one stands beside: the last of an older version in a list that is in
 * order, candidates and all; else the newest of its kind, or the last where only elements whose
 * names are not known follow it.
 */
function besideOf(own: readonly Registration[], name: string): SyntaxNode | undefined {
  const older = own.findLast(r => compareNames(nameOf(r), name)! < 0);
  if (older && own.every((r, i) => i === 0 || compareNames(nameOf(own[i - 1]!), nameOf(r))! < 0))
    return older.place.node;
  const newest = newestFirst(own, name)[0];
  const after = newest && !isDescending(own) ? own.slice(own.indexOf(newest) + 1) : [];
  return (
    after.length > 0 && after.every(r => r.name.kind !== 'known')
      ? after.at(-1)!
      : (newest ?? own.at(-1))
  )?.place.node;
}

function aliasOf(registration: Registration): { name: string; text: string }[] {
  const operand =
    registration.place.node.type === 'selector_expression'
      ? childByField(registration.place.node, 'operand')
      : undefined;
  return operand
    ? [{ name: nameOf(registration), text: textOf(exprAt(registration.place, operand)) }]
    : [];
}

function importPathOf(repo: Job['repo'], dir: string): string {
  const parent = repo.importPath(dirname(dir));
  if (parent === undefined) throw new Refusal('the app lies outside every Go module; add a go.mod');
  return `${parent}/${basename(dir)}`;
}

/**
 * Whether older upgrades were taken out of the list: their folders are left, or the last release
 * listed another one.
 */
export function keepsOnlyNewest(job: Job, neighbour: Registration): boolean {
  const before =
    job.base?.apps.find(a => a.dir === job.app.dir)?.upgrades.filter(u => u.registered) ?? [];
  return (
    job.app.upgrades.some(u => !u.registered && u.package !== neighbour.package) ||
    before.some(u => u.name !== nameOf(neighbour))
  );
}

/**
 * The struct's StoreUpgrades value; makes room for one (field, loader) where the chain has none
 * yet.
 */
export function structStores(
  job: Job,
  neighbour: Registration,
  found: UpgradeList,
): { text: string; imports: Map<string, { path: string; alias: string | undefined }> } | undefined {
  if (!changesStores(job)) return undefined;
  const { repo, wiring } = job;
  const facts = neighbour.struct!.expr.facts;
  const field = storesField(repo, found, neighbour);
  const loaded = wiring.loadings.some(l => l.code === 'S1');
  const elsewhere = wiring.loadings.find(l => l.code !== 'S1');
  if (!loaded && elsewhere)
    throw new Refusal(
      `stores are loaded in a way (${elsewhere.code}) that cannot be extended yet; add them by hand`,
      { ...snippetFor(job, neighbour), ...where(elsewhere.site.call) },
    );
  const type = field.ensure(job);
  if (!loaded) createListLoader(job, found, field.name);
  const own = fieldsOf(neighbour.struct!).find(f => isStoreUpgrades(repo, f.value));
  const struct = own && structOf(repo, own.value);
  const several = own !== undefined && /\[\]string\{\s*\n/.test(textOf(own.value));
  const literal = own && withoutAddressOf(own.value.node);
  const pointer = literal && own.value.node.type === 'unary_expression' ? '&' : '';
  const typeText =
    own && struct?.type && literal?.type === 'composite_literal'
      ? pointer + textOf(exprAt(own.value, childByField(literal, 'type')!))
      : undefined;
  const code = storeCode(repo, job.app, job.stores, facts, false);
  job.notes.push(...code.notes);
  const qualifier = typeText?.replace(/^&/, '').split('.')[0];
  const imports = new Map(code.imports);
  let written = typeText;
  if (
    !written ||
    !qualifier ||
    !importsOf(facts).some(i => qualifierOf(repo, dirname(facts.path), i) === qualifier)
  ) {
    const wanted = freeImport(repo, facts, type);
    imports.set(qualifierOf(repo, dirname(facts.path), wanted), wanted);
    written = `${qualifierOf(repo, dirname(facts.path), wanted)}.StoreUpgrades`;
  }
  return {
    text: storeUpgradesLiteral(written, code.text, several)
      .split('\n')
      .map((l, i) => (i && l ? `\t${l}` : l))
      .join('\n'),
    imports,
  };
}

function where(expr: Expr): { file: string; line: number } {
  const place = locationOf(expr.facts, expr.node);
  return { file: place.file, line: place.line };
}

/** What to paste where the list cannot be extended safely. */
function snippetFor(
  job: Job,
  neighbour: Registration,
): { file: string; line: number; snippet: string } {
  const list = neighbour.list && listLiteral(job.repo, neighbour.list.literal);
  const type = list ? elementType(list) : 'upgrades.Upgrade';
  return {
    ...where(neighbour.place),
    snippet: `${type}{\n\t${neighbour.list?.nameField ?? 'UpgradeName'}: "${job.name}",\n\t${neighbour.list?.handlerField ?? 'CreateUpgradeHandler'}: CreateUpgradeHandler,\n}`,
  };
}
