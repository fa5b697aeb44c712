import type { FileFacts } from '../source/facts.ts';
import type { SyntaxNode } from '../syntax/syntax.ts';
import { childByField, descend, namedChildren } from '../syntax/syntax.ts';
import { indentAt, lineEnd, lineStart } from './edit.ts';
import type { EditBatch } from './edit-batch.ts';

/**
 * The node that stands exactly there, in a function or a package variable's value; the innermost of
 * those that do.
 */
export function nodeAt(
  facts: FileFacts,
  { start, end }: { readonly start: number; readonly end: number },
): SyntaxNode | undefined {
  const roots = [
    ...facts.funcs.map(f => f.syntax),
    ...[...facts.vars, ...facts.consts].map(v => v.value),
  ];
  let found: SyntaxNode | undefined;
  for (const root of roots) {
    if (!root || root.start > start || root.end < end) continue;
    for (const node of descend(root)) if (node.start === start && node.end === end) found = node;
  }
  return found;
}

/**
 * Takes an element out of a list, with its comma, and with its line where it has one of its own.
 */
export function removeElement(changes: EditBatch, facts: FileFacts, element: SyntaxNode): void {
  const { text } = facts;
  const siblings = namedChildren(element.parent);
  const index = siblings.indexOf(element);
  if (
    siblings.length === 1 &&
    element.parent &&
    !element.parent.children.some(c => c.type === 'comment')
  ) {
    changes.edit(facts.path, element.parent.start + 1, element.parent.end - 1, '');
    return;
  }
  const from = lineStart(text, element.start);
  const to = lineEnd(text, element.end);
  if (
    /^\s*$/.test(text.slice(from, element.start)) &&
    /^\s*,?\s*(\/\/.*)?\r?\n?$/.test(text.slice(element.end, to))
  ) {
    changes.edit(facts.path, from, to, '');
    return;
  }
  const before = siblings[index - 1];
  const after = siblings[index + 1];
  if (after) changes.edit(facts.path, element.start, after.start, '');
  else if (before) changes.edit(facts.path, before.end, element.end, '');
  else changes.edit(facts.path, element.start, element.end, '');
}

/** Puts an element at the end of a list literal's body, as its elements are laid out. */
export function appendElement(
  changes: EditBatch,
  facts: FileFacts,
  body: SyntaxNode,
  element: string,
): void {
  const { text } = facts;
  const last = namedChildren(body).at(-1);
  if (!last) {
    changes.edit(facts.path, body.start + 1, body.end - 1, element);
    return;
  }
  const line = lineEnd(text, last.end);
  const own =
    text.slice(body.start, last.start).includes('\n') &&
    /^\s*,\s*(\/\/.*)?\r?\n$/.test(text.slice(last.end, line));
  if (own) changes.edit(facts.path, line, line, `${indentAt(text, last.start)}${element},\n`);
  else changes.edit(facts.path, last.end, last.end, `, ${element}`);
}

/**
 * Puts a keyed field at the end of a struct literal's body, or at its beginning, with its value in
 * the column of its neighbour's. Gives false, and changes nothing, where gofmt would then want to
 * move the others.
 */
export function insertField(
  changes: EditBatch,
  facts: FileFacts,
  body: SyntaxNode,
  key: string,
  value: string,
  where: 'first' | 'last',
): boolean {
  const { text, path } = facts;
  const fields = namedChildren(body);
  const neighbour = where === 'first' ? fields[0] : fields.at(-1);
  if (!neighbour) {
    changes.edit(path, body.start + 1, body.end - 1, `${key}: ${value}`);
    return true;
  }
  if (!text.slice(body.start, fields[0]!.start).includes('\n')) {
    if (where === 'first')
      changes.edit(path, neighbour.start, neighbour.start, `${key}: ${value}, `);
    else changes.edit(path, neighbour.end, neighbour.end, `, ${key}: ${value}`);
    return true;
  }
  const [own, first] = namedChildren(neighbour);
  const many = text.slice(neighbour.start, neighbour.end).includes('\n');
  if (!own || !first || (many && where === 'last')) return false;
  // A neighbour of several lines has no column to keep to.
  const column = many ? key.length + 2 : first.start - own.start;
  if (column < key.length + 2) return false;
  const gap = ' '.repeat(column - key.length - 1);
  const line = `${indentAt(text, neighbour.start)}${key}:${gap}${value},\n`;
  const at = where === 'first' ? lineStart(text, neighbour.start) : lineEnd(text, neighbour.end);
  changes.edit(path, at, at, line);
  return true;
}

/** The value of a keyed field in a struct literal's body. */
export function fieldValue(
  facts: FileFacts,
  body: SyntaxNode,
  name: string,
): SyntaxNode | undefined {
  for (const element of namedChildren(body)) {
    const [key, value] = element.type === 'keyed_element' ? namedChildren(element) : [];
    if (key && value && facts.text.slice(key.start, key.end) === name) return value;
  }
  return undefined;
}

/** The body of a literal, whether or not it names its type. */
export function literalBody(node: SyntaxNode): SyntaxNode | undefined {
  if (node.type === 'literal_value') return node;
  return node.type === 'composite_literal' ? childByField(node, 'body') : undefined;
}

/** The statement of a block that a node stands in: the nearest one. */
export function statementAround(node: SyntaxNode): SyntaxNode {
  let at = node;
  while (at.parent && !/^(block|expression_case|default_case)$/.test(at.parent.type))
    at = at.parent;
  return at;
}

/** Moves a statement's lines to behind, or before, another one of the same file. */
export function moveStatement(
  changes: EditBatch,
  facts: FileFacts,
  statement: SyntaxNode,
  to: SyntaxNode,
  where: 'before' | 'behind',
): void {
  const { text, path } = facts;
  const from = lineStart(text, statement.start);
  const end = lineEnd(text, statement.end);
  const at = where === 'before' ? lineStart(text, to.start) : lineEnd(text, to.end);
  changes.edit(path, from, end, '');
  changes.edit(path, at, at, text.slice(from, end));
}
