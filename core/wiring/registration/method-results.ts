import { goNode } from '../../go/eval/go-node.ts';
import type { Expr } from '../../go/eval/value.ts';
import { typeNameOf } from '../../go/repo/named-type.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import { resultTypes, returnedValue } from '../../go/syntax/results.ts';

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
  const results = found.flatMap(({ facts, func }) => {
    const node = returnedValue(func.syntax, facts.text);
    return node ? [{ func, result: { facts, node } }] : [];
  });
  // A method that another one only hands on is the same once more.
  const handedOn = results.map(({ result }) => goNode(result).name);
  const [only, ...others] = results.filter(({ func }) => !handedOn.includes(func.name));
  const isRead = results.length === found.length && others.length === 0;
  return isRead ? only?.result : undefined;
}

/** The same of the method that gives an upgrade's stores. */
export function storesResult(repo: Repo, dir: string): Expr | undefined {
  return methodResult(repo, dir, (facts, func) => givesStores(repo, facts, func));
}

/** Whether a method gives an upgrade's stores, by its result's type. */
export function givesStores(repo: Repo, facts: FileFacts, { syntax }: Func): boolean {
  const [first] = resultTypes(syntax);
  const written = first && facts.text.slice(first.start, first.end);
  return written !== undefined && typeNameOf(repo, facts, written) === 'StoreUpgrades';
}
