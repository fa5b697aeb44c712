import type { Expr } from '../../go/eval/value.ts';
import { calledFunction, exprAt } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callArguments, callsOf, childByField, findAll } from '../../go/syntax/syntax.ts';
import type { InitChainer } from '../chain.ts';
import { readAppConfigs } from '../depinject/app-configs.ts';
import { appFolders, callsIn } from './app-code.ts';

/**
 * Where an app sets its pre-blocker: the SetPreBlocker call, or the list that makes the runtime set
 * one.
 */
export function readPreBlocker(repo: Repo, appDir: string): Location | undefined {
  const folders = appFolders(repo, appDir);
  const [site] = callsIn(repo, folders, ['SetPreBlocker']);
  if (site) return locationOf(site.call.facts, site.call.node);
  return readAppConfigs(repo, folders)
    .flatMap(config => config.orders)
    .find(order => order.kind === 'PreBlockers' && order.names.length > 0)?.location;
}

/**
 * The app's InitChainer and whether the module version map is stored at genesis: by it or a
 * function it calls, or by x/upgrade's own InitGenesis, which stores what SetInitVersionMap gave it
 * (0.47 and newer). Undefined where the app has no InitChainer of its own.
 */
export function readInitChainer(repo: Repo, appDir: string): InitChainer | undefined {
  const folders = appFolders(repo, appDir);
  for (const { call } of callsIn(repo, folders, ['SetInitChainer'])) {
    const given = callArguments(call.node)[0];
    const chainer = given && definitionOf(repo, exprAt(call, given));
    if (!chainer) continue;
    return {
      location: locationOf(chainer.facts, chainer.node),
      setsVersionMap:
        setsVersionMap(repo, chainer) || callsIn(repo, folders, ['SetInitVersionMap']).length > 0,
    };
  }
  return undefined;
}

/** The closure, function or method that a SetInitChainer call is given. */
function definitionOf(repo: Repo, expr: Expr): Expr | undefined {
  const { node } = expr;
  if (node.type === 'func_literal') return expr;
  if (node.type === 'call_expression') return calledFunction(repo, expr);
  if (node.type !== 'identifier' && node.type !== 'selector_expression') return undefined;
  // A method value is looked up like a call of it.
  const called: SyntaxNode = {
    ...node,
    type: 'call_expression',
    children: [{ ...node, field: 'function' }],
  };
  return calledFunction(repo, exprAt(expr, called));
}

function setsVersionMap(repo: Repo, chainer: Expr): boolean {
  const sets = (expr: Expr) =>
    callsOf(expr.node, expr.facts.text, 'SetModuleVersionMap').length > 0;
  if (sets(chainer)) return true;
  return findAll(childByField(chainer.node, 'body'), 'call_expression').some(node => {
    const called = calledFunction(repo, exprAt(chainer, node));
    return called !== undefined && sets(called);
  });
}
