import type { Repo } from '../repo/repo.ts';
import { callArguments, calleeName, childByField, withoutParens } from '../syntax/syntax.ts';
import type { Expr } from './value.ts';
import { exprAt, resolve, returnedBy, textOf } from './value.ts';

/** A whole number, or the reason why it cannot be known. */
export type Int = { readonly value: number } | { readonly why: string };

/**
 * The whole number an expression has: literals, constants of this repository, conversions, sums,
 * and functions that return one of these.
 */
export function intValue(repo: Repo, expr: Expr, depth = 0): Int {
  const node = withoutParens(expr.node);
  const text = textOf(exprAt(expr, node));
  const short = text.replace(/\s+/g, ' ').slice(0, 80);
  if (depth > 10) return { why: `${short} is defined in a circle` };
  switch (node.type) {
    case 'int_literal': {
      const value = Number(text.replaceAll('_', '').replace(/^0(?=\d)/, '0o'));
      return Number.isSafeInteger(value) ? { value } : { why: `${short} is no number` };
    }
    case 'identifier':
    case 'selector_expression': {
      const target = resolve(repo, exprAt(expr, node));
      if ('why' in target) return target;
      if ('outside' in target)
        return { why: `${target.outside} is defined outside this repository` };
      return target.expr.node === node
        ? { why: `${short} is not a constant` }
        : intValue(repo, target.expr, depth + 1);
    }
    case 'binary_expression': {
      const [left, right, operator] = ['left', 'right', 'operator'].map(
        field => childByField(node, field)!,
      );
      if (textOf(exprAt(expr, operator!)) !== '+') return { why: `${short} is computed` };
      const a = intValue(repo, exprAt(expr, left!), depth + 1);
      const b = intValue(repo, exprAt(expr, right!), depth + 1);
      return 'why' in a ? a : 'why' in b ? b : { value: a.value + b.value };
    }
    case 'call_expression':
    case 'type_conversion_expression': {
      const inner = callArguments(node)[0];
      if (inner && /^u?int(8|16|32|64)?$/.test(calleeName(node, expr.facts.text)))
        return intValue(repo, exprAt(expr, inner), depth + 1);
      const returned = returnedBy(repo, exprAt(expr, node));
      return returned
        ? intValue(repo, returned, depth + 1)
        : { why: `${short} is computed elsewhere` };
    }
  }
  return { why: `${short} is not a constant` };
}
