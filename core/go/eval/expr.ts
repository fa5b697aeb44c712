import type { FileFacts } from '../source/facts.ts';
import type { SyntaxNode } from '../syntax/syntax.ts';

/**
 * A piece of syntax with the file it stands in, and what its function's parameters were called
 * with.
 */
export interface Expr {
  readonly facts: FileFacts;
  readonly node: SyntaxNode;
  readonly bindings?: ReadonlyMap<string, Expr>;
}

/** The source text of an expression. */
export function textOf({ facts, node }: Expr): string {
  return facts.text.slice(node.start, node.end);
}

/** An expression's text, short enough for a message. */
export function excerptOf(expr: Expr): string {
  const text = textOf(expr).replace(/\s+/g, ' ');
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

/** The same place with another node of the same file. */
export function exprAt({ facts, bindings }: Expr, node: SyntaxNode): Expr {
  // Spelled out: spreading costs several times as much, and nothing is called more often.
  return bindings ? { facts, node, bindings } : { facts, node };
}
