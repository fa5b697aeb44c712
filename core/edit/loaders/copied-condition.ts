import { applyEdits, dedentRest, indentAt, indentRest, lineEnd } from '../../go/edit/edit.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { exprAt } from '../../go/eval/value.ts';
import { enclosing, findAll, quote } from '../../go/syntax/syntax.ts';
import { storeUpgradesLiteral } from '../write-store-upgrades.ts';
import type { LoaderJob, LoaderPlace, LoaderWay } from './loader-way.ts';

/**
 * S9: a store loader of the app's own, behind an `if` on the plan's name. Another one like it goes
 * below.
 */
export const byCopiedCondition: LoaderWay = {
  codes: ['S9'],
  follows: 'last',
  insert: copyCondition,
};

function copyCondition(job: LoaderJob, { loading, constant, code }: LoaderPlace): boolean {
  const { site } = loading!;
  const { facts } = site.call;
  const block = enclosing(site.call.node, 'if_statement');
  if (!block) return false;
  const condition = goNode({ facts, node: block });
  const literal = findAll(block, 'composite_literal')
    .map(node => goNode({ facts, node }))
    .find(one => /(^|\.)StoreUpgrades$/.test(typeOf(one)));
  const name = comparedName(condition);
  if (!literal || !name) return false;
  const { text } = facts;
  const indent = indentAt(text, block.start);
  const inner = indentAt(text, literal.node.start).slice(indent.length);
  const stores = storeUpgradesLiteral(typeOf(literal), code.text);
  const replaced = [
    { node: name.node, text: constant ?? quote(job.name) },
    { node: literal.node, text: indentRest(stores, indent + inner) },
  ].map(one => ({
    start: one.node.start - block.start,
    end: one.node.end - block.start,
    text: one.text,
  }));
  const written = dedentRest(applyEdits(condition.text, replaced), indent);
  for (const spec of code.imports.values()) job.changes.import(facts.path, spec);
  const end = lineEnd(text, block.end);
  job.changes.edit(facts.path, end, end, `\n${indent}${indentRest(written, indent)}\n`);
  return true;
}

/** The type that a composite literal names, as written. */
function typeOf(literal: GoNode): string {
  return literal.field('type')?.text ?? '';
}

/** What the condition of an `if` compares the plan's name with. */
function comparedName(statement: GoNode): GoNode | undefined {
  const condition = statement.field('condition');
  for (const node of findAll(condition?.node, 'binary_expression')) {
    const compared = goNode(exprAt(statement, node));
    if (compared.operator !== '==') continue;
    const sides = ['left', 'right'].map(field => compared.field(field)!.withoutParens);
    const isName = (side: GoNode) => side.text.endsWith('.Name');
    if (sides.some(isName)) return sides.find(side => !isName(side));
  }
  return undefined;
}
