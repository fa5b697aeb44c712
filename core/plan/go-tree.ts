import { dirname } from '../files.ts';
import type { ImportSpec } from '../go/edit/imports.ts';
import { qualifierOf } from '../go/edit/imports.ts';
import type { Expr } from '../go/eval/value.ts';
import type { FoundFunc, Repo } from '../go/repo/repo.ts';
import type { FileFacts, Func } from '../go/source/facts.ts';
import { importsOf } from '../go/source/facts.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import { childByField, childrenByField, namedChildren } from '../go/syntax/syntax.ts';

// Questions about Go syntax that several steps of a plan ask.

/** A node's text, `''` where there is no node. */
export function nodeText({ text }: FileFacts, node: SyntaxNode | undefined): string {
  return node ? text.slice(node.start, node.end) : '';
}

/** Whether a node is another one or lies in it. */
export function isWithin(node: SyntaxNode, outer: SyntaxNode): boolean {
  return outer.start <= node.start && node.end <= outer.end;
}

/** A function with its syntax, also where its body is too long to be kept when a file is read. */
export function withSyntax(repo: Repo, { facts, func }: FoundFunc): FoundFunc {
  return { facts, func: { ...func, syntax: repo.syntaxOf({ facts, func }) } };
}

/** The function or method of a file in which a node lies. */
export function functionAround({ facts, node }: Expr): Func | undefined {
  return facts.funcs.find(func => func.start <= node.start && node.end <= func.end);
}

/** The node with the last name of what a call calls: `Set` of `app.Keeper.Set(…)`. */
export function calledName(call: SyntaxNode): SyntaxNode | undefined {
  const callee = childByField(call, 'function');
  return callee?.type === 'selector_expression' ? childByField(callee, 'field') : callee;
}

/** What a call calls a method of, or the package of the function it calls: `app.Keeper`. */
export function calledOperand(call: SyntaxNode): SyntaxNode | undefined {
  const callee = childByField(call, 'function');
  return callee?.type === 'selector_expression' ? childByField(callee, 'operand') : undefined;
}

/** The names that a statement or a spec of `const` or `var` declares. */
export function declaredNames(node: SyntaxNode): SyntaxNode[] {
  switch (node.type) {
    case 'short_var_declaration':
      return namedChildren(childByField(node, 'left'));
    case 'const_spec':
    case 'var_spec':
      return childrenByField(node, 'name');
    default:
      return [];
  }
}

const declarations = new Set(['short_var_declaration', 'const_declaration', 'var_declaration']);

/** Whether a statement declares constants or variables. */
export function isDeclaration({ type }: SyntaxNode): boolean {
  return declarations.has(type);
}

/** The type that a composite literal names, as written. */
export function literalType(facts: FileFacts, literal: SyntaxNode): string {
  return nodeText(facts, childByField(literal, 'type'));
}

/** The name that an expression begins with: `app` of `app.mm`. */
export function rootName(expression: string): string | undefined {
  return /^\w+/.exec(expression)?.[0];
}

/** Whether a name can be seen from other packages. */
export function isExported(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}

/** Whether a text, such as a function's body, has a word. */
export function hasWord(text: string, word: string): boolean {
  return new RegExp(`\\b${word}\\b`).test(text);
}

/** The imports of a file that some Go text uses. */
export function importsUsed(repo: Repo, facts: FileFacts, text: string): ImportSpec[] {
  return importsOf(facts)
    .filter(({ alias }) => alias !== '_' && alias !== '.')
    .map(({ path, alias }) => ({ path, alias }))
    .filter(spec => new RegExp(`\\b${qualifierOf(repo, dirname(facts.path), spec)}\\.`).test(text));
}
