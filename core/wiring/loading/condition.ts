import { goNode } from '../../go/eval/go-node.ts';
import type { Expr, Value } from '../../go/eval/value.ts';
import { calledFunction, exprAt, stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  childByField,
  childrenByField,
  enclosing,
  findAll,
  namedChildren,
} from '../../go/syntax/syntax.ts';
import type { Site } from '../style.ts';
import { comparedNames, isNameOfPlan } from './plan-name-conditions.ts';

/** How an `if` (or a case) around the loader's call chooses the plan: by its name, or by asking. */
export function codeOfCondition(repo: Repo, site: Site): 'S3' | 'S8' {
  return !isGuardedByName(repo, site) && guardedByPredicate(repo, site) ? 'S8' : 'S3';
}

/** Whether an `if` or a case around the loader's call compares the plan's name. */
export function isGuardedByName(repo: Repo, site: Site): boolean {
  return guardingNames(repo, site).length > 0;
}

/** The plan names that the `if`s and cases around a call compare with, the innermost first. */
function guardingNames(repo: Repo, { call }: Site): Value[] {
  const found: Value[] = [];
  let guard = enclosing(call.node, 'if_statement', 'expression_case');
  while (guard) {
    for (const condition of conditionsOf(guard)) {
      const part = exprAt(call, condition);
      if (isCaseOfValue(guard)) found.push(stringValue(repo, part));
      else found.push(...comparedNames(repo, part));
    }
    guard = enclosing(guard, 'if_statement', 'expression_case');
  }
  return found;
}

function conditionsOf(guard: SyntaxNode): SyntaxNode[] {
  return guard.type === 'if_statement'
    ? childrenByField(guard, 'condition')
    : namedChildren(childByField(guard, 'value'));
}

/** Whether a guard is a case of a `switch plan.Name`, not of a switch without a value. */
function isCaseOfValue(guard: SyntaxNode): boolean {
  return guard.type === 'expression_case' && childByField(guard.parent, 'value') !== undefined;
}

/** Whether a function of the app decides, comparing the plan's name with one that it computes. */
function guardedByPredicate(repo: Repo, site: Site): boolean {
  const guard = enclosing(site.call.node, 'if_statement');
  const condition = guard && childByField(guard, 'condition');
  return findAll(condition, 'call_expression').some(node => {
    const called = calledFunction(repo, exprAt(site.call, node));
    return called !== undefined && comparesName(called);
  });
}

/** Whether a function compares a plan's name with something that is no literal. */
function comparesName(fn: Expr): boolean {
  return findAll(fn.node, 'binary_expression').some(node => {
    const comparison = goNode(exprAt(fn, node));
    const right = comparison.field('right')?.type;
    return (
      comparison.operator === '==' &&
      isNameOfPlan(comparison.field('left')) &&
      right !== 'interpreted_string_literal' &&
      right !== 'raw_string_literal'
    );
  });
}
