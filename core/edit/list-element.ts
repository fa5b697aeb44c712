import { indentAt, lineEnd, lineStart } from '../go/edit/edit.ts';
import type { EditBatch } from '../go/edit/edit-batch.ts';
import type { Expr } from '../go/eval/value.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';

/**
 * Adds an element to a list beside the neighbour: after it, or before it where the list runs from
 * the newest down.
 */
export function insertElement(
  changes: EditBatch,
  list: Expr,
  neighbour: SyntaxNode | undefined,
  element: string,
  descending: boolean,
): void {
  const { text, path } = list.facts;
  const body = list.node;
  const inner = text.slice(body.start + 1, body.end - 1);
  const multiline = neighbour
    ? text.slice(body.start, neighbour.start).includes('\n')
    : inner.includes('\n');
  if (!neighbour) {
    if (!multiline) return changes.edit(path, body.start + 1, body.end - 1, element);
    // Only comments stand in it: the element goes below them.
    const indent = indentAt(text, lineStart(text, body.end - 1));
    const close = lineStart(text, body.end - 1);
    return changes.edit(
      path,
      close,
      close,
      `${indent || /^[ \t]*/.exec(text.slice(close))![0]}\t${element},\n`,
    );
  }
  if (!multiline) {
    return descending
      ? changes.edit(path, neighbour.start, neighbour.start, `${element}, `)
      : changes.edit(path, neighbour.end, neighbour.end, `, ${element}`);
  }
  const indent = indentAt(text, neighbour.start);
  if (descending) {
    const at = lineStart(text, neighbour.start);
    return changes.edit(path, at, at, `${indent}${element},\n`);
  }
  if (text.slice(neighbour.end).startsWith(',')) {
    const end = lineEnd(text, neighbour.end);
    // Several elements may share a line; the new one follows its neighbour wherever that stands.
    const rest = text.slice(neighbour.end + 1, end);
    if (/^\s*(\/\/.*)?\r?\n$/.test(rest)) changes.edit(path, end, end, `${indent}${element},\n`);
    else changes.edit(path, neighbour.end, neighbour.end, `, ${element}`);
  } else changes.edit(path, neighbour.end, neighbour.end, `, ${element}`);
}
