import { indentAt, lineEnd, lineStart } from '../go/edit/edit.ts';
import type { EditBatch } from '../go/edit/edit-batch.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import { callArguments, childByField, namedChildren } from '../go/syntax/syntax.ts';
import type { Registration } from '../wiring/style.ts';

/** The comment lines directly above a statement, as one text without indent; `''` for none. */
export function commentBefore(text: string, statement: SyntaxNode): string {
  const lines: string[] = [];
  for (let at = lineStart(text, statement.start); at > 0; ) {
    const from = lineStart(text, at - 1);
    const line = text.slice(from, at).trim();
    if (!line.startsWith('//')) break;
    lines.unshift(line);
    at = from;
  }
  return lines.join('\n');
}

/** Writes a statement below another one, set apart as that one is from what stands above it. */
export function insertStatementAfter(
  changes: EditBatch,
  file: string,
  after: SyntaxNode,
  statement: string,
): void {
  const { text } = changes.repo.facts(file)!;
  const indent = indentAt(text, after.start);
  const lines = statement
    .split('\n')
    .map(line => (line === '' ? '' : indent + line))
    .join('\n');
  const end = lineEnd(text, after.end);
  changes.edit(file, end, end, `${followsDirectly(text, after) ? '' : '\n'}${lines}\n`);
}

/** What a statement calls a method of. */
function receiverOf(statement: SyntaxNode, text: string): string | undefined {
  return /^([\w.]+)\.\w+\(/.exec(text.slice(statement.start, statement.end))?.[1];
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
  const indent = indentAt(text, before.start);
  const at = lineStart(text, before.start);
  changes.edit(
    file,
    at,
    at,
    `${statement
      .split('\n')
      .map(line => (line === '' ? '' : indent + line))
      .join('\n')}\n`,
  );
}

/** Whether a statement follows another of its kind without a blank line. */
function followsDirectly(text: string, statement: SyntaxNode): boolean {
  const siblings = namedChildren(statement.parent);
  const before = siblings[siblings.indexOf(statement) - 1];
  return (
    before !== undefined &&
    before.type === statement.type &&
    !/\n\s*\n/.test(text.slice(before.end, statement.start)) &&
    (/SetUpgradeHandler\(/.test(text.slice(before.start, before.end)) ||
      receiverOf(before, text) === receiverOf(statement, text))
  );
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
  const open = text.slice(childByField(node, 'arguments')!.start + 1, first!.start);
  if (open.includes('\n'))
    return `${head}(\n\t${name},\n\t${handler
      .split('\n')
      .map((l, i) => (i && l ? `\t${l}` : l))
      .join('\n')},\n)`;
  // `SetUpgradeHandler(name,⏎ handler)`: gofmt indents the continued line.
  const gap = text.slice(first!.end, second!.start);
  const tail = text.slice(second!.end, node.end);
  const breaks = gap.includes('\n');
  const body = breaks
    ? handler
        .split('\n')
        .map((l, i) => (i && l ? `\t${l}` : l))
        .join('\n')
    : handler;
  return `${head}(${name},${breaks ? '\n\t' : ' '}${body}${tail.includes('\n') ? ',\n)' : ')'}`;
}
