import { indentAt, lineEnd, lineStart } from '../go/edit/edit.ts';
import type { EditBatch } from '../go/edit/edit-batch.ts';
import { goNode } from '../go/eval/go-node.ts';
import type { Expr } from '../go/eval/value.ts';
import { exprAt } from '../go/eval/value.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import { childByField, descend, findAll, namedChildren } from '../go/syntax/syntax.ts';
import { casesOf, switchesOnName } from '../wiring/loading/switch.ts';
import type { Site, StoreLoading } from '../wiring/style.ts';

/**
 * S2: a switch on the plan's name. Adds a case below the last one, written as that one is: the name
 * as a literal or constant, compared or switched on. `literal` gives the StoreUpgrades value for
 * the type as the other cases spell it.
 */
export function insertCase(
  changes: EditBatch,
  loading: StoreLoading,
  names: { literal: string; constant: string | undefined },
  stores: (type: string) => string,
): boolean {
  const { site } = loading;
  const { facts } = site.call;
  const { text } = facts;
  const switches = findAll(site.fn, 'expression_switch_statement');
  const found = switches.find(one => casesOf(one).some(each => assignment(each, text)));
  if (!found) return insertFirst(changes, site, switches, names.constant ?? names.literal, stores);
  const cases = casesOf(found);
  const model = cases.filter(one => assignment(one, text)).at(-1);
  const last = cases.at(-1);
  const target = model && assignment(model, text);
  const type = target && typeOf(target.value, text);
  if (!last || !target || type === undefined) return false;
  const condition = conditionLike({ facts, node: model }, names);
  const code = caseCode(indentAt(text, model.start), condition, `${target.name} = ${stores(type)}`);
  const end = endOfCase(text, last, found);
  changes.edit(facts.path, end, end, code);
  return true;
}

/** A case of one statement. */
function caseCode(indent: string, condition: string, statement: string): string {
  const body = statement
    .split('\n')
    .map(line => (line ? `${indent}\t${line}` : line))
    .join('\n');
  return `${indent}case ${condition}:\n${body}\n`;
}

/** What the new case says, as its model has it: a name, or a comparison with one. */
function conditionLike(
  model: Expr,
  { literal, constant = literal }: { literal: string; constant: string | undefined },
): string {
  const value = goNode(model).field('value')!.children[0]!;
  const comparison = findAll(value.node, 'binary_expression')
    .map(node => goNode(exprAt(model, node)))
    .find(({ operator }) => operator === '==');
  const compared = comparison?.field('right');
  const isLiteral = /^["`]/.test(value.text);
  const name = isLiteral ? literal : constant;
  const hasTag = childByField(model.node.parent, 'value') !== undefined;
  if (hasTag) return name;
  if (!compared) return value.text;
  const { start, end } = compared.node;
  const { text } = model.facts;
  return text.slice(value.node.start, start) + name + text.slice(end, value.node.end);
}

/** The first case of a switch that has none, for a variable declared as a pointer. */
function insertFirst(
  changes: EditBatch,
  { call, fn }: Site,
  switches: readonly SyntaxNode[],
  name: string,
  stores: (type: string) => string,
): boolean {
  const { facts } = call;
  const { text } = facts;
  const found = switches.find(
    one => casesOf(one).length === 0 && switchesOnName({ facts, node: one }),
  );
  const variable = storesVariable({ facts, node: fn });
  if (!found || !variable) return false;
  const close = lineStart(text, found.end - 1);
  const statement = `${variable.name} = ${stores(`&${variable.type}`)}`;
  changes.edit(facts.path, close, close, caseCode(indentAt(text, found.start), name, statement));
  return true;
}

/** `var stores *storetypes.StoreUpgrades`. */
function storesVariable(fn: Expr): { name: string; type: string } | undefined {
  for (const node of findAll(fn.node, 'var_spec')) {
    const spec = goNode(exprAt(fn, node));
    const type = spec.field('type');
    const pointed = type?.type === 'pointer_type' ? type.children[0] : undefined;
    if (pointed?.name.endsWith('StoreUpgrades'))
      return { name: spec.field('name')!.text, type: pointed.text };
  }
  return undefined;
}

/** Behind the last line of a case, comments at its end included. */
function endOfCase(text: string, last: SyntaxNode, statement: SyntaxNode): number {
  const next = statement.children.find(c => c.start >= last.end && c.type !== 'comment');
  return next
    ? lineStart(text, next.start)
    : lineStart(text, statement.end - 1) || lineEnd(text, last.end);
}

function assignment(
  node: SyntaxNode,
  text: string,
): { name: string; value: SyntaxNode } | undefined {
  for (const below of descend(node)) {
    if (below.type !== 'assignment_statement') continue;
    const left = namedChildren(childByField(below, 'left'))[0];
    const right = namedChildren(childByField(below, 'right'))[0];
    if (left?.type === 'identifier' && right)
      return { name: text.slice(left.start, left.end), value: right };
  }
  return undefined;
}

/** `&storetypes.StoreUpgrades` as written. */
function typeOf(value: SyntaxNode, text: string): string | undefined {
  const literal = value.type === 'unary_expression' ? childByField(value, 'operand') : value;
  const type = literal?.type === 'composite_literal' ? childByField(literal, 'type') : undefined;
  return type && (value.type === 'unary_expression' ? '&' : '') + text.slice(type.start, type.end);
}
