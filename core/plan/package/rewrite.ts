import { storeCode } from '../../edit/store-code.ts';
import { storeUpgradesLiteral } from '../../edit/write-store-upgrades.ts';
import { dirname } from '../../files.ts';
import { indentAt, indentRest } from '../../go/edit/edit.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { replaceValue } from '../../go/edit/keyed-value.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, resolve } from '../../go/eval/value.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, namedChildren, quote, withoutParens } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Registration } from '../../wiring/style.ts';
import { functionAround, hasWord, literalType, nodeText } from '../go-tree.ts';
import { bodyWithoutMigrations, handlerBody } from '../handler/handler-body.ts';
import type { HandlerShape } from '../handler/handler-shape.ts';
import {
  handlerParameters,
  hasSameNames,
  migrationCall,
  usableName,
} from '../handler/handler-shape.ts';
import { runIn } from '../handler/run-migrations.ts';
import type { Job } from '../upgrade/job.ts';
import { changesStores } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { noteInfo, writeInfo } from './name-constant.ts';

// An upgrade's code made that of the new one, in its place or in a copy of its files: name,
// handler, stores.

/**
 * Writes the new name into the string that holds an upgrade's name; UpgradeInfo goes beside a
 * constant.
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
 * Replaces a handler's body by one that runs migrations, in the habit of the neighbours, newest
 * first. Returns the new body.
 */
export function replaceBody(
  job: Job,
  changes: EditBatch,
  shape: HandlerShape,
  shapes: readonly HandlerShape[],
): string {
  const { facts, closure } = shape;
  const body = newBody(job, shape, shapes);
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

function newBody(job: Job, shape: HandlerShape, shapes: readonly HandlerShape[]): string {
  const { list } = shape.closure.parameters;
  if (list.length === 2) return bodyWithoutMigrations(job.name);
  const run = runIn(job.repo, shape, shapes);
  const others = shapes.filter(other => other.closure.node !== shape.closure.node);
  const same = [shape, ...others.filter(other => hasSameNames(other, shape))].filter(one => {
    const call = migrationCall(one);
    return call?.manager === run.manager && call.configurator === run.configurator;
  });
  return handlerBody(same, {
    ctx: usableName(list[0], 'ctx'),
    versionMap: usableName(list[2], 'fromVM'),
    name: job.name,
    ...run,
    inReach: new Set(namesAround(shape)),
  });
}

/** The receiver and the parameters of the function in which a handler's closure lies. */
function namesAround({ facts, closure }: HandlerShape): string[] {
  const func = functionAround({ facts, node: closure.node });
  if (!func?.syntax) return [];
  const parameters = handlerParameters(func.syntax, facts).list.map(p => p.name);
  return [func.receiver?.name ?? '', ...parameters].filter(name => name !== '');
}

/** Names the parameters that the new body uses and the old closure left unnamed. */
export function nameParameters(
  changes: EditBatch,
  facts: FileFacts,
  closure: SyntaxNode,
  body: string,
): void {
  const [ctx, , versionMap] = namedChildren(childByField(closure, 'parameters'));
  for (const [parameter, name] of [
    [ctx, 'ctx'],
    [versionMap, 'fromVM'],
  ] as const) {
    const written = childByField(parameter, 'name');
    if (written && nodeText(facts, written) === '_' && hasWord(body, name))
      changes.edit(facts.path, written.start, written.end, name);
  }
}

/**
 * Replaces a StoreUpgrades literal by one with the new stores, an empty one where there are none.
 */
export function replaceStoresLiteral(job: Job, changes: EditBatch, literal: Expr): void {
  const composite = literal.node.type === 'literal_value' ? literal.node.parent : literal.node;
  const { facts } = literal;
  if (composite?.type !== 'composite_literal')
    throw new Refusal(
      'the stores of the newest upgrade are not written as a literal; change them by hand',
      { file: facts.path },
    );
  const inApp = dirname(facts.path) === job.app.dir;
  const code = storeCode(job.repo, job.app, job.stores, facts, inApp);
  job.notes.push(...code.notes);
  for (const spec of code.imports.values()) changes.import(facts.path, spec);
  const type = literalType(facts, composite);
  const oneALine = /\[\]string\{\s*\n/.test(nodeText(facts, composite));
  const stores = changesStores(job) ? storeUpgradesLiteral(type, code.text, oneALine) : `${type}{}`;
  const indented = indentRest(stores, indentAt(facts.text, composite.start));
  for (const { start, end, text } of replaceValue(facts, composite, indented))
    changes.edit(facts.path, start, end, text);
}
