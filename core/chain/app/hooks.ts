import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import type { Expr } from '../../go/eval/value.ts';
import { calledFunction, exprAt, functionNamed } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callArguments, callsOf, childByField, findAll } from '../../go/syntax/syntax.ts';
import type { InitChainer } from '../chain.ts';
import { readAppConfigs } from '../depinject/app-configs.ts';
import { appFolders, callsIn } from './app-code.ts';

const isRuntime = (text: string) =>
  text.includes('runtime.App') && /^[\t ]*\*?runtime\.App\b/m.test(text);

/** Whether an app embeds the runtime module's App, which sets the blockers by itself. */
export function isRuntimeApp(repo: Repo, appDir: string): boolean {
  return repo.pathsOf(appDir).some(path => repo.memoByText(path, 'runtime app', isRuntime));
}

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

/** A pre-blocker that an app sets. */
export interface PreBlockerSet {
  readonly call: Expr;
  /**
   * Whether it runs the module manager's, and with it x/upgrade; undefined where that is not known,
   * as of functions that are not here.
   */
  readonly runsManager: boolean | undefined;
}

/** The pre-blockers that an app's code sets, in the order of the source. */
export function preBlockersSet(repo: Repo, appDir: string): readonly PreBlockerSet[] {
  return callsIn(repo, appFolders(repo, appDir), ['SetPreBlocker']).map(({ call }) => {
    const given = callArguments(call.node)[0];
    const blocker = given && definitionOf(repo, exprAt(call, given));
    return { call, runsManager: blocker && runsManager(repo, blocker, new Set()) };
  });
}

const upgradeWords = /PreBlock|BeginBlock|upgrade|manager|\bmm\b/i;

/**
 * Whether a function comes to a call of the manager. What is given a context and is not here may
 * do so: then it is not known.
 */
function runsManager(repo: Repo, fn: Expr, seen: Set<SyntaxNode>): boolean | undefined {
  if (seen.has(fn.node)) return false;
  seen.add(fn.node);
  let isKnown = true;
  for (const node of findAll(childByField(fn.node, 'body'), 'call_expression')) {
    const { callee, arguments: given } = goNode(exprAt(fn, node));
    if (!callee) continue;
    if (upgradeWords.test(callee.text) && takesContext(given)) return true;
    const called = calledFunction(repo, exprAt(fn, node));
    const runs = called ? runsManager(repo, called, seen) : undefined;
    if (runs) return true;
    if (runs === undefined && takesContext(given)) isKnown = false;
  }
  return isKnown ? false : undefined;
}

/** Whether a call is given a context: what runs the manager needs one. */
function takesContext(given: readonly GoNode[]): boolean {
  return given.some(argument => /ctx|context/i.test(argument.text));
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
  return functionNamed(repo, expr);
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

/** The calls with which a runtime app takes modules that are not injected: `app.RegisterModules`. */
export function modulesByHand(repo: Repo, appDir: string): readonly Expr[] {
  return callsIn(repo, appFolders(repo, appDir), ['RegisterModules'])
    .map(({ call }) => call)
    .filter(({ node }) => callArguments(node).length > 0);
}

/**
 * Whether something in the app's code stores the versions of all modules when a chain starts:
 * SetModuleVersionMap outside of handlers, or what x/upgrade's InitGenesis is given.
 */
export function storesVersions(repo: Repo, appDir: string): boolean {
  const storing = ['SetModuleVersionMap', 'SetInitVersionMap'];
  return callsIn(repo, appFolders(repo, appDir), storing).length > 0;
}
