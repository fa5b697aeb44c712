import { bound } from '../../go/eval/run/bound.ts';
import type { Held } from '../../go/eval/run/environment.ts';
import { Environment } from '../../go/eval/run/environment.ts';
import type { Reduced } from '../../go/eval/run/reduce.ts';
import { reduce, reduceHeld } from '../../go/eval/run/reduce.ts';
import type { Point } from '../../go/eval/run/statements.ts';
import { runBody, runUntil, startWith } from '../../go/eval/run/statements.ts';
import type { Expr, Value } from '../../go/eval/value.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import {
  callArguments,
  calleeName,
  childByField,
  findAll,
  namedChildren,
  parameterNames,
} from '../../go/syntax/syntax.ts';
import type { Served, Site, StoreLists, Unread, WrittenName } from '../style.ts';
import type { NamesRead, PlanOnDisk } from './plan-run.ts';
import { makesLoader, nameKey, PlanRun, storesParameter } from './plan-run.ts';
import {
  isStoreUpgrades,
  renames,
  storeLists,
  stringList,
  written,
} from './read-store-upgrades.ts';

const namedByNone: Value = {
  kind: 'unknown',
  why: 'the plan name that these stores belong to is not compared here',
};

/**
 * The stores that reach a loader, for each plan whose name the code compares, and for all others:
 * the code is run once for each of them.
 */
export function storesByPlan(repo: Repo, site: Site): readonly Served[] {
  const { facts, node, bindings } = site.call;
  const run = () => runForPlans(repo, site);
  // What parameters stand for is told by the caller.
  return bindings
    ? run()
    : repo.memoWithDependencies(site.dir, `stores by plan ${facts.path} ${node.start}`, run);
}

function runForPlans(repo: Repo, site: Site): readonly Served[] {
  const served: Served[] = [];
  const names = new Map<string, Value>();
  const waiting: PlanOnDisk[] = ['other'];
  const known: NamesRead = new Map();
  const from = beginning(new PlanRun(repo, 'other', known), site);
  for (let plan = waiting.shift(); plan; plan = waiting.shift()) {
    const run = new PlanRun(repo, plan, known);
    const found = reaching(run, site, from);
    for (const [key, name] of run.compared) {
      if (names.has(key)) continue;
      names.set(key, name);
      waiting.push(name);
    }
    if (found.length === 0) continue;
    const one = together(found);
    if (plan !== 'other') served.push({ name: plan, ...one });
    else if (one.unread || changesAny(one.stores)) served.push({ name: namedByNone, ...one });
  }
  // A loader that has stores for none has nothing to do with plans.
  if (!served.some(({ stores, unread }) => stores ?? unread)) return [];
  return served.sort((a, b) => placeOf(names, a) - placeOf(names, b));
}

/** In the order in which the code names them. */
function placeOf(names: ReadonlyMap<string, Value>, { name }: Served): number {
  const at = [...names.keys()].indexOf(nameKey(name));
  return at < 0 ? names.size : at;
}

/** What comes to the loader: stores, none, or what is not known. */
type Reaching = StoreLists | 'none' | Unread;

const isUnread = (one: Reaching): one is Unread => typeof one === 'object' && 'why' in one;

/** The point up to which the function does the same whatever the plan is. */
function beginning(run: PlanRun, { call, fn }: Site): Point {
  let start = Environment.empty;
  for (const [name, given] of call.bindings ?? [])
    start = start.declare(name, {
      kind: 'value',
      expr: given,
      env: Environment.empty,
      result: 0,
    });
  const body = childByField(fn, 'body');
  return body
    ? runUntil(run, exprAt(call, body), start, call.node, () => run.isPlanAsked)
    : startWith(start);
}

/** Everything that may reach the loader; nothing where it is not set. */
function reaching(run: PlanRun, { call, fn }: Site, from: Point): Reaching[] {
  const body = childByField(fn, 'body');
  const [loader] = callArguments(call.node);
  if (!body || !loader) return [];
  const { hits } = runBody(run, exprAt(call, body), from, call.node);
  return hits.flatMap(env => reduce(run, exprAt(call, loader), env).map(one => storesOf(run, one)));
}

/** Several ways that lead to the loader: where any sets stores, they are taken for those. */
function together(found: readonly Reaching[]): Omit<Served, 'name'> {
  const unread = found.find(isUnread);
  if (unread) return { stores: undefined, unread };
  const lists = found.filter(one => typeof one === 'object' && 'added' in one);
  const changing = lists.filter(changesAny);
  const [first, ...others] = changing.length > 0 ? changing : lists;
  const other = others.find(one => idOf(one) !== idOf(first));
  return first && other
    ? {
        stores: undefined,
        unread: {
          expr: other.literal,
          why: 'which stores are loaded depends on more than the name',
        },
      }
    : { stores: first };
}

function changesAny(lists: StoreLists | undefined): boolean {
  return idOf(lists) !== idOf(undefined);
}

/** What tells stores apart. */
function idOf(lists: StoreLists | undefined): string {
  const { added = [], deleted = [], renamed = [] } = lists ?? {};
  const all = [added, deleted, renamed.map(({ from }) => from), renamed.map(({ to }) => to)];
  return JSON.stringify(all.map(names => names.map(nameKey)));
}

/** The stores that a value stands for: stores, or a loader that is made of them. */
function storesOf(run: PlanRun, value: Reduced): Reaching {
  switch (value.kind) {
    case 'nothing':
    case 'truth':
      return 'none';
    case 'changed':
      return changed(run, value);
    case 'unknown':
      return { expr: value.expr, why: value.why };
    case 'expr':
      return ofExpression(run, value);
  }
}

function ofExpression(run: PlanRun, { expr, env }: Extract<Reduced, { kind: 'expr' }>): Reaching {
  const { node, facts } = expr;
  if (makesLoader(expr)) {
    const last = callArguments(node).at(-1);
    return last ? onlyOne(run, exprAt(expr, last), env) : 'none';
  }
  if (/(^|\.)DefaultStoreLoader$/.test(textOf(expr)) || changesNothing(expr)) return 'none';
  const here = bound(expr, env);
  if (isStoreUpgrades(run.repo, here) || node.type === 'literal_value') {
    const lists = storeLists(run.repo, here);
    if (lists) return withLists(run, lists, expr, env);
  }
  const own = givenStores(run, expr, env);
  if (own) return onlyOne(run, own, env);
  const name = node.type === 'call_expression' ? calleeName(node, facts.text) : '';
  return {
    expr,
    why: name ? `what ${name} gives is not known here` : 'it cannot be read as stores',
  };
}

/**
 * Whether a loader that is written out changes no stores: it only calls methods of what it gets, and
 * none that upgrades.
 */
function changesNothing(loader: Expr): boolean {
  if (loader.node.type !== 'func_literal') return false;
  const [stores] = parameterNames(loader.node, loader.facts.text);
  const isHandedOn = findAll(loader.node, 'argument_list').some(list =>
    namedChildren(list).some(given => textOf(exprAt(loader, given)) === stores),
  );
  return !isHandedOn && !/Upgrade/.test(textOf(loader));
}

/** The stores that a call is given which makes a loader of its own of them. */
function givenStores({ repo }: PlanRun, call: Expr, env: Environment): Expr | undefined {
  if (call.node.type !== 'call_expression') return undefined;
  const given = callArguments(call.node).map(node => exprAt(call, node));
  const index = storesParameter(repo, call);
  return index === undefined
    ? given.find(one => isStoreUpgrades(repo, bound(one, env)))
    : given[index];
}

function onlyOne(run: PlanRun, expr: Expr, env: Environment): Reaching {
  const { stores, unread } = together(reduce(run, expr, env).map(one => storesOf(run, one)));
  return unread ?? stores ?? 'none';
}

/** The lists of a literal, as they are where it stands. */
function withLists(run: PlanRun, lists: StoreLists, literal: Expr, env: Environment): StoreLists {
  const elements = namedChildren(childByField(literal.node, 'body') ?? literal.node);
  const of = (field: string) => {
    const element = elements.find(one => {
      const [key] = namedChildren(one);
      return one.type === 'keyed_element' && key && textOf(exprAt(literal, key)) === field;
    });
    const value = namedChildren(element)[1];
    return value
      ? namesOf(run, { kind: 'value', expr: exprAt(literal, value), env, result: 0 })
      : [];
  };
  return { ...lists, added: of('Added'), deleted: of('Deleted') };
}

/** `stores.Added = …` */
function changed(run: PlanRun, value: Extract<Reduced, { kind: 'changed' }>): Reaching {
  const before = storesOf(run, value.before);
  if (isUnread(before)) return before;
  const lists: StoreLists =
    before === 'none' ? { added: [], deleted: [], renamed: [], literal: value.at } : before;
  switch (value.field) {
    case 'Added':
      return { ...lists, added: namesOf(run, value.to) };
    case 'Deleted':
      return { ...lists, deleted: namesOf(run, value.to) };
    case 'Renamed':
      return value.to.kind === 'value'
        ? { ...lists, renamed: renames(run.repo, bound(value.to.expr, value.to.env)) }
        : { expr: value.at, why: 'the renamed stores cannot be read' };
  }
  return lists;
}

/** The names of a list, a part that cannot be read being one unknown name. */
function namesOf(run: PlanRun, list: Held): WrittenName[] {
  const all = reduceHeld(run, list).map(one => namesIn(run, one));
  const filled = all.filter(names => names.length > 0);
  const [first, ...others] = filled;
  if (!first) return [];
  const other = others.find(
    names => JSON.stringify(names.map(nameKey)) !== JSON.stringify(first.map(nameKey)),
  );
  const [name] = other ?? [];
  return name
    ? [{ kind: 'unknown', why: 'which stores are listed is decided at run time', expr: name.expr }]
    : first;
}

function namesIn(run: PlanRun, list: Reduced): WrittenName[] {
  if (list.kind === 'nothing') return [];
  if (list.kind === 'unknown') return [{ kind: 'unknown', why: list.why, expr: list.expr }];
  if (list.kind !== 'expr') return [];
  const { expr, env } = list;
  const { node, facts } = expr;
  const isAppend = node.type === 'call_expression' && calleeName(node, facts.text) === 'append';
  if (!isAppend) return stringList(run.repo, bound(expr, env));
  return callArguments(node).flatMap((argument, i) => {
    const isSpread = argument.type === 'variadic_argument';
    const given = exprAt(expr, isSpread ? (namedChildren(argument)[0] ?? argument) : argument);
    return i === 0 || isSpread
      ? namesOf(run, { kind: 'value', expr: given, env, result: 0 })
      : [written(run.repo, bound(given, env))];
  });
}
