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
  if (!neighbour) {
    insertFirst(changes, list, element);
    return;
  }
  const isMultiline = text.slice(list.node.start, neighbour.start).includes('\n');
  if (descending) {
    const at = isMultiline ? lineStart(text, neighbour.start) : neighbour.start;
    const indent = indentAt(text, neighbour.start);
    changes.edit(path, at, at, isMultiline ? `${indent}${element},\n` : `${element}, `);
  } else if (isMultiline && endsItsLine(text, neighbour)) {
    const end = lineEnd(text, neighbour.end);
    changes.edit(path, end, end, `${indentAt(text, neighbour.start)}${element},\n`);
  } else {
    // Several elements may share a line; the new one follows its neighbour wherever that stands.
    changes.edit(path, neighbour.end, neighbour.end, `, ${element}`);
  }
}

/** Adds the first element to a list, below the comments that stand in it. */
function insertFirst(changes: EditBatch, list: Expr, element: string): void {
  const { text, path } = list.facts;
  const { start, end } = list.node;
  if (!text.slice(start + 1, end - 1).includes('\n')) {
    changes.edit(path, start + 1, end - 1, element);
    return;
  }
  const close = lineStart(text, end - 1);
  changes.edit(path, close, close, `${indentAt(text, end - 1)}\t${element},\n`);
}

/** Whether nothing but its comma and a comment follow an element on its line. */
function endsItsLine(text: string, element: SyntaxNode): boolean {
  return /^,\s*(\/\/.*)?\r?\n$/.test(text.slice(element.end, lineEnd(text, element.end)));
}
