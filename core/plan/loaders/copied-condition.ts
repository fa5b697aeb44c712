import { storeUpgradesLiteral } from '../../edit/write-store-upgrades.ts';
import { dedentRest, indentAt, indentRest, lineEnd } from '../../go/edit/edit.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, enclosing, findAll, quote, withoutParens } from '../../go/syntax/syntax.ts';
import { literalType, nodeText } from '../go-tree.ts';
import type { Job } from '../upgrade/job.ts';
import type { LoadPlace, StoreWay } from './store-way.ts';

/**
 * S9: a store loader of the app's own, behind an `if` on the plan's name. Another one like it goes
 * below.
 */
export const byCopiedCondition: StoreWay = {
  codes: ['S9'],
  follows: 'last',
  insert: copyCondition,
};

function copyCondition(job: Job, { loading, constant, code }: LoadPlace): boolean {
  const { site } = loading!;
  const { facts } = site.call;
  const block = enclosing(site.call.node, 'if_statement');
  const literal = findAll(block, 'composite_literal').find(one =>
    /(^|\.)StoreUpgrades$/.test(literalType(facts, one)),
  );
  const name = block && comparedName(facts, block);
  if (!block || !literal || !name) return false;
  const { text } = facts;
  const indent = indentAt(text, block.start);
  const inner = indentAt(text, literal.start).slice(indent.length);
  const stores = storeUpgradesLiteral(literalType(facts, literal), code.text);
  // Name and stores are replaced in the dedented text, where they are written once each.
  const written = dedentRest(nodeText(facts, block), indent)
    .replace(nodeText(facts, name), () => constant ?? quote(job.name))
    .replace(dedentRest(nodeText(facts, literal), indent), () => indentRest(stores, inner));
  for (const spec of code.imports.values()) job.changes.import(facts.path, spec);
  const end = lineEnd(text, block.end);
  job.changes.edit(facts.path, end, end, `\n${indent}${indentRest(written, indent)}\n`);
  return true;
}

/** What the condition of an `if` compares the plan's name with. */
function comparedName(facts: FileFacts, block: SyntaxNode): SyntaxNode | undefined {
  for (const compared of findAll(childByField(block, 'condition'), 'binary_expression')) {
    if (nodeText(facts, childByField(compared, 'operator')) !== '==') continue;
    const sides = ['left', 'right'].map(field => withoutParens(childByField(compared, field)!));
    const isName = (side: SyntaxNode) => /\.Name$/.test(nodeText(facts, side));
    if (sides.some(isName)) return sides.find(side => !isName(side));
  }
  return undefined;
}
