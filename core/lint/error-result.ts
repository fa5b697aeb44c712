import { goNode } from '../go/eval/go-node.ts';
import { declarationCalled, declaredType } from '../go/eval/methods.ts';
import type { Expr } from '../go/eval/value.ts';
import { textOf } from '../go/eval/value.ts';
import type { Repo } from '../go/repo/repo.ts';
import { resultTypes } from '../go/syntax/results.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import { namedChildren, returnsOf } from '../go/syntax/syntax.ts';

/**
 * Methods of the SDK's keepers that give back an error in every release, by the end of the path of
 * their package (docs/background/sdk.md#keepers-that-give-an-error-back).
 */
const failing: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    '/x/bank/keeper',
    new Set([
      'SendCoins',
      'SendCoinsFromModuleToAccount',
      'SendCoinsFromModuleToModule',
      'SendCoinsFromAccountToModule',
      'DelegateCoins',
      'UndelegateCoins',
      'MintCoins',
      'BurnCoins',
    ]),
  ],
  ['/x/distribution/keeper', new Set(['FundCommunityPool'])],
  ['/x/upgrade/keeper', new Set(['ScheduleUpgrade'])],
]);

/**
 * Whether the last result of a call is an error that may be one. False where that is not known, and
 * for a function of the repository that only ever gives back `nil`.
 */
export function mayFail(repo: Repo, call: Expr): boolean {
  const declaration = declarationCalled(repo, call);
  if (!declaration) return isFailingMethod(repo, call);
  return isErrorLast(declaration) && !givesNilOnly(declaration);
}

/**
 * Whether the last result of a call is an error, as what it calls is declared in this repository;
 * undefined where that is declared elsewhere, or is not known.
 */
export function givesError(repo: Repo, call: Expr): boolean | undefined {
  const declaration = declarationCalled(repo, call);
  return declaration && isErrorLast(declaration);
}

function isErrorLast({ facts, node }: Expr): boolean {
  const last = resultTypes(node).at(-1);
  return last !== undefined && textOf({ facts, node: last }) === 'error';
}

function isFailingMethod(repo: Repo, call: Expr): boolean {
  const { callee } = goNode(call);
  const type = callee?.operand && declaredType(repo, callee.operand);
  if (!callee || type?.path === undefined || !/Keeper$/.test(type.name)) return false;
  const path = type.path.replace(/\/v\d+(?=\/)/g, '');
  return [...failing].some(([end, names]) => path.endsWith(end) && names.has(callee.name));
}

function givesNilOnly({ node }: Expr): boolean {
  const returns = returnsOf(node);
  return returns.length > 0 && returns.every(statement => lastValue(statement)?.type === 'nil');
}

function lastValue(statement: SyntaxNode): SyntaxNode | undefined {
  return namedChildren(namedChildren(statement)[0]).at(-1);
}
