import { descend } from '../../syntax/syntax.ts';
import type { Expr } from '../expr.ts';
import { textOf } from '../expr.ts';
import type { Environment } from './environment.ts';

const deepest = 6;

/**
 * An expression with the values that its variables hold at a point of a run, for those who look at
 * expressions alone. Variables that hold no single value are left to them.
 */
export function bound(expr: Expr, env: Environment, depth = 0): Expr {
  if (depth > deepest) return expr;
  const bindings = new Map(expr.bindings);
  for (const node of descend(expr.node)) {
    if (node.type !== 'identifier') continue;
    const name = textOf({ facts: expr.facts, node });
    const held = env.get(name);
    if (!held) continue;
    if (held.kind === 'value' && held.result === 0 && held.expr.node !== expr.node)
      bindings.set(name, bound(held.expr, held.env, depth + 1));
    else bindings.delete(name);
  }
  return bindings.size > 0 ? { facts: expr.facts, node: expr.node, bindings } : expr;
}
