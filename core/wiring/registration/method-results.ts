import type { Expr } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import { typeRefOf } from '../../go/source/type-ref.ts';
import { childByField, returnedValue } from '../../go/syntax/syntax.ts';

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
  if (found.length !== 1 || !only) return undefined;
  const node = returnedValue(only.func.syntax, only.facts.text);
  return node && { facts: only.facts, node };
}

/** Whether a method gives an upgrade's stores, by its result's type. */
export function givesStores(facts: FileFacts, func: Func): boolean {
  const result = childByField(func.syntax, 'result');
  return typeRefOf(result, facts.text)?.name === 'StoreUpgrades';
}
