import { commentBefore, insertStatementAfter } from '../../edit/statement.ts';
import { storeCode } from '../../edit/store-code.ts';
import { storeUpgradesLiteral } from '../../edit/write-store-upgrades.ts';
import type { TextEdit } from '../../go/edit/edit.ts';
import { applyEdits, dedentRest, indentAt } from '../../go/edit/edit.ts';
import { statementAround } from '../../go/edit/repairs.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callsOf, childByField, findAll, namedChildren, quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { callersOfFunction } from '../../wiring/registration/lists.ts';
import type { Registration } from '../../wiring/style.ts';
import { handlerBody } from '../handler/handler-body.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { handlerParameters, handlerShape, migrationCall } from '../handler/handler-shape.ts';
import { generalComment } from '../package/doc-comment.ts';
import { noteInfo } from '../package/name-constant.ts';
import { identifierPart, respellIdentifier, respellProse } from '../package/naming.ts';
import { commentStart } from '../package/package-parts.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';
import { nameOf, newestFirst } from '../upgrade/neighbour.ts';
import { helperStatement } from './helper-call.ts';
import type { Way } from './way.ts';

/**
 * R5: a method for each upgrade, and often a helper for those that only run migrations; both may
 * hand their stores to another helper (S6).
 */
export const byMethod: Way = { codes: ['R5'], insert: upgradeByMethod };

function upgradeByMethod(job: Job): undefined {
  const own = job.wiring.registrations.filter(r => r.code === 'R5');
  const like = newestFirst(own, job.name);
  const runs = like.filter(r => shapeOf(job, r) && migrationCall(shapeOf(job, r)!));
  const helped = runs.find(r => r.place.node !== r.site.call.node);
  const model = runs.find(r => r.place.node === r.site.call.node);
  const statement = helped && helperStatement(job, helped, quote(job.name));
  if (helped && statement !== undefined) call(job, own, helped, statement);
  else if (model) call(job, own, model, newMethod(job, like, model));
  else
    throw new Refusal(
      'none of the methods that register upgrades runs migrations, so there is nothing to follow; add this one by hand',
      { file: like[0]!.place.facts.path },
    );
  noteInfo(job);
  if (job.test) job.notes.push('No test is written: the handler is a method of the app.');
}

function shapeOf(job: Job, registration: Registration): HandlerShape | undefined {
  return registration.handler && handlerShape(job.repo, registration.handler, nameOf(registration));
}

/** Where an upgrade's method is called: the helper's call itself, or that of its own method. */
function callOf(
  { repo }: Job,
  { place, site }: Registration,
): { readonly node: SyntaxNode; readonly fn: SyntaxNode } | undefined {
  if (place.node !== site.call.node) {
    const func = place.facts.funcs.find(
      f => f.start <= place.node.start && place.node.end <= f.end,
    );
    return func?.syntax && { node: place.node, fn: func.syntax };
  }
  const [found] = callersOfFunction(repo, site);
  return found && found.expr.facts === place.facts
    ? { node: found.expr.node, fn: found.fn }
    : undefined;
}

/**
 * Writes the statement below the last one of its kind in the function that calls the model, with a
 * comment where that one's says no more than its name.
 */
function call(
  job: Job,
  own: readonly Registration[],
  model: Registration,
  statement: string,
): void {
  const { facts } = model.place;
  const mine = callOf(job, model);
  if (!mine)
    throw new Refusal(
      `the call of ${model.site.func.name} was not found, so there is no place for another; add this upgrade by hand`,
      { file: facts.path },
    );
  const beside = own
    .map(r => ({ r, at: callOf(job, r) }))
    .filter(({ at }) => at?.fn === mine.fn)
    .sort((a, b) => b.at!.node.start - a.at!.node.start)[0]!;
  const after = statementAround(beside.at!.node);
  const comment = commentBefore(facts.text, after);
  const said = comment === `// ${nameOf(beside.r)}` ? `// ${job.name}\n` : '';
  insertStatementAfter(job.changes, facts.path, after, said + statement);
}

/** Declares a method like the newest one's; returns the statement that calls it. */
function newMethod(job: Job, like: readonly Registration[], model: Registration): string {
  const { repo, changes, name } = job;
  const { facts } = model.site.call;
  const { func } = model.site;
  const { text } = facts;
  const spelt = respellIdentifier({ name: nameOf(model), text: func.name }, name) ?? func.name;
  const ident =
    spelt === func.name ? `registerUpgrade${identifierPart(name).replace(/^v/, 'V')}` : spelt;
  if (repo.functions(job.app.dir, ident).length > 0)
    throw new Refusal(`${ident} exists already; choose another name`, { file: facts.path });
  const comment = text.slice(commentStart(text, func.start), func.start);
  const said = generalComment(comment.trim(), nameOf(model), name).replace(func.name, ident);
  // A comment that speaks of a second version tells that upgrade's own story.
  const above = said !== '' && !/\bv?\d+\.\d/.test(respellProse(said, name, '')) ? said + '\n' : '';
  const method =
    above +
    applyEdits(text, methodEdits(job, like, model, ident)).slice(
      func.start,
      func.end - text.length || undefined,
    );
  const older = like.find(r => r !== model && r.place.node === r.site.call.node);
  const descending = older !== undefined && older.site.func.start > func.start;
  const at = descending ? commentStart(text, func.start) : func.end;
  changes.edit(facts.path, at, at, descending ? `${method}\n\n` : `\n\n${method}`);
  const from = callOf(job, model);
  if (!from)
    throw new Refusal(`the call of ${func.name} was not found; add this upgrade by hand`, {
      file: facts.path,
    });
  const statement = statementAround(from.node);
  return text
    .slice(statement.start, statement.end)
    .replace(new RegExp(`\\b${func.name}\\b`), ident);
}

/**
 * What makes the model's method the new one. They lie inside it and leave the end of the file where
 * it is counted from.
 */
function methodEdits(
  job: Job,
  like: readonly Registration[],
  model: Registration,
  ident: string,
): TextEdit[] {
  const { facts, node } = model.site.call;
  const { func, fn } = model.site;
  const { text } = facts;
  const edits: TextEdit[] = [];
  const literal = findAll(fn, 'interpreted_string_literal').find(
    n => text.slice(n.start, n.end) === quote(nameOf(model)),
  );
  if (!literal)
    throw new Refusal(
      `${func.name} does not say the name ${nameOf(model)} itself; add this upgrade by hand`,
      { file: facts.path },
    );
  const block = childByField(fn, 'body')!;
  const set = statementIn(block, node);
  const loads = loaderCall(job, like, model);
  const kept = new Set([set]);
  for (const statement of namedChildren(block)) {
    const declared = /^(?:const\s+)?(\w+)\s*:?=/.exec(
      text.slice(statement.start, statement.end),
    )?.[1];
    if (declared && statement.start <= literal.start && literal.end <= statement.end)
      kept.add(statement);
  }
  for (const one of block.children) {
    if (kept.has(one)) continue;
    const end = /^[^\n]*\n(?:[ \t]*\n)*/.exec(text.slice(one.end))![0].length;
    edits.push({ start: text.lastIndexOf('\n', one.start) + 1, end: one.end + end, text: '' });
  }
  edits.push(
    { start: func.nameStart, end: func.nameEnd, text: ident },
    { start: literal.start, end: literal.end, text: quote(job.name) },
  );
  const shape = shapeOf(job, model)!;
  if (!shape.maker && shape.facts === facts) edits.push(bodyEdit(job, like, shape, fn));
  if (loads !== undefined)
    edits.push(
      { start: block.end - 1, end: block.end - 1, text: `\n\t${loads}\n` },
      ...nameInfo(fn, text),
    );
  return merged(edits);
}

/** Removed statements that follow one another are one edit. */
function merged(edits: readonly TextEdit[]): TextEdit[] {
  const out: TextEdit[] = [];
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last && edit.start < last.end && edit.text === '' && last.text === '')
      out[out.length - 1] = { ...last, end: Math.max(last.end, edit.end) };
    else out.push(edit);
  }
  return out;
}

function statementIn(block: SyntaxNode, node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent && at.parent !== block) at = at.parent;
  return at;
}

function bodyEdit(
  job: Job,
  like: readonly Registration[],
  shape: HandlerShape,
  fn: SyntaxNode,
): TextEdit {
  const { facts, closure } = shape;
  const run = migrationCall(shape)!;
  const list = closure.parameters.list;
  const around = handlerParameters(fn, facts).list.map(p => p.name);
  const locals = findAll(fn, 'short_var_declaration').concat(findAll(fn, 'const_spec'));
  const names = [
    ...around,
    /^\w+/.exec(run.manager)![0],
    ...locals
      .filter(n => !within(n, closure.node))
      .flatMap(n => /^\w+/.exec(facts.text.slice(n.start, n.end)) ?? []),
  ];
  const shapes = like
    .map(r => shapeOf(job, r))
    .filter((s): s is HandlerShape => s !== undefined && s.closure.node !== closure.node);
  const body = handlerBody([shape, ...shapes], {
    ctx: list[0]?.name || 'ctx',
    versionMap: list[2]?.name || 'fromVM',
    ...run,
    name: job.name,
    inReach: new Set(names),
  });
  const indent = indentAt(facts.text, closure.body.end - 1);
  const lines = dedentRest(body, '')
    .split('\n')
    .map((line, i) => (i === 0 || line === '' ? line : `${indent}\t${line}`))
    .join('\n');
  return {
    start: closure.body.start,
    end: closure.body.end,
    text: `{\n${indent}\t${lines}\n${indent}}`,
  };
}

function within(node: SyntaxNode, outer: SyntaxNode): boolean {
  return outer.start <= node.start && node.end <= outer.end;
}

/** S6: the helper's call with the new stores, as the model's method or another one makes it. */
function loaderCall(
  job: Job,
  like: readonly Registration[],
  model: Registration,
): string | undefined {
  if (!changesStores(job)) return undefined;
  const { facts } = model.site.call;
  const helpers = job.wiring.loadings.filter(l => l.code === 'S6').map(l => l.site.func.name);
  for (const { site } of [model, ...like].filter(
    r => r.site.call.facts === facts && r.place.node === r.site.call.node,
  )) {
    const found = callsOf(site.fn, facts.text, ...helpers)[0];
    const literal =
      found &&
      findAll(found, 'composite_literal').find(n => /StoreUpgrades$/.test(typeText(facts.text, n)));
    if (!found || !literal) continue;
    const code = storeCode(job.repo, job.app, job.stores, facts, true);
    job.notes.push(...code.notes);
    for (const wanted of code.imports.values()) job.changes.import(facts.path, wanted);
    const stores = storeUpgradesLiteral(typeText(facts.text, literal), code.text)
      .split('\n')
      .join('\n\t');
    return (
      facts.text.slice(found.start, literal.start) +
      stores +
      facts.text.slice(literal.end, found.end)
    ).replaceAll(quote(nameOf(like.find(r => r.site === site) ?? model)), quote(job.name));
  }
  throw new Refusal(
    'no method of this chain loads stores in a way that could be followed; add this upgrade by hand',
    { file: facts.path },
  );
}

function typeText(text: string, literal: SyntaxNode): string {
  const type = childByField(literal, 'type');
  return type ? text.slice(type.start, type.end) : '';
}

/** The method's parameter that tells of the plan on disk, where it goes unnamed. */
function nameInfo(fn: SyntaxNode, text: string): TextEdit[] {
  const list = namedChildren(childByField(fn, 'parameters'));
  const name = list.length === 1 ? namedChildren(list[0]).find(n => n.field === 'name') : undefined;
  return name && text.slice(name.start, name.end) === '_'
    ? [{ start: name.start, end: name.end, text: 'upgradeInfo' }]
    : [];
}
