import { goNode } from '../../go/eval/go-node.ts';
import { behindLocals } from '../../go/eval/locals.ts';
import type { Expr } from '../../go/eval/value.ts';
import { bind, exprAt, localDefinition, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import {
  childByField,
  namedChildren,
  rangeClause,
  withoutAddressOf,
} from '../../go/syntax/syntax.ts';
import type { Site } from '../style.ts';
import { callersOfFunction } from './callers.ts';
import { listLiteral } from './lists.ts';

/** What a loop's element is used as: `u.UpgradeName`, where `u` runs over `list`. */
export interface LoopUse {
  readonly list: Expr;
  readonly field: string;
}

/**
 * The list and field behind `u.Field` (or `list[i].Field`), where `u` is a loop's variable or a
 * parameter that was given one.
 */
export function loopUse(repo: Repo, site: Site, expr: Expr): LoopUse | undefined {
  const selector = behindLocals(expr);
  if (selector.type !== 'selector_expression') return undefined;
  const operand = selector.operand!.withoutAddressOf;
  if (operand.type === 'index_expression') return { list: operand.operand!, field: selector.name };
  if (operand.type !== 'identifier') return undefined;
  const list = loopList(repo, site, operand, 0);
  return list && { list, field: selector.name };
}

/** The list an identifier runs over. */
function loopList(repo: Repo, site: Site, expr: Expr, depth: number): Expr | undefined {
  const over = rangedOver(expr);
  if (over) return over;
  const local = localDefinition(expr.node, textOf(expr), expr.facts.text);
  if (typeof local === 'object') return copiedFrom(repo, site, exprAt(expr, local), depth);
  return local === 'parameter' && depth <= 3 ? givenLoopList(repo, site, expr, depth) : undefined;
}

/** What a loop around an identifier runs over, where it sets the identifier. */
function rangedOver(expr: Expr): Expr | undefined {
  const name = textOf(expr);
  for (let scope = expr.node.parent; scope; scope = scope.parent) {
    const clause = scope.type === 'for_statement' ? rangeClause(scope) : undefined;
    const element = namedChildren(childByField(clause, 'left')).at(-1);
    if (element && textOf(exprAt(expr, element)) === name)
      return exprAt(expr, childByField(clause, 'right')!);
  }
  return undefined;
}

/**
 * The list behind a copy of a loop's variable: `u := u`, `upgrade := Upgrades[i]`,
 * `found, ok := find(name, list)`.
 */
function copiedFrom(repo: Repo, site: Site, local: Expr, depth: number): Expr | undefined {
  const value = goNode(local).withoutAddressOf;
  switch (value.type) {
    case 'identifier':
      return depth < 4 ? loopList(repo, site, value, depth + 1) : undefined;
    case 'index_expression':
      return value.operand;
    case 'call_expression':
      return value.arguments.find(given => listLiteral(repo, given) !== undefined);
  }
  return undefined;
}

/** The list behind a parameter, by the first caller that gives it. */
function givenLoopList(repo: Repo, site: Site, expr: Expr, depth: number): Expr | undefined {
  for (const call of callersOfFunction(repo, site, [])) {
    const bound = bind(call.expr, { node: site.fn }, expr.facts.text).get(textOf(expr));
    if (!bound) continue;
    const target = exprAt(bound, withoutAddressOf(bound.node));
    return loopList(
      repo,
      { ...site, call: call.expr, fn: call.fn, func: call.func },
      target,
      depth + 1,
    );
  }
  return undefined;
}
