import type { Repo } from '../../repo/repo.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import type { Expr } from '../expr.ts';
import type { Environment, Held } from './environment.ts';

/** One round of a loop: what its variables hold. */
export interface Round {
  readonly key: Held;
  readonly value: Held;
}

/** How much a run may still do, and the functions that it is in: recursion is not followed. */
export interface Effort {
  left: number;
  readonly within: Set<SyntaxNode>;
}

/**
 * What a run of a function is asked for where its way parts. Each answers undefined for what it
 * does not know; then both ways are gone.
 */
export interface Machine {
  readonly repo: Repo;
  readonly effort: Effort;
  /** Whether a condition holds. */
  isTrue(condition: Expr, env: Environment): boolean | undefined;
  /** Whether the value of a `switch` equals that of a case. */
  isEqual(tag: Expr, value: Expr, env: Environment): boolean | undefined;
  /** The rounds of `for … range`. */
  roundsOf(list: Expr, env: Environment): readonly Round[] | undefined;
  /** Whether a call is looked at as it is, not as what its function returns. */
  isFinal(call: Expr): boolean;
}
