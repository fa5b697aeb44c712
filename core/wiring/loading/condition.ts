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
import type { Site, StoreLoading } from '../style.ts';
import { comparedNames, isNameOfPlan } from './plan-name-conditions.ts';
import { storeLists } from './read-store-upgrades.ts';

/** The plan names whose stores an `if` (or a case) around the loader's call stands for. */
export function servedByCondition(repo: Repo, site: Site, stores: Expr): StoreLoading {
  const lists = storeLists(repo, stores);
  const names = new Map<string, Value>();
  for (const value of guardingNames(repo, site))
    names.set(value.kind === 'known' ? value.value : JSON.stringify(value), value);
  const predicate = names.size === 0 && guardedByPredicate(repo, site);
  // A condition that says nothing of names still guards these stores.
  if (names.size === 0)
    names.set('', {
      kind: 'unknown',
      why: 'the plan name that these stores belong to is not compared here',
    });
  return {
    code: predicate ? 'S8' : 'S3',
    site,
    serves: [...names.values()].map(name => ({
      name,
      stores: lists,
      ...(lists ? {} : { unread: true as const }),
    })),
  };
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

/** Whether a site stands inside another function's closure, where statements run later. */
export function inClosure(site: Site): boolean {
  return enclosing(site.call.node, 'func_literal') !== undefined;
}
