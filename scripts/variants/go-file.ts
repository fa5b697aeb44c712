import { lineEnd, lineStart } from '../../core/go/edit/edit.ts';
import { copySyntax } from '../../core/go/syntax/copy-syntax.ts';
import type { GoParser } from '../../core/go/syntax/parser.ts';
import type { SyntaxNode } from '../../core/go/syntax/syntax.ts';
import { childByField, namedChildren } from '../../core/go/syntax/syntax.ts';

/** A Go file with its whole syntax. */
export interface GoFile {
  readonly path: string;
  readonly text: string;
  readonly root: SyntaxNode;
}

/** A range of a file's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Parses a file as a whole. */
export function goFile(parser: GoParser, path: string, text: string): GoFile {
  const root = parser.parse(text, tree => copySyntax(tree.rootNode));
  return { path, text, root };
}

/** The text of a node. */
export function textOf({ text }: GoFile, node: Span): string {
  return text.slice(node.start, node.end);
}

/** The text between a block's braces, as it stands there. */
export function innerText({ text }: GoFile, block: Span): string {
  return text.slice(block.start + 1, block.end - 1);
}

/** Whether two ranges share a character, or one of them is an offset within the other. */
export function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Whether a range lies within another one. */
export function within(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/** A declaration's range with the comments right above it. */
export function withDoc(file: GoFile, declaration: SyntaxNode): Span {
  const siblings = declaration.parent?.children ?? [];
  let start = declaration.start;
  for (let i = siblings.indexOf(declaration) - 1; i >= 0; i--) {
    const above = siblings[i]!;
    const between = file.text.slice(above.end, start);
    const isApart = between.trim() !== '' || (between.match(/\n/g)?.length ?? 0) > 1;
    const isTrailing =
      file.text.slice(lineStart(file.text, above.start), above.start).trim() !== '';
    if (above.type !== 'comment' || isApart || isTrailing) break;
    start = above.start;
  }
  return { start, end: declaration.end };
}

/** The lines of a node that has them for itself; undefined where something stands beside it. */
export function ownLines({ text }: GoFile, node: Span): Span | undefined {
  const start = lineStart(text, node.start);
  const end = lineEnd(text, node.end);
  const isAlone =
    text.slice(start, node.start).trim() === '' &&
    /^\s*(\/\/.*)?\s*$/.test(text.slice(node.end, end));
  return isAlone ? { start, end } : undefined;
}

/** The top-level declaration around an offset. */
export function declarationAt({ root }: GoFile, { start, end }: Span): SyntaxNode | undefined {
  return root.children.find(
    child => child.type.endsWith('_declaration') && child.start <= start && child.end >= end,
  );
}

/** The functions and methods of a file that have a body. */
export function functionsIn({ root }: GoFile): SyntaxNode[] {
  return root.children.filter(
    ({ type, children }) =>
      (type === 'function_declaration' || type === 'method_declaration') &&
      children.some(child => child.field === 'body'),
  );
}

/** Whether only some builds have a file: by a comment above its package clause, or by its name. */
export function isConstrained({ path, text, root }: GoFile): boolean {
  const clause = root.children.findIndex(({ type }) => type === 'package_clause');
  return (
    /_(linux|darwin|windows|js|wasm|amd64|arm64)\.go$/.test(path) ||
    root.children
      .slice(0, clause)
      .some(({ start, end }) => /^\/\/(go:build| \+build)\b/.test(text.slice(start, end)))
  );
}

/** The name of a function, method or type, as text. */
export function nameOf(file: GoFile, node: SyntaxNode): string {
  const name = childByField(node, 'name');
  return name ? textOf(file, name) : '';
}

/** The single expression on one side of an assignment or declaration. */
export function onlyExpression(
  node: SyntaxNode | undefined,
  field: string,
): SyntaxNode | undefined {
  const list = namedChildren(childByField(node, field));
  return list.length === 1 ? list[0] : undefined;
}
