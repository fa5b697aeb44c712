import { indentAt, lineEnd, lineStart } from '../go/edit/edit.ts';
import type { EditBatch } from '../go/edit/edit-batch.ts';
import { goNode } from '../go/eval/go-node.ts';
import type { Expr } from '../go/eval/value.ts';
import { exprAt } from '../go/eval/value.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import { callArguments, callsOf, childByField, namedChildren } from '../go/syntax/syntax.ts';
import type { Registration } from '../wiring/style.ts';

/** Writes a statement below another one, set apart as that one is from what stands above it. */
export function insertStatementAfter(
  changes: EditBatch,
  file: string,
  after: SyntaxNode,
  statement: string,
): void {
  const facts = changes.repo.facts(file)!;
  const lines = indented(statement, indentAt(facts.text, after.start));
  const gap = followsDirectly({ facts, node: after }) ? '' : '\n';
  const end = lineEnd(facts.text, after.end);
  changes.edit(file, end, end, `${gap}${lines}\n`);
}

/** What a statement calls a method of. */
function receiverOf(statement: Expr): string | undefined {
  if (statement.node.type !== 'expression_statement') return undefined;
  return goNode(statement).children[0]?.callee?.operand?.text;
}

/**
 * Writes a statement above another one, which follows it directly where it did follow one of its
 * kind.
 */
export function insertStatementBefore(
  changes: EditBatch,
  file: string,
  before: SyntaxNode,
  statement: string,
): void {
  const { text } = changes.repo.facts(file)!;
  const at = lineStart(text, before.start);
  changes.edit(file, at, at, `${indented(statement, indentAt(text, before.start))}\n`);
}

function indented(statement: string, indent: string): string {
  return statement
    .split('\n')
    .map(line => (line === '' ? '' : indent + line))
    .join('\n');
}

/** Whether a statement follows another of its kind without a blank line. */
function followsDirectly(statement: Expr): boolean {
  const { facts, node } = statement;
  const siblings = namedChildren(node.parent);
  const before = siblings[siblings.indexOf(node) - 1];
  if (before?.type !== node.type) return false;
  if (/\n\s*\n/.test(facts.text.slice(before.end, node.start))) return false;
  const isRegistration = callsOf(before, facts.text, 'SetUpgradeHandler').length > 0;
  return isRegistration || receiverOf(exprAt(statement, before)) === receiverOf(statement);
}

/**
 * A registration call like a neighbour's, for another name and handler: the same line breaks, the
 * same comment above. `handler` is written at column 0 of its own lines.
 */
export function callLike(neighbour: Registration, name: string, handler: string): string {
  const { facts, node } = neighbour.site.call;
  const { text } = facts;
  const callee = childByField(node, 'function')!;
  const [first, second] = callArguments(node);
  const head = text.slice(callee.start, callee.end);
  const inner = handler
    .split('\n')
    .map((line, i) => (i && line ? `\t${line}` : line))
    .join('\n');
  const open = text.slice(childByField(node, 'arguments')!.start + 1, first!.start);
  if (open.includes('\n')) return `${head}(\n\t${name},\n\t${inner},\n)`;
  // `SetUpgradeHandler(name,⏎ handler)`: gofmt indents the continued line.
  const isBroken = text.slice(first!.end, second!.start).includes('\n');
  const given = isBroken ? `\n\t${inner}` : ` ${handler}`;
  const close = text.slice(second!.end, node.end).includes('\n') ? ',\n)' : ')';
  return `${head}(${name},${given}${close}`;
}
