import type { Expr } from './expr.ts';
import { exprAt } from './expr.ts';
import type { GoNode } from './go-node.ts';
import { goNode } from './go-node.ts';
import { localDefinition } from './scope.ts';

const deepest = 6;

/**
 * An expression without parentheses; where it is a local variable, or a parameter whose argument is
 * known, what that stands for.
 */
export function behindLocals(expr: Expr, depth = 0): GoNode {
  const here = goNode(expr).withoutParens;
  if (here.type !== 'identifier' || depth > deepest) return here;
  const given = here.bindings?.get(here.text);
  if (given) return behindLocals(given, depth + 1);
  const local = localDefinition(here.node, here.text, here.facts.text);
  return typeof local === 'object' ? behindLocals(exprAt(here, local), depth + 1) : here;
}
