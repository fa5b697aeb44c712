import { indentAt } from '../../core/go/edit/edit.ts';
import type { SyntaxNode } from '../../core/go/syntax/syntax.ts';
import {
  callsOf,
  childByField,
  descend,
  enclosing,
  enclosingFunction,
  findAll,
  namedChildren,
} from '../../core/go/syntax/syntax.ts';
import type { GoFile } from './go-file.ts';
import { functionsIn, textOf, within } from './go-file.ts';

/** The statements of a block, or of a case. */
export function statementsOf(block: SyntaxNode): SyntaxNode[] {
  return namedChildren(block).filter(({ field }) => field !== 'value');
}

/** All statements of blocks and cases in a file's functions. */
export function statementsIn(file: GoFile): SyntaxNode[] {
  return functionsIn(file).flatMap(fn => [...descend(fn)].filter(node => isStatement(node)));
}

/** Whether a node is a statement of a block or case, not of a header. */
export function isStatement(node: SyntaxNode): boolean {
  const { parent } = node;
  if (!parent || node.type === 'comment') return false;
  if (parent.type === 'block') return true;
  return /^(expression|default)_case$/.test(parent.type) && node.field !== 'value';
}

/** The innermost statement of a block or case that a node stands in. */
export function statementOf(node: SyntaxNode): SyntaxNode | undefined {
  for (let at: SyntaxNode | undefined = node; at; at = at.parent) if (isStatement(at)) return at;
  return undefined;
}

/** The white space at the beginning of a node's line. */
export function indentOf({ text }: GoFile, node: { readonly start: number }): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', node.start - 1) + 1))![0];
}

/** Lines that are put before a statement. */
export function linesBefore(file: GoFile, statement: SyntaxNode, lines: readonly string[]): string {
  const indent = indentAt(file.text, statement.start);
  return lines.map(line => `${line}\n${indent}`).join('');
}

/** The function declaration that a node stands in. */
export function declarationOf(node: SyntaxNode): SyntaxNode | undefined {
  return enclosing(node, 'function_declaration', 'method_declaration');
}

/** Whether a function has labels, which variables and blocks must not be put before. */
export function hasLabels(node: SyntaxNode): boolean {
  return findAll(node, 'labeled_statement', 'goto_statement').length > 0;
}

const breakable = [
  'for_statement',
  'expression_switch_statement',
  'type_switch_statement',
  'select_statement',
];

/** Whether a `break` below the node leaves something around it. */
export function breaksOut(node: SyntaxNode): boolean {
  return findAll(node, 'break_statement').some(statement => {
    const target = enclosing(statement, ...breakable, 'func_literal');
    return !target || !within(target, node);
  });
}

const leaving = /^(break|continue|goto|fallthrough|labeled|defer)_statement$/;

/** Whether control may leave a node other than at its end, or defers something. */
export function leaves(file: GoFile, node: SyntaxNode): boolean {
  const returns = findAll(node, 'return_statement').some(statement => {
    const fn = enclosingFunction(statement);
    return !fn || !within(fn, node);
  });
  return (
    returns ||
    [...descend(node)].some(({ type }) => leaving.test(type)) ||
    callsOf(node, file.text, 'recover').length > 0
  );
}

/** Whether the last statement of a block returns. */
export function endsInReturn(block: SyntaxNode): boolean {
  return statementsOf(block).at(-1)?.type === 'return_statement';
}

/** Names and fields of names: reading them does nothing. */
export function isPlain(node: SyntaxNode | undefined): boolean {
  if (node?.type === 'selector_expression') return isPlain(childByField(node, 'operand'));
  return node?.type === 'identifier';
}

const effects =
  /^(call_expression|index_expression|slice_expression|type_assertion_expression|type_conversion_expression)$/;

/** Whether evaluating an expression calls nothing and cannot fail, closures' bodies aside. */
export function isPure(file: GoFile, node: SyntaxNode): boolean {
  if (node.type === 'func_literal') return true;
  if (effects.test(node.type)) return false;
  if (node.type === 'unary_expression' && /^(\*|<-)/.test(textOf(file, node))) return false;
  return node.children.every(child => isPure(file, child));
}

/** The type of an expression that names it, as text: literals, `&T{}` and `make`. */
export function typeText(file: GoFile, node: SyntaxNode): string | undefined {
  if (node.type === 'interpreted_string_literal' || node.type === 'raw_string_literal')
    return 'string';
  if (node.type === 'composite_literal') {
    const type = childByField(node, 'type')!;
    return type.type === 'implicit_length_array_type' ? undefined : textOf(file, type);
  }
  const operand = node.type === 'unary_expression' ? childByField(node, 'operand') : undefined;
  if (operand?.type !== 'composite_literal' || !textOf(file, node).startsWith('&'))
    return undefined;
  const type = typeText(file, operand);
  return type && `*${type}`;
}
