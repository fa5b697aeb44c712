import { storeCode } from '../../edit/store-code.ts';
import { storeUpgradesLiteral } from '../../edit/write-store-upgrades.ts';
import { commentStart } from '../../go/edit/comment-above.ts';
import type { TextEdit } from '../../go/edit/edit.ts';
import { applyEdits, indentAt, indentRest, lineEnd, lineStart } from '../../go/edit/edit.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callsOf, childByField, findAll, namedChildren, quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Registration } from '../../wiring/style.ts';
import {
  declaredNames,
  isDeclaration,
  isWithin,
  literalType,
  nodeText,
  rootName,
} from '../go-tree.ts';
import { handlerBody } from '../handler/handler-body.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { handlerParameters, migrationCall, registeredHandler } from '../handler/handler-shape.ts';
import { generalComment } from '../package/doc-comment.ts';
import { identifierPart, respellIdentifier } from '../package/naming.ts';
import { behindBlank } from '../package/package-parts.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';

// R5: a copy of the method that registers another upgrade, made that of the new one.

/**
 * Declares a method like the model's in the model's file: below it, or above it where newer methods
 * come first. Returns its name.
 */
export function declareMethod(
  job: Job,
  newest: readonly Registration[],
  model: Registration,
): string {
  const { facts } = model.site.call;
  const { func } = model.site;
  const ident = methodName(job, model);
  const method = methodComment(job, model, ident) + copiedMethod(job, newest, model, ident);
  const older = newest.find(r => r !== model && r.place.node === r.site.call.node);
  const newerFirst = older !== undefined && older.site.func.start > func.start;
  if (newerFirst) {
    const above = commentStart(facts.text, func.start);
    job.changes.edit(facts.path, above, above, `${method}\n\n`);
  } else {
    job.changes.edit(facts.path, func.end, func.end, `\n\n${method}`);
  }
  return ident;
}

function methodName({ repo, app, name }: Job, model: Registration): string {
  const { func, call } = model.site;
  const respelt = respellIdentifier({ name: nameOf(model), text: func.name }, name);
  const isNew = respelt !== undefined && respelt !== func.name;
  const ident = isNew ? respelt : `registerUpgrade${identifierPart(name).replace(/^v/, 'V')}`;
  if (repo.functions(app.dir, ident).length > 0)
    throw new Refusal(`${ident} exists already; choose another name`, { file: call.facts.path });
  return ident;
}

/** The model's comment for the new method, with a line end; `''` where it is about the model. */
function methodComment({ name }: Job, model: Registration, ident: string): string {
  const { func, call } = model.site;
  const { text } = call.facts;
  const comment = text.slice(commentStart(text, func.start), func.start).trim();
  const general = generalComment(comment, nameOf(model), name).replace(func.name, ident);
  return general === '' ? '' : `${general}\n`;
}

function copiedMethod(
  job: Job,
  newest: readonly Registration[],
  model: Registration,
  ident: string,
): string {
  const { text } = model.site.call.facts;
  const { func } = model.site;
  const edited = applyEdits(text, methodEdits(job, newest, model, ident));
  const behind = text.length - func.end;
  return edited.slice(func.start, edited.length - behind);
}

/** What makes the model's method the new one; every edit lies inside the method. */
function methodEdits(
  job: Job,
  newest: readonly Registration[],
  model: Registration,
  ident: string,
): TextEdit[] {
  const { facts } = model.site.call;
  const { func, fn } = model.site;
  const shape = registeredHandler(job.repo, model)!;
  const block = childByField(fn, 'body')!;
  const kept = keptStatements(facts, block, model, shape);
  const edits: TextEdit[] = [
    ...removals(facts, block, kept.statements),
    { start: func.nameStart, end: func.nameEnd, text: ident },
    { start: kept.literal.start, end: kept.literal.end, text: quote(job.name) },
  ];
  if (!shape.maker && shape.facts === facts) edits.push(bodyEdit(job, newest, shape, fn));
  const loads = loaderCall(job, newest, model);
  if (loads !== undefined) {
    const end = block.end - 1;
    edits.push({ start: end, end, text: `\n\t${loads}\n` }, ...nameInfo(facts, fn));
  }
  return edits;
}

/**
 * What the new method keeps of the model's: the statement that sets the handler, and the one that
 * declares the plan name; and the string that is the name there.
 */
function keptStatements(
  facts: FileFacts,
  block: SyntaxNode,
  model: Registration,
  shape: HandlerShape,
): { statements: ReadonlySet<SyntaxNode>; literal: SyntaxNode } {
  const { call, func } = model.site;
  const registering = statementIn(block, call.node);
  const written = quote(nameOf(model));
  for (const literal of findAll(block, 'interpreted_string_literal')) {
    if (nodeText(facts, literal) !== written) continue;
    if (!shape.maker && isWithin(literal, shape.closure.node)) continue;
    const statement = statementIn(block, literal);
    if (statement === registering || isDeclaration(statement))
      return { statements: new Set([registering, statement]), literal };
  }
  throw new Refusal(
    `${func.name} does not contain the name ${nameOf(model)} as a string; ` +
      'add this upgrade by hand',
    { file: facts.path },
  );
}

/** The statement of a block in which a node lies. */
function statementIn(block: SyntaxNode, node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent && at.parent !== block) at = at.parent;
  return at;
}

/** Takes out a block's other statements and comments; those that follow one another as one. */
function removals(
  { text }: FileFacts,
  block: SyntaxNode,
  kept: ReadonlySet<SyntaxNode>,
): TextEdit[] {
  const edits: TextEdit[] = [];
  for (const statement of block.children) {
    if (kept.has(statement)) continue;
    const start = lineStart(text, statement.start);
    const end = behindBlank(text, lineEnd(text, statement.end));
    const last = edits.at(-1);
    if (last && start < last.end)
      edits[edits.length - 1] = { ...last, end: Math.max(last.end, end) };
    else edits.push({ start, end, text: '' });
  }
  return edits;
}

/** A handler's body that only runs migrations, in the place of the model's. */
function bodyEdit(
  job: Job,
  newest: readonly Registration[],
  shape: HandlerShape,
  fn: SyntaxNode,
): TextEdit {
  const { facts, closure } = shape;
  const run = migrationCall(shape)!;
  const [ctx, , versionMap] = closure.parameters.list;
  const others = newest
    .map(registration => registeredHandler(job.repo, registration))
    .filter(other => other !== undefined)
    .filter(other => other.closure.node !== closure.node);
  const body = handlerBody([shape, ...others], {
    ctx: ctx?.name || 'ctx',
    versionMap: versionMap?.name || 'fromVM',
    ...run,
    name: job.name,
    inReach: namesInReach(shape, fn, run.manager),
  });
  const indent = indentAt(facts.text, closure.body.end - 1);
  const lines = indentRest(body, `${indent}\t`);
  return {
    start: closure.body.start,
    end: closure.body.end,
    text: `{\n${indent}\t${lines}\n${indent}}`,
  };
}

/** The names that a handler's body in that method may use besides its own parameters. */
function namesInReach(
  { facts, closure }: HandlerShape,
  fn: SyntaxNode,
  manager: string,
): ReadonlySet<string> {
  const declaring = ['short_var_declaration', 'const_spec', 'var_spec'];
  const locals = declaring
    .flatMap(type => findAll(fn, type))
    .filter(node => !isWithin(node, closure.node))
    .flatMap(declaredNames);
  return new Set([
    ...handlerParameters(fn, facts).list.map(p => p.name),
    rootName(manager)!,
    ...locals.map(name => nodeText(facts, name)),
  ]);
}

/** S6: the helper's call with the new stores, as the model's method or another one makes it. */
function loaderCall(
  job: Job,
  newest: readonly Registration[],
  model: Registration,
): string | undefined {
  if (!changesStores(job)) return undefined;
  const { facts } = model.site.call;
  const helpers = job.wiring.loadings.filter(l => l.code === 'S6').map(l => l.site.func.name);
  for (const registration of [model, ...newest]) {
    const { site, place } = registration;
    if (site.call.facts !== facts || place.node !== site.call.node) continue;
    const [call] = callsOf(site.fn, facts.text, ...helpers);
    const literal = call && storesLiteral(facts, call);
    if (call && literal)
      return callWithStores(job, facts, call, literal).replaceAll(
        quote(nameOf(registration)),
        quote(job.name),
      );
  }
  throw new Refusal(
    'no method of this chain loads stores in a way that could be followed; ' +
      'add this upgrade by hand',
    { file: facts.path },
  );
}

function storesLiteral(facts: FileFacts, call: SyntaxNode): SyntaxNode | undefined {
  return findAll(call, 'composite_literal').find(literal =>
    literalType(facts, literal).endsWith('StoreUpgrades'),
  );
}

function callWithStores(job: Job, facts: FileFacts, call: SyntaxNode, literal: SyntaxNode): string {
  const code = storeCode(job.repo, job.app, job.stores, facts, true);
  job.notes.push(...code.notes);
  for (const spec of code.imports.values()) job.changes.import(facts.path, spec);
  const stores = storeUpgradesLiteral(literalType(facts, literal), code.text);
  const before = facts.text.slice(call.start, literal.start);
  const behind = facts.text.slice(literal.end, call.end);
  return before + stores.replaceAll('\n', '\n\t') + behind;
}

/** Names the method's only parameter, the plan on disk, where it goes unnamed. */
function nameInfo(facts: FileFacts, fn: SyntaxNode): TextEdit[] {
  const list = namedChildren(childByField(fn, 'parameters'));
  const name = list.length === 1 ? childByField(list[0], 'name') : undefined;
  if (!name || nodeText(facts, name) !== '_') return [];
  return [{ start: name.start, end: name.end, text: 'upgradeInfo' }];
}
