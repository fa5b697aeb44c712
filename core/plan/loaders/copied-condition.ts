import { storeUpgradesLiteral } from '../../edit/write-store-upgrades.ts';
import { dedentRest, indentAt, indentRest, lineEnd } from '../../go/edit/edit.ts';
import { textOf } from '../../go/eval/value.ts';
import {
  childByField,
  enclosing,
  findAll,
  namedChildren,
  quote,
  withoutParens,
} from '../../go/syntax/syntax.ts';
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
  const { text } = facts;
  const block = enclosing(site.call.node, 'if_statement');
  const literal = findAll(block, 'composite_literal').find(n =>
    /(^|\.)StoreUpgrades$/.test(textOf({ facts, node: childByField(n, 'type') ?? n })),
  );
  const compared = findAll(childByField(block, 'condition'), 'binary_expression').find(
    n =>
      /\.Name == /.test(textOf({ facts, node: n })) && !/&&|\|\|/.test(textOf({ facts, node: n })),
  );
  const name =
    compared &&
    namedChildren(compared)
      .map(withoutParens)
      .find(n => !/\.Name$/.test(textOf({ facts, node: n })));
  if (!block || !literal || !name) return false;
  const indent = indentAt(text, block.start);
  const inner = indentAt(text, literal.start).slice(indent.length);
  const stores = indentRest(
    storeUpgradesLiteral(textOf({ facts, node: childByField(literal, 'type')! }), code.text),
    inner,
  );
  const own = dedentRest(text.slice(block.start, block.end), indent);
  // Offsets in the dedented text are those of the same words, for both stand on lines of their own.
  const written = own
    .replace(textOf({ facts, node: name }), () => constant ?? quote(job.name))
    .replace(dedentRest(text.slice(literal.start, literal.end), indent), () => stores);
  for (const wanted of code.imports.values()) job.changes.import(facts.path, wanted);
  const end = lineEnd(text, block.end);
  job.changes.edit(facts.path, end, end, `\n${indent}${indentRest(written, indent)}\n`);
  return true;
}
