import { indentAt, lineEnd, lineStart } from '../go/edit/edit.ts';
import type { EditBatch } from '../go/edit/edit-batch.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import { childByField, descend, findAll, namedChildren } from '../go/syntax/syntax.ts';
import type { StoreLoading } from '../wiring/style.ts';

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
  const { facts } = loading.site.call;
  const { text } = facts;
  const switches = findAll(loading.site.fn, 'expression_switch_statement');
  const found = switches.find(s =>
    s.children.some(c => c.type === 'expression_case' && assignment(c, text)),
  );
  if (!found)
    return insertFirst(changes, loading, switches, names.constant ?? names.literal, stores);
  const cases = found?.children.filter(c => c.type === 'expression_case') ?? [];
  const model = cases.filter(c => assignment(c, text)).at(-1);
  const last = cases.at(-1);
  if (!model || !last) return false;
  const target = assignment(model, text)!;
  const type = typeOf(target.value, text);
  if (type === undefined) return false;
  const value = namedChildren(childByField(model, 'value'))[0]!;
  const written = text.slice(value.start, value.end);
  const name =
    /^["`]/.test(written) || names.constant === undefined ? names.literal : names.constant;
  const condition = childByField(found, 'value')
    ? name
    : written.replace(/==\s*[\w."`-]+/, `== ${name}`);
  const indent = indentAt(text, model.start);
  const body = `${target.name} = ${stores(type)}`
    .split('\n')
    .map(line => (line ? `${indent}\t${line}` : line))
    .join('\n');
  const end = endOfCase(text, last, found);
  changes.edit(facts.path, end, end, `${indent}case ${condition}:\n${body}\n`);
  return true;
}

/** The first case of a switch that has none, for a variable declared as a pointer. */
function insertFirst(
  changes: EditBatch,
  loading: StoreLoading,
  switches: readonly SyntaxNode[],
  name: string,
  stores: (type: string) => string,
): boolean {
  const { facts } = loading.site.call;
  const { text } = facts;
  const found = switches.find(
    s =>
      childByField(s, 'value') &&
      /\.Name$/.test(text.slice(childByField(s, 'value')!.start, childByField(s, 'value')!.end)) &&
      !s.children.some(c => c.type === 'expression_case'),
  );
  const declared = /var (\w+) \*([\w.]*StoreUpgrades)\b/.exec(
    text.slice(loading.site.func.start, loading.site.func.end),
  );
  if (!found || !declared) return false;
  const indent = indentAt(text, found.start);
  const close = lineStart(text, found.end - 1);
  const body = `${declared[1]} = ${stores(`&${declared[2]}`)}`
    .split('\n')
    .map(line => (line ? `${indent}\t${line}` : line))
    .join('\n');
  changes.edit(facts.path, close, close, `${indent}case ${name}:\n${body}\n`);
  return true;
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
