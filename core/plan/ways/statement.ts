import { insertElement } from '../../edit/list-element.ts';
import { callLike, insertStatementAfter } from '../../edit/statement.ts';
import { basename, dirname, join } from '../../files.ts';
import { commentAbove } from '../../go/edit/comment-above.ts';
import { dedentRest, indentAt } from '../../go/edit/edit.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import {
  callArguments,
  callsOf,
  childByField,
  namedChildren,
  quote,
} from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { statementOf } from '../../wiring/registration/statements.ts';
import type { Registration, UpgradeList } from '../../wiring/style.ts';
import { nodeText } from '../go-tree.ts';
import { migrationCall, registeredHandler } from '../handler/handler-shape.ts';
import { makerCall } from '../handler/maker-call.ts';
import { isShared } from '../handler/reusable.ts';
import type { LoadRequest } from '../loaders/store-way.ts';
import { nameConstant } from '../package/declarations.ts';
import { aliasLike, importCalled } from '../package/import-like.ts';
import { importPathOf } from '../package/import-path.ts';
import type { Named } from '../package/naming.ts';
import { respellIdentifier, respellProse, speaksOfOther } from '../package/naming.ts';
import { nameElsewhere, newName } from '../package/new-name.ts';
import type { PackageName } from '../package/package-name.ts';
import { packageName } from '../package/package-name.ts';
import { structStores } from '../package/struct-stores.ts';
import type { NewPackage } from '../package/upgrade-package.ts';
import { writePackage } from '../package/upgrade-package.ts';
import { testFile } from '../package/upgrade-test.ts';
import { refuseExisting } from '../refuse-existing.ts';
import type { Job } from '../upgrade/job.ts';
import { loadStores } from '../upgrade/load-stores.ts';
import { isDescending, lastInFunction, nameOf, newestFirst } from '../upgrade/neighbour.ts';
import { keepsOnlyNewest } from '../upgrade/newest-only.ts';
import { snippet } from '../upgrade/snippet.ts';
import type { Way } from './way.ts';

/**
 * R2: one statement per upgrade, handler and name from a package of its own; and R2s, where its
 * element of a list brings the stores.
 */
export const byStatement: Way = { codes: ['R2', 'R2s', 'R11'], insert: upgradeByStatement };

function upgradeByStatement(job: Job): undefined {
  const own = job.wiring.registrations.filter(r => byStatement.codes.includes(r.code));
  const newest = newestFirst(own, job.name);
  const neighbour = newest[0]!;
  const alone = newest.filter(one => isAlone(job, one, own));
  const shared = isShared(job.repo, neighbour, own) ? sharedModel(job, newest) : undefined;
  if (shared) withHandlerOf(job, newest, shared);
  else if (alone.includes(neighbour)) inOwnPackage(job, alone);
  else inPackageOfAll(job, newest);
}

/** The newest upgrade whose handler others have too, rather one that a function makes. */
function sharedModel({ repo }: Job, newest: readonly Registration[]): Registration | undefined {
  const shared = newest.filter(one => isShared(repo, one, newest));
  const isMade = ({ site }: Registration) =>
    callArguments(site.call.node)[1]?.type === 'call_expression';
  return shared.find(isMade) ?? shared[0];
}

/** Whether no other upgrade's handler is made by the package that makes this one's. */
function isAlone({ repo }: Job, registration: Registration, all: readonly Registration[]): boolean {
  const dirOf = (one: Registration) => {
    const shape = registeredHandler(repo, one);
    return shape ? dirname(shape.facts.path) : one.package;
  };
  return all.every(other => other === registration || dirOf(other) !== dirOf(registration));
}

/** A package for the upgrade, and one more statement that registers its handler. */
function inOwnPackage(job: Job, newest: readonly Registration[]): void {
  const neighbour = newest[0]!;
  const model = modelOf(job, newest);
  const target = packageName(job.repo, job.name, newest);
  refuseExisting(job.repo.texts.keys(), target.dir);
  const list = model.element && listOfStores(model);
  const made = writeHandler(job, newest, model, target, list);
  const qualifier = importPackage(job, newest, model, target);
  const constant = nameOfNew(job, model, qualifier, made);
  const { site: last } = lastInFunction(newest, neighbour);
  const handler = makerCall(
    callArguments(model.site.call.node)[1]!,
    model.site.call.facts.text,
    `${qualifier}.${made.handler!}`,
    made.shape!.kept,
  );
  const code =
    commentLike(model, job.name, target.dir) +
    guardLike(job, model, qualifier) +
    callLike(model, constant, handler);
  insertStatementAfter(job.changes, model.site.call.facts.path, statementOf(last), code);
  if (list && made.upgrade) addToList(job, newest, list, `${qualifier}.${made.upgrade}`);
  else loadStores(job, { constant: unquoted(constant), after: last, made: { target, qualifier } });
  if (job.test) {
    const file = join(target.dir, 'upgrade_test.go');
    job.creates.push(testFile(job, { package: target, file, made, upgrade: undefined }));
  }
}

/**
 * The upgrade whose handler is followed: a signature that takes no more than running migrations
 * needs is what a new upgrade starts from.
 */
function modelOf(job: Job, newest: readonly Registration[]): Registration {
  const plain = newest.find(r => takesOnlyManager(job, r));
  return plain ?? newest.find(r => runsMigrations(job, r)) ?? newest[0]!;
}

function takesOnlyManager(job: Job, registration: Registration): boolean {
  const shape = registeredHandler(job.repo, registration);
  if (!shape?.maker || !migrationCall(shape)) return false;
  return shape.maker.parameters.list.every(p => /(Manager|Configurator)$/.test(p.type));
}

function runsMigrations(job: Job, registration: Registration): boolean {
  const shape = registeredHandler(job.repo, registration);
  if (!shape) return false;
  return migrationCall(shape) !== undefined || shape.closure.parameters.list.length === 2;
}

/** Writes the upgrade's package: its name and handler, and a struct where a list serves stores. */
function writeHandler(
  job: Job,
  newest: readonly Registration[],
  model: Registration,
  target: PackageName,
  list: UpgradeList | undefined,
): NewPackage {
  const made = writeModel(job, newest, model, { target, shared: false, list });
  if (!made.handler || made.creates.length === 0)
    throw new Refusal(
      `the handler of ${nameOf(model)} was not found, so there is nothing to follow`,
    );
  job.creates.push(...made.creates);
  return made;
}

/** Where a package, or a file of a shared one, goes; and the list that serves its stores. */
interface Place {
  readonly target: PackageName;
  readonly shared: boolean;
  readonly list: UpgradeList | undefined;
}

function writeModel(
  job: Job,
  newest: readonly Registration[],
  model: Registration,
  { target, shared, list }: Place,
): NewPackage {
  const neighbours = [model, ...newest.filter(r => r !== model)];
  const stores = list && structStores(job, model, list);
  const { repo, name, info } = job;
  return writePackage({ repo, name, neighbours, stores, info, parameters: 'used' }, target, shared);
}

/** Imports the new package where the model's is imported; returns the name it goes by. */
function importPackage(
  job: Job,
  newest: readonly Registration[],
  model: Registration,
  target: PackageName,
): string {
  const { repo, name } = job;
  const { facts } = model.site.call;
  const qualifier = qualifierIn(job, model);
  const imported = qualifier === undefined ? undefined : importCalled(repo, facts, qualifier);
  const spellings = newest
    .filter(r => r !== model)
    .flatMap((other): Named[] => {
      const text = qualifierIn(job, other);
      return text === undefined ? [] : [{ name: nameOf(other), text }];
    });
  const alias = aliasLike(imported, target, text =>
    respellIdentifier({ name: nameOf(model), text }, name, spellings),
  );
  const spec = freeImport(repo, facts, { path: importPathOf(repo, target.dir), alias });
  job.changes.import(facts.path, spec);
  return spec.alias ?? target.name;
}

/** The name by which a registration calls the upgrade's package: for the plan's name, or the handler. */
function qualifierIn(job: Job, { site, package: dir }: Registration): string | undefined {
  const { facts } = site.call;
  const [name, handler] = callArguments(site.call.node);
  const called = handler?.type === 'call_expression' ? childByField(handler, 'function') : handler;
  const qualifiers = [name, called]
    .map(node => (node?.type === 'selector_expression' ? childByField(node, 'operand') : undefined))
    .flatMap(operand => (operand?.type === 'identifier' ? [nodeText(facts, operand)] : []));
  return qualifiers.find(one => job.repo.folderOf(facts, one) === dir) ?? qualifiers[0];
}

function listOfStores({ code, site, list }: Registration): UpgradeList {
  return { code, site, list: list!, elements: 1 };
}

/** R2s: the upgrade's element in the list that serves stores. */
function addToList(
  job: Job,
  newest: readonly Registration[],
  { list }: UpgradeList,
  element: string,
): void {
  const own = newest.filter(r => r.element);
  const neighbour = own[0]!;
  insertElement(job.changes, list.literal, neighbour.element!.node, element, isDescending(own));
  if (own.length === 1 && keepsOnlyNewest(job, neighbour))
    job.notes.push(
      `Only the newest upgrade is registered in this chain: take ${nameOf(neighbour)} out ` +
        'once no network still has to run it.',
    );
}

/**
 * The statement above a registration that panics where the handler is set already, for the new
 * package, with a line end; `''` for none.
 */
function guardLike(job: Job, model: Registration, newQualifier: string): string {
  const { facts } = model.site.call;
  const qualifier = qualifierIn(job, model);
  const statement = statementOf(model.site);
  const siblings = namedChildren(statement.parent);
  const guard = siblings[siblings.indexOf(statement) - 1];
  if (qualifier === undefined || guard?.type !== 'if_statement') return '';
  if (callsOf(guard, facts.text, 'HasHandler').length === 0) return '';
  const text = dedentRest(nodeText(facts, guard), indentAt(facts.text, guard.start));
  return `${text.replace(new RegExp(`\\b${qualifier}\\.`, 'g'), `${newQualifier}.`)}\n`;
}

/**
 * The comment above a neighbour's registration, about the new upgrade, with a line end; `''` where
 * it does more than name the upgrade. It may call the neighbour by its plan name or by its folder.
 */
function commentLike(model: Registration, name: string, dir: string): string {
  const written = commentAbove(model.site.call.facts.text, statementOf(model.site).start);
  const respelt = respellProse(written, nameOf(model), name);
  const folder = basename(model.package).replace(/[^\w-]/g, '\\$&');
  const comment =
    respelt === written
      ? written.replace(new RegExp(`\\b${folder}\\b`, 'gi'), basename(dir))
      : respelt;
  const isName = !comment.includes('\n') && /upgrade|handler/i.test(comment) && comment.length < 60;
  return isName && !speaksOfOther(comment, name) ? `${comment}\n` : '';
}

/** One more statement with the handler that another upgrade is registered with. */
function withHandlerOf(job: Job, newest: readonly Registration[], model: Registration): void {
  const name = sharedName(job, newest, model);
  const { call } = model.site;
  const handler = textOf(exprAt(call, callArguments(call.node)[1]!));
  const indent = /^\t*/.exec(handler.split('\n').at(-1)!)![0];
  addStatement(job, newest, model, name, dedentRest(handler, indent));
  if (job.test)
    job.notes.push("No test is written: the handler is the chain's own, shared by all upgrades.");
}

/** The new name where the handler is shared: in a package of its own where the others have one. */
function sharedName(job: Job, newest: readonly Registration[], model: Registration): NewName {
  const dirOf = (one: Registration) => {
    const constant = nameConstant(job.repo, one.nameExpr);
    return constant && dirname(constant.facts.path);
  };
  const dir = dirOf(model);
  const isOwn = newest.every(other => other === model || dirOf(other) !== dir);
  if (dir === undefined || !isOwn || dir !== model.package)
    return { text: newName(job, model, model.nameExpr, newest[0]), made: undefined };
  const target = packageName(job.repo, job.name, newest);
  refuseExisting(job.repo.texts.keys(), target.dir);
  const made = writeModel(job, newest, model, { target, shared: false, list: undefined });
  job.creates.push(...made.creates);
  const qualifier = importPackage(job, newest, model, target);
  return { text: nameOfNew(job, model, qualifier, made), made: { target, qualifier } };
}

/** The new plan's name in the registering file, and the package that it was declared in. */
interface NewName {
  readonly text: string;
  readonly made: LoadRequest['made'];
}

function addStatement(
  job: Job,
  newest: readonly Registration[],
  model: Registration,
  { text, made }: NewName,
  handler: string,
): void {
  const { site: last } = lastInFunction(newest, newest[0]!);
  const statement = callLike(model, text, handler);
  insertStatementAfter(job.changes, model.site.call.facts.path, statementOf(last), statement);
  loadStores(job, { constant: unquoted(text), after: last, ...(made && { made }) });
}

/** A name as a constant; undefined where it is written out. */
function unquoted(name: string): string | undefined {
  return name.startsWith('"') ? undefined : name;
}

/**
 * The handlers stand in one package: one more function there where the newest one's tells how it is
 * called, else the one that several upgrades have.
 */
function inPackageOfAll(job: Job, newest: readonly Registration[]): void {
  const model = newest[0]!;
  const target = packageOfAll(job, model);
  if (target) {
    withFunctionIn(job, newest, target);
    return;
  }
  const shared = sharedModel(job, newest);
  if (!shared) {
    const made = registeredHandler(job.repo, model)?.maker?.name ?? 'the newest one';
    throw new Refusal(
      `the handlers of all upgrades stand in one package, and ${made} is ${nameOf(model)}'s own; ` +
        `write one for ${job.name} there and register it`,
      { file: model.place.facts.path, snippet: snippet(job) },
    );
  }
  withHandlerOf(job, newest, shared);
}

/** The package of all handlers, where the name of the newest one's function spells its plan. */
function packageOfAll(job: Job, model: Registration): PackageName | undefined {
  const shape = registeredHandler(job.repo, model);
  const old = shape?.maker?.name;
  if (old === undefined || dirname(shape!.facts.path) !== model.package) return undefined;
  const ident = respellIdentifier({ name: nameOf(model), text: old }, job.name);
  const isNew = ident !== undefined && ident !== old;
  return isNew ? { dir: model.package, name: shape!.facts.package } : undefined;
}

/** One more function in the package of all, and its statement. */
function withFunctionIn(job: Job, newest: readonly Registration[], target: PackageName): void {
  const model = newest[0]!;
  const made = writeModel(job, newest, model, { target, shared: true, list: undefined });
  for (const create of made.creates) refuseExisting(job.repo.texts.keys(), create.file);
  job.creates.push(...made.creates);
  const qualifier = qualifierIn(job, model)!;
  const { call } = model.site;
  const handler = makerCall(
    callArguments(call.node)[1]!,
    call.facts.text,
    `${qualifier}.${made.handler!}`,
    made.shape!.kept,
  );
  const text = nameOfNew(job, model, qualifier, made);
  addStatement(job, newest, model, { text, made: undefined }, handler);
  if (job.test) job.notes.push('No test is written: the handlers share one package.');
}

/** The new plan's name: the constant of its package, or as the model's is written elsewhere. */
function nameOfNew(
  job: Job,
  model: Registration,
  qualifier: string,
  { nameConst }: NewPackage,
): string {
  if (nameConst !== undefined) return `${qualifier}.${nameConst}`;
  return nameElsewhere(job, model) ?? quote(job.name);
}
