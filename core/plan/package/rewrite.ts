import { storeCode } from '../../edit/store-code.ts';
import { storeUpgradesLiteral } from '../../edit/write-store-upgrades.ts';
import { dirname } from '../../files.ts';
import { indentAt, indentRest } from '../../go/edit/edit.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { replaceValue } from '../../go/edit/keyed-value.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, resolve, textOf } from '../../go/eval/value.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, namedChildren, quote, withoutParens } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Registration } from '../../wiring/style.ts';
import { handlerBody } from '../handler/handler-body.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import { handlerParameters, migrationCall } from '../handler/handler-shape.ts';
import { runIn } from '../handler/run-migrations.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { noteInfo, writeInfo } from './name-constant.ts';

// An upgrade's code made that of the new one, where it stands or in a copy of its files: name,
// handler, stores.

/**
 * The literal that holds an upgrade's name gets the new one; UpgradeInfo goes beside a constant.
 */
export function replaceName(job: Job, changes: EditBatch, old: Registration): void {
  const target = resolve(job.repo, exprAt(old.nameExpr, withoutParens(old.nameExpr.node)));
  if (!('expr' in target) || !/_string_literal$/.test(target.expr.node.type))
    throw new Refusal(
      `the name of ${nameOf(old)} is not written as a string; add this one by hand`,
      { file: old.nameExpr.facts.path },
    );
  const { facts, node } = target.expr;
  changes.edit(facts.path, node.start, node.end, quote(job.name));
  const spec = [...facts.consts, ...facts.vars].find(s => s.value?.start === node.start);
  if (spec) writeInfo(job, changes, facts, spec);
  else noteInfo(job);
}

/**
 * A handler's body gives way to one that runs migrations, in the habit of the neighbours, newest
 * first. Returns the new body.
 */
export function replaceBody(
  job: Job,
  changes: EditBatch,
  shape: HandlerShape,
  shapes: readonly HandlerShape[],
): string {
  const { facts, closure } = shape;
  const { list } = closure.parameters;
  const name = (i: number, fallback: string) =>
    list[i]?.name && list[i].name !== '_' ? list[i].name : fallback;
  const context = { ctx: name(0, 'ctx'), versionMap: name(2, 'fromVM'), name: job.name };
  const run = list.length === 2 ? undefined : runIn(job.repo, shape, shapes);
  const names = (s: HandlerShape) =>
    s.closure.parameters.list.map(p => (p.name === '_' ? '' : p.name));
  const same = [
    shape,
    ...shapes.filter(
      s =>
        s.closure.node !== closure.node &&
        names(s).every((n, i) => n === '' || i === 1 || n === names(shape)[i]),
    ),
  ].filter(
    s =>
      migrationCall(s)?.manager === run?.manager &&
      migrationCall(s)?.configurator === run?.configurator,
  );
  const body = !run
    ? `// Modules have no migrations in this SDK: what ${job.name} changes in the state goes here.`
    : handlerBody(same, { ...context, ...run, inReach: new Set(namesAround(shape)) });
  const indent = indentAt(facts.text, closure.body.end - 1);
  changes.edit(
    facts.path,
    closure.body.start,
    closure.body.end,
    `{\n${indent}\t${indentRest(body, `${indent}\t`)}\n${indent}}`,
  );
  nameParameters(changes, facts, closure.node, body);
  return body;
}

/** The receiver and the parameters of the function in which a handler's closure stands. */
function namesAround({ facts, closure }: HandlerShape): string[] {
  const func = facts.funcs.find(f => f.start <= closure.node.start && closure.node.end <= f.end);
  return func?.syntax
    ? [
        func.receiver?.name ?? '',
        ...handlerParameters(func.syntax, facts).list.map(p => p.name),
      ].filter(n => n !== '')
    : [];
}

/** Parameters that the new body uses and the old closure left unnamed. */
export function nameParameters(
  changes: EditBatch,
  facts: FileFacts,
  closure: SyntaxNode,
  body: string,
): void {
  const list = namedChildren(childByField(closure, 'parameters'));
  for (const [i, fallback] of [
    [0, 'ctx'],
    [2, 'fromVM'],
  ] as const) {
    const name = list[i] && namedChildren(list[i]).find(n => n.field === 'name');
    if (
      name &&
      facts.text.slice(name.start, name.end) === '_' &&
      new RegExp(`\\b${fallback}\\b`).test(body)
    )
      changes.edit(facts.path, name.start, name.end, fallback);
  }
}

/**
 * A StoreUpgrades literal gives way to one with the new stores, an empty one where there are none.
 */
export function replaceStoresLiteral(job: Job, changes: EditBatch, literal: Expr): void {
  const composite = literal.node.type === 'literal_value' ? literal.node.parent : literal.node;
  const { facts } = literal;
  if (composite?.type !== 'composite_literal')
    throw new Refusal(
      'the stores of the newest upgrade are not written as a literal; change them by hand',
      { file: facts.path },
    );
  const code = storeCode(job.repo, job.app, job.stores, facts, dirname(facts.path) === job.app.dir);
  job.notes.push(...code.notes);
  for (const wanted of code.imports.values()) changes.import(facts.path, wanted);
  const type = textOf(exprAt(literal, childByField(composite, 'type')!));
  const several = /\[\]string\{\s*\n/.test(textOf(exprAt(literal, composite)));
  const text = changesStores(job) ? storeUpgradesLiteral(type, code.text, several) : `${type}{}`;
  for (const edit of replaceValue(
    facts,
    composite,
    indentRest(text, indentAt(facts.text, composite.start)),
  ))
    changes.edit(facts.path, edit.start, edit.end, edit.text);
}
