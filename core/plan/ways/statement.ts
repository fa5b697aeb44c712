import { insertElement } from '../../edit/list-element.ts';
import { callLike, commentBefore, insertStatementAfter } from '../../edit/statement.ts';
import { basename, dirname, join } from '../../files.ts';
import { dedentRest, indentAt } from '../../go/edit/edit.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import { importsOf } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callArguments, childByField, namedChildren, quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { statementOf } from '../../wiring/registration/statements.ts';
import type { Registration, UpgradeList } from '../../wiring/style.ts';
import { handlerShape, migrationCall } from '../handler/handler-shape.ts';
import { makerCall } from '../handler/maker-call.ts';
import { addNameConstant } from '../package/name-constant.ts';
import { identifierPart, respellIdentifier, respellProse } from '../package/naming.ts';
import { nameConstant } from '../package/declarations.ts';
import { needsAlias, packageName } from '../package/package-name.ts';
import { writePackage } from '../package/upgrade-package.ts';
import { testFile } from '../package/upgrade-test.ts';
import type { Job } from '../upgrade/job.ts';
import { refuseExisting } from '../upgrade/job.ts';
import { loadStores } from '../upgrade/load-stores.ts';
import { isDescending, nameOf, newestFirst } from '../upgrade/neighbour.ts';
import { keepsOnlyNewest, structStores } from './list.ts';
import type { Way } from './way.ts';

/**
 * R2: one statement per upgrade, handler and name from a package of its own; and R2s, where its
 * element of a list brings the stores.
 */
export const byStatement: Way = { codes: ['R2', 'R2s', 'R11'], insert: upgradeByStatement };

function upgradeByStatement(job: Job): undefined {
  const { repo, name, wiring } = job;
  const like = newestFirst(
    wiring.registrations.filter(r => byStatement.codes.includes(r.code)),
    job.name,
  );
  const neighbour = like[0]!;
  if (isShared(neighbour, like)) return void intoSharedPackage(job, like);
  // A signature that takes no more than running migrations needs is what a new upgrade starts from.
  const model =
    like.find(r => takesOnlyManager(job, r)) ?? like.find(r => runsMigrations(job, r)) ?? neighbour;
  const ordered = [model, ...like.filter(r => r !== model)];
  const target = packageName(repo, name, [neighbour, ...like.slice(1)]);
  refuseExisting(job, target.dir);
  const side = model.element && sideList(model);
  const stores = side && structStores(job, model, side);
  const made = writePackage(
    { repo, name, neighbours: ordered, stores, info: job.info, parameters: 'used' },
    target,
    false,
  );
  if (!made.handler || made.creates.length === 0)
    throw new Refusal(
      `the handler of ${nameOf(model)} was not found, so there is nothing to follow`,
    );
  job.creates.push(...made.creates);

  const { facts } = model.site.call;
  const qualifier = qualifierIn(model);
  const before =
    qualifier === undefined
      ? undefined
      : importsOf(facts).find(i => qualifierOf(repo, dirname(facts.path), i) === qualifier);
  const others = like
    .filter(r => r !== model)
    .flatMap(r =>
      qualifierIn(r) === undefined ? [] : [{ name: nameOf(r), text: qualifierIn(r)! }],
    );
  const alias =
    before?.alias === undefined
      ? needsAlias(target, before !== undefined)
      : (respellIdentifier({ name: nameOf(model), text: before.alias }, name, others) ??
        target.name);
  const path = `${repo.importPath(dirname(target.dir)) ?? ''}/${basename(target.dir)}`;
  const wanted = freeImport(repo, facts, { path, alias });
  const now = wanted.alias ?? target.name;
  job.changes.import(facts.path, wanted);
  const nameText = made.nameConst ? `${now}.${made.nameConst}` : quote(name);
  const statement = callLike(
    model,
    nameText,
    makerCall(
      callArguments(model.site.call.node)[1]!,
      model.site.call.facts.text,
      `${now}.${made.handler}`,
      made.shape!.kept,
    ),
  );
  const comment = commentLike(model, name, target.dir);
  const last = lastInFunction(like, neighbour);
  const guard = guardAbove(model);
  const guarded =
    guard && qualifier
      ? `${guard.replace(new RegExp(`\\b${qualifier}\\.`, 'g'), `${now}.`)}\n`
      : '';
  insertStatementAfter(
    job.changes,
    facts.path,
    statementOf(last.site),
    (usable(comment) ? `${comment}\n` : '') + guarded + statement,
  );
  if (side && made.upgrade) intoSideList(job, like, side, `${now}.${made.upgrade}`);
  else
    loadStores(job, {
      constant: made.nameConst ? nameText : undefined,
      after: last.site,
      made: { target, qualifier: now },
    });
  if (job.test)
    job.creates.push(
      testFile(job, {
        package: target,
        file: join(target.dir, 'upgrade_test.go'),
        made,
        upgrade: undefined,
      }),
    );
}

function sideList({ code, site, list }: Registration): UpgradeList {
  return { code, site, list: list!, elements: 1 };
}

/** R2s: the upgrade's element in the list that serves stores. */
function intoSideList(
  job: Job,
  like: readonly Registration[],
  { list }: UpgradeList,
  element: string,
): void {
  const own = like.filter(r => r.element);
  const neighbour = own[0]!;
  insertElement(job.changes, list.literal, neighbour.element!.node, element, isDescending(own));
  if (own.length === 1 && keepsOnlyNewest(job, neighbour))
    job.notes.push(
      `Only the newest upgrade is registered in this chain: take ${nameOf(neighbour)} out once no network still has to run it.`,
    );
}

/**
 * The statement above a registration that panics where the handler is set already, as one text
 * without indent.
 */
function guardAbove({ site }: Registration): string | undefined {
  const statement = statementOf(site);
  const siblings = namedChildren(statement.parent);
  const before = siblings[siblings.indexOf(statement) - 1];
  const { text } = site.call.facts;
  if (
    before?.type !== 'if_statement' ||
    !/\.HasHandler\(/.test(text.slice(before.start, before.end))
  )
    return undefined;
  return dedentRest(text.slice(before.start, before.end), indentAt(text, before.start));
}

/**
 * The comment above a neighbour's registration, about the new upgrade: it may call the neighbour by
 * its plan name or by its folder.
 */
function commentLike(model: Registration, name: string, dir: string): string {
  const comment = commentBefore(model.site.call.facts.text, statementOf(model.site));
  const said = respellProse(comment, nameOf(model), name);
  const folder = basename(model.package).replace(/[^\w-]/g, '\\$&');
  return said === comment
    ? comment.replace(new RegExp(`\\b${folder}\\b`, 'gi'), basename(dir))
    : said;
}

/** A comment above a registration that only names the upgrade. */
function usable(comment: string): boolean {
  return (
    comment !== '' &&
    !comment.includes('\n') &&
    /upgrade|handler/i.test(comment) &&
    comment.length < 60
  );
}

/** Several names, or a handler made for all, live in one package. */
function isShared(neighbour: Registration, like: readonly Registration[]): boolean {
  return like.some(r => r !== neighbour && r.package === neighbour.package);
}

function qualifierIn(registration: Registration): string | undefined {
  const name = callArguments(registration.site.call.node)[0]!;
  const node = name.type === 'selector_expression' ? name : handlerCallee(registration);
  const operand = node?.type === 'selector_expression' ? childByField(node, 'operand') : undefined;
  return operand?.type === 'identifier'
    ? textOf(exprAt(registration.site.call, operand))
    : undefined;
}

function handlerCallee(registration: Registration): SyntaxNode | undefined {
  const handler = callArguments(registration.site.call.node)[1]!;
  return handler.type === 'call_expression' ? childByField(handler, 'function') : handler;
}

function takesOnlyManager(job: Job, registration: Registration): boolean {
  const shape =
    registration.handler && handlerShape(job.repo, registration.handler, nameOf(registration));
  return (
    shape?.maker !== undefined &&
    migrationCall(shape) !== undefined &&
    shape.maker.parameters.list.every(p => /(Manager|Configurator)$/.test(p.type))
  );
}

function runsMigrations(job: Job, registration: Registration): boolean {
  const shape =
    registration.handler && handlerShape(job.repo, registration.handler, nameOf(registration));
  return (
    shape !== undefined &&
    (migrationCall(shape) !== undefined || shape.closure.parameters.list.length === 2)
  );
}

/** The registration that stands last in the function in which the newest one stands. */
function lastInFunction(like: readonly Registration[], neighbour: Registration): Registration {
  return like
    .filter(r => r.site.fn === neighbour.site.fn)
    .sort((a, b) => b.site.call.node.start - a.site.call.node.start)[0]!;
}

/** Names in one package with a handler for all: a constant there, and one more statement. */
function intoSharedPackage(job: Job, like: readonly Registration[]): void {
  const { repo, name } = job;
  const model = like.find(r => callArguments(r.site.call.node)[1]!.type === 'call_expression');
  const spec = model && nameConstant(repo, model.nameExpr);
  if (!model || !spec)
    throw new Refusal(
      'the upgrades share one package, and no handler in it can be used for another name',
    );
  const ident =
    respellIdentifier({ name: nameOf(model), text: spec.spec.name }, name) ??
    `V${identifierPart(name.replace(/^v/i, ''))}`;
  addNameConstant(job, nameConstant(repo, like[0]!.nameExpr) ?? spec, ident);
  const { facts } = model.site.call;
  const qualifier = qualifierIn(model)!;
  const handler = callArguments(model.site.call.node)[1]!;
  const lines = textOf(exprAt(model.site.call, handler)).split('\n');
  const indent = /^\t*/.exec(lines.at(-1)!)![0];
  const text = lines
    .map((l, i) => (i && l.startsWith(indent) ? l.slice(indent.length) : l))
    .join('\n');
  const statement = callLike(model, `${qualifier}.${ident}`, text);
  const last = lastInFunction(like, like[0]!);
  insertStatementAfter(job.changes, facts.path, statementOf(last.site), statement);
  loadStores(job, { constant: `${qualifier}.${ident}`, after: last.site });
  if (job.test)
    job.notes.push("No test is written: the handler is the chain's own, shared by all upgrades.");
}
