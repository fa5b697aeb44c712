import { insertElement } from '../../edit/list-element.ts';
import { callLike, insertStatementAfter } from '../../edit/statement.ts';
import { basename, join } from '../../files.ts';
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
import { nameConstant } from '../package/declarations.ts';
import { aliasLike, importCalled } from '../package/import-like.ts';
import { addNameConstant } from '../package/name-constant.ts';
import type { Named } from '../package/naming.ts';
import { identifierPart, respellIdentifier, respellProse } from '../package/naming.ts';
import type { PackageName } from '../package/package-name.ts';
import { importPathOf, packageName } from '../package/package-name.ts';
import { structStores } from '../package/struct-stores.ts';
import type { NewPackage } from '../package/upgrade-package.ts';
import { writePackage } from '../package/upgrade-package.ts';
import { testFile } from '../package/upgrade-test.ts';
import type { Job } from '../upgrade/job.ts';
import { refuseExisting } from '../upgrade/job.ts';
import { loadStores } from '../upgrade/load-stores.ts';
import { isDescending, lastInFunction, nameOf, newestFirst } from '../upgrade/neighbour.ts';
import { keepsOnlyNewest } from '../upgrade/newest-only.ts';
import type { Way } from './way.ts';

/**
 * R2: one statement per upgrade, handler and name from a package of its own; and R2s, where its
 * element of a list brings the stores.
 */
export const byStatement: Way = { codes: ['R2', 'R2s', 'R11'], insert: upgradeByStatement };

function upgradeByStatement(job: Job): undefined {
  const own = job.wiring.registrations.filter(r => byStatement.codes.includes(r.code));
  const newest = newestFirst(own, job.name);
  if (isShared(newest)) inSharedPackage(job, newest);
  else inOwnPackage(job, newest);
}

/** Several names, or a handler made for all, live in one package. */
function isShared([neighbour, ...others]: readonly Registration[]): boolean {
  return others.some(other => other.package === neighbour!.package);
}

/** A package for the upgrade, and one more statement that registers its handler. */
function inOwnPackage(job: Job, newest: readonly Registration[]): void {
  const neighbour = newest[0]!;
  const model = modelOf(job, newest);
  const target = packageName(job.repo, job.name, newest);
  refuseExisting(job, target.dir);
  const list = model.element && listOfStores(model);
  const made = writeHandler(job, newest, model, target, list);
  const qualifier = importPackage(job, newest, model, target);
  const constant = made.nameConst && `${qualifier}.${made.nameConst}`;
  const { site: last } = lastInFunction(newest, neighbour);
  const handler = makerCall(
    callArguments(model.site.call.node)[1]!,
    model.site.call.facts.text,
    `${qualifier}.${made.handler!}`,
    made.shape!.kept,
  );
  const code =
    commentLike(model, job.name, target.dir) +
    guardLike(model, qualifier) +
    callLike(model, constant ?? quote(job.name), handler);
  insertStatementAfter(job.changes, model.site.call.facts.path, statementOf(last), code);
  if (list && made.upgrade) addToList(job, newest, list, `${qualifier}.${made.upgrade}`);
  else loadStores(job, { constant, after: last, made: { target, qualifier } });
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
  const made = writePackage(
    {
      repo: job.repo,
      name: job.name,
      neighbours: [model, ...newest.filter(r => r !== model)],
      stores: list && structStores(job, model, list),
      info: job.info,
      parameters: 'used',
    },
    target,
    false,
  );
  if (!made.handler || made.creates.length === 0)
    throw new Refusal(
      `the handler of ${nameOf(model)} was not found, so there is nothing to follow`,
    );
  job.creates.push(...made.creates);
  return made;
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
  const qualifier = qualifierIn(model);
  const imported = qualifier === undefined ? undefined : importCalled(repo, facts, qualifier);
  const spellings = newest
    .filter(r => r !== model)
    .flatMap((other): Named[] => {
      const text = qualifierIn(other);
      return text === undefined ? [] : [{ name: nameOf(other), text }];
    });
  const alias = aliasLike(imported, target, text =>
    respellIdentifier({ name: nameOf(model), text }, name, spellings),
  );
  const spec = freeImport(repo, facts, { path: importPathOf(repo, target), alias });
  job.changes.import(facts.path, spec);
  return spec.alias ?? target.name;
}

/** The package's name in a registration: that of the plan name, or of the handler. */
function qualifierIn({ site }: Registration): string | undefined {
  const [name, handler] = callArguments(site.call.node);
  const called = handler?.type === 'call_expression' ? childByField(handler, 'function') : handler;
  const node = name?.type === 'selector_expression' ? name : called;
  const operand = node?.type === 'selector_expression' ? childByField(node, 'operand') : undefined;
  return operand?.type === 'identifier' ? textOf(exprAt(site.call, operand)) : undefined;
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
function guardLike(model: Registration, newQualifier: string): string {
  const { facts } = model.site.call;
  const qualifier = qualifierIn(model);
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
  return isName ? `${comment}\n` : '';
}

/** Names in one package with a handler for all: a constant there, and one more statement. */
function inSharedPackage(job: Job, newest: readonly Registration[]): void {
  const { repo, name } = job;
  const model = newest.find(r => callArguments(r.site.call.node)[1]!.type === 'call_expression');
  const constant = model && nameConstant(repo, model.nameExpr);
  if (!model || !constant)
    throw new Refusal(
      'the upgrades share one package, and no handler in it can be used for another name',
    );
  const neighbour = newest[0]!;
  const ident =
    respellIdentifier({ name: nameOf(model), text: constant.spec.name }, name) ??
    `V${identifierPart(name.replace(/^v/i, ''))}`;
  addNameConstant(job, nameConstant(repo, neighbour.nameExpr) ?? constant, ident);
  const qualified = `${qualifierIn(model)!}.${ident}`;
  const { call } = model.site;
  const handler = textOf(exprAt(call, callArguments(call.node)[1]!));
  const indent = /^\t*/.exec(handler.split('\n').at(-1)!)![0];
  const statement = callLike(model, qualified, dedentRest(handler, indent));
  const { site: last } = lastInFunction(newest, neighbour);
  insertStatementAfter(job.changes, call.facts.path, statementOf(last), statement);
  loadStores(job, { constant: qualified, after: last });
  if (job.test)
    job.notes.push("No test is written: the handler is the chain's own, shared by all upgrades.");
}
