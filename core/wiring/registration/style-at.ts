import { importedPackage } from '../../go/eval/imported.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { childByField, withoutAddressOf, withoutParens } from '../../go/syntax/syntax.ts';
import type { AppSource, Registration, Site, StyleCode, UpgradeList } from '../style.ts';

/** A SetUpgradeHandler call as the styles look at it. */
export interface Registering {
  readonly app: AppSource;
  readonly site: Site;
  /** The call's two arguments. */
  readonly name: Expr;
  readonly handler: Expr;
  /** Where list styles note their lists. */
  readonly lists: UpgradeList[];
}

/** How a style is recognised. One more upgrade in it is written by a `Way` in `core/plan/ways/`. */
export interface RegistrationStyle {
  readonly codes: readonly StyleCode[];
  /** The registrations behind a call, or undefined where it is made in another style. */
  recognise(call: Registering): Registration[] | undefined;
}

/** What most styles have in common: the call itself is what is registered. */
export function fromCall({
  site,
  handler,
  name,
  app,
}: Registering): Pick<Registration, 'site' | 'place' | 'handler' | 'nameExpr' | 'package'> {
  return { site, place: site.call, handler, nameExpr: name, package: app.dir };
}

/**
 * The folder of the package that a selector's qualifier names, or undefined where it is no import
 * of this repository.
 */
export function packageBehind(repo: Repo, expr: Expr): string | undefined {
  const node = withoutParens(expr.node);
  return importedPackage(repo, exprAt(expr, node))?.dir;
}

/** The folder of the package that makes a handler, where that is not the app's own. */
export function handlerPackage({ app, handler }: Registering): string | undefined {
  const node = withoutAddressOf(handler.node);
  const dir = packageBehind(
    app.repo,
    exprAt(handler, node.type === 'call_expression' ? childByField(node, 'function')! : node),
  );
  return dir === app.dir ? undefined : dir;
}

/** Whether the handler is only registered for the plan found on disk. */
export function guardedByPlan(site: Site): boolean {
  return (
    site.condition !== undefined &&
    /[iI]nfo|[pP]lan/.test(textOf(exprAt(site.call, childByField(site.condition, 'condition')!)))
  );
}
