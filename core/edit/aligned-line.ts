import { indentAt, lineEnd, lineStart } from '../go/edit/edit.ts';
import type { EditBatch } from '../go/edit/edit-batch.ts';
import type { FileFacts } from '../go/source/facts.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import { inColumns } from './columns.ts';

/** A field of a struct: its names, then its type. */
export const fieldLine = /^(?<head>[\w, ]*\w)\s+(?<rest>\S.*)$/;
/** An element of a keyed literal: its key with the colon, then its value with the comma. */
export const keyedLine = /^(?<head>[^:]+:)\s*(?<rest>\S.*,)$/;

/**
 * Adds lines below the one of a neighbour, in a block whose lines gofmt lays out in columns, and
 * sets the columns of that block anew. Where the block cannot be laid out, they come apart
 * from it, below a blank one.
 */
export function insertAligned(
  changes: EditBatch,
  facts: FileFacts,
  neighbour: SyntaxNode,
  added: readonly string[],
  pattern: RegExp,
): void {
  const { text, path } = facts;
  const indent = indentAt(text, neighbour.start);
  const block = blockAround(text, neighbour);
  const end = lineEnd(text, neighbour.end);
  const before = linesOf(text.slice(block.start, end));
  const after = linesOf(text.slice(end, block.end));
  const written = inColumns([...before, ...added, ...after], pattern);
  if (!written) {
    changes.edit(path, end, end, `\n${added.map(line => `${indent}${line}\n`).join('')}`);
    return;
  }
  const all = written.map(one => `${indent}${one}\n`).join('');
  changes.edit(path, block.start, block.end, all);
}

/**
 * Takes a line out of such a block, and sets the columns of what is left anew; its lines are elements
 * of a keyed literal or fields of a struct where no pattern is given.
 */
export function removeAligned(
  changes: EditBatch,
  facts: FileFacts,
  node: SyntaxNode,
  pattern = node.type === 'keyed_element' ? keyedLine : fieldLine,
): void {
  const { text, path } = facts;
  const indent = indentAt(text, node.start);
  const start = lineStart(text, node.start);
  const end = lineEnd(text, node.end);
  const block = blockAround(text, node);
  const left = [...linesOf(text.slice(block.start, start)), ...linesOf(text.slice(end, block.end))];
  const written = left.length > 0 ? inColumns(left, pattern) : undefined;
  if (!written) changes.edit(path, start, end, '');
  else changes.edit(path, block.start, block.end, written.map(one => `${indent}${one}\n`).join(''));
}

/** A text with the columns set anew around the lines of a keyed literal that match. */
export function realigned(text: string, line: RegExp): string {
  let written = text;
  for (const { index } of [...text.matchAll(line)].reverse()) {
    const indent = indentAt(text, index);
    const block = blockAround(text, { start: index, end: index });
    const rows = inColumns(linesOf(text.slice(block.start, block.end)), keyedLine);
    const all = rows?.map(one => `${indent}${one}\n`).join('');
    if (all !== undefined) written = written.slice(0, block.start) + all + written.slice(block.end);
  }
  return written;
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map(line => line.trim());
}

/** The lines around a node without blank ones, ones of comments alone, and ones that open or close. */
function blockAround(
  text: string,
  { start, end }: Pick<SyntaxNode, 'start' | 'end'>,
): { start: number; end: number } {
  let first = lineStart(text, start);
  while (first > 0) {
    const above = lineStart(text, first - 1);
    if (!isPlain(text.slice(above, first))) break;
    first = above;
  }
  let last = lineEnd(text, end);
  while (last < text.length) {
    const below = lineEnd(text, last);
    if (!isPlain(text.slice(last, below))) break;
    last = below;
  }
  return { start: first, end: last };
}

function isPlain(line: string): boolean {
  const code = line.trim();
  return code !== '' && !code.startsWith('//') && !/^[)}]|[({]$/.test(code);
}
