import type { Expr } from '../../go/eval/value.ts';
import { exprAt, resolve } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { withoutParens } from '../../go/syntax/syntax.ts';

/** The literal that the name of a registration comes down to; undefined where it is computed. */
export function behindName(repo: Repo, nameExpr: Expr): Expr | undefined {
  const found = definitionOfName(repo, nameExpr);
  return isLiteral(found) ? found : undefined;
}

/** The expression that the name of a registration comes down to; itself where it cannot be followed. */
export function definitionOfName(repo: Repo, nameExpr: Expr): Expr {
  const expr = exprAt(nameExpr, withoutParens(nameExpr.node));
  if (isLiteral(expr)) return expr;
  const target = resolve(repo, expr);
  return 'expr' in target ? exprAt(target.expr, withoutParens(target.expr.node)) : expr;
}

function isLiteral({ node }: Expr): boolean {
  return /^(interpreted|raw)_string_literal$/.test(node.type);
}
