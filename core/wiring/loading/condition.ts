import type { Expr, Value } from '../../go/eval/value.ts';
import { calledFunction, exprAt, stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { childByField, enclosing, findAll, namedChildren } from '../../go/syntax/syntax.ts';
import type { Site, StoreLoading } from '../style.ts';
import { comparedNames } from './plan-name-conditions.ts';
import { storeLists } from './read-store-upgrades.ts';

/** The plan names whose stores an `if` (or a case) around the loader's call stands for. */
export function servedByCondition(repo: Repo, site: Site, stores: Expr): StoreLoading {
  const lists = storeLists(repo, stores);
  const names = new Map<string, Value>();
  for (
    let guard = enclosing(site.call.node, 'if_statement', 'expression_case');
    guard;
    guard = enclosing(guard, 'if_statement', 'expression_case')
  ) {
    const condition =
      guard.type === 'if_statement'
        ? [childByField(guard, 'condition')!]
        : namedChildren(childByField(guard, 'value'));
    for (const part of condition) {
      const compared =
        guard.type === 'expression_case' && childByField(guard.parent, 'value')
          ? [stringValue(repo, exprAt(site.call, part))]
          : comparedNames(repo, exprAt(site.call, part));
      for (const value of compared)
        names.set(value.kind === 'known' ? value.value : JSON.stringify(value), value);
    }
  }
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

/** Whether a function of the app decides, comparing the plan's name with one that it computes. */
function guardedByPredicate(repo: Repo, site: Site): boolean {
  const guard = enclosing(site.call.node, 'if_statement');
  const condition = guard && childByField(guard, 'condition');
  return findAll(condition, 'call_expression').some(node => {
    const called = calledFunction(repo, exprAt(site.call, node));
    return (
      called !== undefined &&
      /\.Name == \w/.test(called.facts.text.slice(called.node.start, called.node.end))
    );
  });
}

/** Whether a site stands inside another function's closure, where statements run later. */
export function inClosure(site: Site): boolean {
  return enclosing(site.call.node, 'func_literal') !== undefined;
}
