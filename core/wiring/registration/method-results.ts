import type { Expr } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import { childByField, enclosing, findAll, namedChildren } from '../../go/syntax/syntax.ts';

/**
 * What the package's only method of that kind returns; undefined where there are several, or
 * several returns.
 */
export function methodResult(
  repo: Repo,
  dir: string,
  wanted: (facts: FileFacts, func: Func) => boolean,
): Expr | undefined {
  const found = repo
    .functions(dir)
    .filter(({ facts, func }) => func.receiver && wanted(facts, func));
  const [only] = found;
  if (found.length !== 1 || !only?.func.syntax) return undefined;
  const returns = findAll(childByField(only.func.syntax, 'body'), 'return_statement').filter(
    r =>
      enclosing(r, 'func_literal', 'function_declaration', 'method_declaration') ===
      only.func.syntax,
  );
  const value = returns.length === 1 ? namedChildren(namedChildren(returns[0])[0])[0] : undefined;
  return value && { facts: only.facts, node: value };
}

/** Whether a method gives an upgrade's stores, by its result's type. */
export function givesStores(facts: FileFacts, func: Func): boolean {
  const result = childByField(func.syntax, 'result');
  return (
    result !== undefined && /(^|\.)StoreUpgrades$/.test(facts.text.slice(result.start, result.end))
  );
}
