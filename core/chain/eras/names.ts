import { listItems } from '../../go/eval/lists.ts';
import type { Expr } from '../../go/eval/value.ts';
import { stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';

/** Where an era is named. */
export interface EraName {
  /** Null where it cannot be read. */
  readonly name: string | null;
  readonly expr: Expr;
  readonly location: Location;
}

/** The eras of a list, or those that a map has as keys; a part that cannot be read is one of null. */
export function erasNamedIn(repo: Repo, list: Expr): EraName[] {
  return listItems(repo, list).map(({ expr, why }) => ({
    name: why === undefined ? eraName(repo, expr) : null,
    expr,
    location: locationOf(expr.facts, expr.node),
  }));
}

/** The era that an expression is; null where that is not known. */
export function eraName(repo: Repo, expr: Expr): string | null {
  const value = stringValue(repo, expr);
  return value.kind === 'known' ? value.value : null;
}
