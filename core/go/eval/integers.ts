import type { Repo } from '../repo/repo.ts';
import { callArguments, calleeName, childByField, withoutParens } from '../syntax/syntax.ts';
import { goNode } from './go-node.ts';
import type { Expr } from './value.ts';
import { exprAt, resolve, returnedBy, textOf } from './value.ts';

/** A whole number, or the reason why it cannot be known. */
export type Int = { readonly value: number } | { readonly why: string };

/**
 * The whole number an expression has: literals, constants of this repository, conversions, sums,
 * and functions that return one of these.
 */
export function intValue(repo: Repo, expr: Expr, depth = 0): Int {
  const bare = exprAt(expr, withoutParens(expr.node));
  if (depth > 10) return { why: `${shortOf(bare)} is defined in a circle` };
  switch (bare.node.type) {
    case 'int_literal':
      return literalInt(bare);
    case 'identifier':
    case 'selector_expression':
      return namedInt(repo, bare, depth);
    case 'binary_expression':
      return sum(repo, bare, depth);
    case 'call_expression':
    case 'type_conversion_expression':
      return returnedInt(repo, bare, depth);
  }
  return { why: `${shortOf(bare)} is not a constant` };
}

function shortOf(expr: Expr): string {
  return textOf(expr).replace(/\s+/g, ' ').slice(0, 80);
}

function literalInt(expr: Expr): Int {
  // `0755` is octal in Go.
  const value = Number(
    textOf(expr)
      .replaceAll('_', '')
      .replace(/^0(?=\d)/, '0o'),
  );
  return Number.isSafeInteger(value) ? { value } : { why: `${shortOf(expr)} is no number` };
}

function namedInt(repo: Repo, expr: Expr, depth: number): Int {
  const target = resolve(repo, expr);
  if ('why' in target) return target;
  if ('outside' in target) return { why: `${target.outside} is defined outside this repository` };
  return target.expr.node === expr.node
    ? { why: `${shortOf(expr)} is not a constant` }
    : intValue(repo, target.expr, depth + 1);
}

function sum(repo: Repo, expr: Expr, depth: number): Int {
  const operand = (side: 'left' | 'right') =>
    intValue(repo, exprAt(expr, childByField(expr.node, side)!), depth + 1);
  if (goNode(expr).operator !== '+') return { why: `${shortOf(expr)} is computed` };
  const left = operand('left');
  if ('why' in left) return left;
  const right = operand('right');
  return 'why' in right ? right : { value: left.value + right.value };
}

/** A conversion such as `uint64(2)`, or what a function returns. */
function returnedInt(repo: Repo, call: Expr, depth: number): Int {
  const inner = callArguments(call.node)[0];
  if (inner && /^u?int(8|16|32|64)?$/.test(calleeName(call.node, call.facts.text)))
    return intValue(repo, exprAt(call, inner), depth + 1);
  const returned = returnedBy(repo, call);
  return returned
    ? intValue(repo, returned, depth + 1)
    : { why: `${shortOf(call)} is computed elsewhere` };
}
