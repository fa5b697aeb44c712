import { indentAt, lineEnd, lineStart } from '../go/edit/edit.ts';
import type { EditBatch } from '../go/edit/edit-batch.ts';
import type { Expr } from '../go/eval/value.ts';
import type { FileFacts } from '../go/source/facts.ts';
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
  const indent = indentAt(text, neighbour.start);
  if (descending && isMultiline) {
    insertLine(changes, list.facts, lineStart(text, neighbour.start), indent, `${element},`);
  } else if (descending) {
    changes.edit(path, neighbour.start, neighbour.start, `${element}, `);
  } else if (isMultiline && endsItsLine(text, neighbour)) {
    insertLine(changes, list.facts, lineEnd(text, neighbour.end), indent, `${element},`);
  } else {
    // Several elements may share a line; the new one follows its neighbour wherever that stands.
    changes.edit(path, neighbour.end, neighbour.end, `, ${element}`);
  }
}

/** Adds a line between two; comments that it parts are set in columns of their own. */
function insertLine(
  changes: EditBatch,
  { text, path }: FileFacts,
  at: number,
  indent: string,
  line: string,
): void {
  const above = commentedLines(text, at, -1);
  const below = commentedLines(text, at, 1);
  const isParted = above.length > 0 && below.length > 0 && !line.includes('\n');
  if (!isParted) {
    changes.edit(path, at, at, `${indent}${line}\n`);
    return;
  }
  const start = at - above.join('').length;
  const lines = [...commentColumn(above), `${indent}${line}\n`, ...commentColumn(below)];
  changes.edit(path, start, at + below.join('').length, lines.join(''));
}

const commented = /^(?<code>[^/"`]*\S)(?<gap> +)(?<comment>\/\/.*)$/;

/** The lines above or below an offset that follow one another and end with a comment. */
function commentedLines(text: string, offset: number, step: 1 | -1): string[] {
  const lines: string[] = [];
  for (let at = offset; at > 0 && at < text.length; ) {
    const start = step === 1 ? at : lineStart(text, at - 1);
    const line = text.slice(start, lineEnd(text, start));
    if (!commented.test(line.trimEnd())) break;
    if (step === 1) lines.push(line);
    else lines.unshift(line);
    at = step === 1 ? start + line.length : start;
  }
  return lines;
}

/** Lines with their comments in one column. */
function commentColumn(lines: readonly string[]): string[] {
  const rows = lines.map(line => commented.exec(line.trimEnd())!.groups!);
  const width = Math.max(...rows.map(({ code }) => code!.length));
  return rows.map(({ code, comment }) => `${code!.padEnd(width)} ${comment!}\n`);
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
