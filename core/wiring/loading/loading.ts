import type { Expr } from '../../go/eval/value.ts';
import {
  bind,
  exprAt,
  fieldsOf,
  localDefinition,
  returnedBy,
  stringValue,
  structOf,
  textOf,
} from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  callArguments,
  calleeName,
  childByField,
  childrenByField,
  enclosing,
  findAll,
  namedChildren,
  withoutAddressOf,
} from '../../go/syntax/syntax.ts';
import { callersOfFunction, elementsOf, listLiteral } from '../registration/lists.ts';
import type { Site, StoreLists, StoreLoading, StyleCode } from '../style.ts';
import { servedByCondition } from './condition.ts';
import { storeLists } from './read-store-upgrades.ts';
import { servedByLookup } from './store-lookup.ts';
import { servedByCases } from './switch.ts';

/**
 * Finds out which stores a SetStoreLoader call loads, and for which plan: once for each caller that
 * hands the plan or the stores in.
 */
export function recogniseLoading(repo: Repo, site: Site): StoreLoading {
  const [first, ...others] = contextsOf(repo, site).map(call => inContext(repo, { ...site, call }));
  return { ...first!, site, serves: [first!, ...others].flatMap(({ serves }) => serves) };
}

/**
 * The call as its function's callers have it, where it depends on what they give, and as those are
 * called themselves.
 */
function contextsOf(repo: Repo, site: Site, depth = 0): Expr[] {
  const { fn, call } = site;
  const { text } = call.facts;
  const parameters = namedChildren(childByField(fn, 'parameters')).flatMap(p =>
    childrenByField(p, 'name').map(n => text.slice(n.start, n.end)),
  );
  const depends = (name: string) =>
    depth === 0
      ? new RegExp(`(==\\s*|[,&]\\s*|\\()${name}\\b(\\.\\w+\\(\\))?`).test(
          text.slice(fn.start, fn.end),
        )
      : callArguments(call.node).some(given => textOf(exprAt(call, given)) === name);
  if (depth > 2 || !parameters.some(depends)) return [call];
  const callers = callersOfFunction(repo, site).flatMap(({ expr, ...caller }) =>
    contextsOf(repo, { ...site, ...caller, call: expr }, depth + 1),
  );
  return callers.length === 0
    ? [call]
    : callers.map(expr => ({ ...call, bindings: bind(expr, { node: fn }, text) }));
}

function inContext(repo: Repo, site: Site): StoreLoading {
  const loader = followLocal(exprAt(site.call, callArguments(site.call.node)[0]!));
  const stores = storesArgument(loader);
  if (!stores) {
    // A variable that the cases of a switch fill with loaders that upgrade packages make.
    const cases =
      loader.node.type === 'identifier'
        ? servedByCases(repo, site, textOf(loader), value => madeStores(repo, value))
        : undefined;
    if (cases) return { code: 'S7', site, serves: cases };
    const found = servedByLookup(repo, site, loader);
    if (found) return { code: 'S5', site, serves: found };
    const own = customStores(repo, loader);
    if (own) return { ...servedByCondition(repo, site, own), code: 'S9' };
    const code = factoryCode(repo, loader);
    const made = loader.node.type === 'call_expression' ? returnedBy(repo, loader) : undefined;
    const inner = code === 'S7' && made && storesArgument(made);
    return { code, site, serves: inner ? servedByCondition(repo, site, inner).serves : [] };
  }
  const target = withoutAddressOf(stores.node);
  const text = textOf(exprAt(stores, target));
  if (target.type === 'selector_expression' && fieldOfElement(stores, target))
    return { code: 'S1', site, serves: servedByList(repo, site) };
  if (target.type === 'composite_literal')
    return servedByCondition(repo, site, exprAt(stores, target));
  if (target.type === 'call_expression') {
    return {
      code: /\.StoreUpgrades\(\)$/.test(text) ? 'S4' : computedCode(repo, exprAt(stores, target)),
      site,
      serves: servedByCondition(repo, site, exprAt(stores, target)).serves,
    };
  }
  if (target.type !== 'identifier') {
    // The field of one upgrade, named: `&v3.Upgrade.StoreUpgrades`.
    const named =
      target.type === 'selector_expression'
        ? servedByCondition(repo, site, exprAt(stores, target))
        : undefined;
    return named?.serves.some(one => one.stores) ? named : { code: 'S5', site, serves: [] };
  }
  const local = localDefinition(target, text, site.call.facts.text);
  if (local === 'parameter')
    return {
      code: 'S6',
      site,
      serves: servedByCondition(repo, site, exprAt(stores, target)).serves,
    };
  const served = servedByCases(repo, site, text);
  if (served) return { code: 'S2', site, serves: served };
  if (local && typeof local === 'object') {
    const value = withoutAddressOf(local);
    if (value.type === 'composite_literal') {
      const merged = findAll(value, 'selector_expression').some(
        n =>
          /\.(Added|Deleted)$/.test(textOf(exprAt(stores, n))) &&
          /\[|Tracker/.test(textOf(exprAt(stores, n))),
      );
      return merged
        ? { code: 'S8', site, serves: [] }
        : servedByCondition(repo, site, exprAt(stores, value));
    }
    if (value.type === 'selector_expression')
      return { code: 'S1', site, serves: servedByList(repo, site) };
    if (value.type === 'index_expression') return { code: 'S5', site, serves: [] };
    if (value.type === 'call_expression') {
      const name = calleeName(value, site.call.facts.text);
      return { code: /^Store(Upgrades|Loader)$/.test(name) ? 'S4' : 'S5', site, serves: [] };
    }
  }
  const conditionalStores = servedByCondition(repo, site, exprAt(stores, target));
  return conditionalStores.serves.length ? conditionalStores : { code: 'S8', site, serves: [] };
}

/**
 * The stores that a SetStoreLoader call hands to the SDK's loader, also behind a function that
 * makes the loader; undefined for other loaders.
 */
export function storesGiven(repo: Repo, site: Site): Expr | undefined {
  const loader = followLocal(exprAt(site.call, callArguments(site.call.node)[0]!));
  const made = loader.node.type === 'call_expression' ? returnedBy(repo, loader) : undefined;
  return storesArgument(loader) ?? (made && storesArgument(made));
}

function madeStores(repo: Repo, call: Expr): StoreLists | undefined {
  const stores = storesMadeWith(repo, call);
  return stores && storeLists(repo, stores);
}

/** The stores that a function of an upgrade's package makes its loader with. */
export function storesMadeWith(repo: Repo, call: Expr): Expr | undefined {
  const made = call.node.type === 'call_expression' ? returnedBy(repo, call) : undefined;
  return made && storesArgument(made);
}

/**
 * `&u.StoreUpgrades` or `&list[i].StoreUpgrades` of a loop's element, not a field of something
 * looked up by plan name.
 */
function fieldOfElement(stores: Expr, target: SyntaxNode): boolean {
  const operand = childByField(target, 'operand')!;
  if (operand.type !== 'identifier')
    return (
      /^[\w.]+(\[\w+\])?$/.test(textOf(exprAt(stores, operand))) &&
      !!enclosing(target, 'for_statement')
    );
  return true;
}

/**
 * The upgrades of the list that the loader's loop goes over, with the stores that stand in them:
 * the list may serve nothing else (R2s).
 */
function servedByList(repo: Repo, site: Site): StoreLoading['serves'] {
  const clause = site.loop?.children.find(c => c.type === 'range_clause');
  const source = clause && childByField(clause, 'right');
  const literal = source && listLiteral(repo, exprAt(site.call, source), site);
  return !literal
    ? []
    : elementsOf(literal.body).flatMap(element => {
        const struct = structOf(repo, element);
        const fields = struct ? fieldsOf(struct) : [];
        const name = fields.find(f => /name$/i.test(f.name));
        const stores = fields.find(f => /store/i.test(f.name));
        return name
          ? [
              {
                name: stringValue(repo, name.value),
                stores: stores && storeLists(repo, stores.value),
              },
            ]
          : [];
      });
}

/** A loader kept in a variable first. */
function followLocal(expr: Expr): Expr {
  if (expr.node.type !== 'identifier') return expr;
  const local = localDefinition(expr.node, textOf(expr), expr.facts.text);
  return local && typeof local === 'object' ? exprAt(expr, local) : expr;
}

/**
 * The stores that a loader is made with: the last argument of UpgradeStoreLoader
 * (StoreLoaderWithUpgrade in 0.39).
 */
function storesArgument(loader: Expr): Expr | undefined {
  if (loader.node.type !== 'call_expression') return undefined;
  const name = calleeName(loader.node, loader.facts.text);
  if (name !== 'UpgradeStoreLoader' && name !== 'StoreLoaderWithUpgrade') return undefined;
  const last = callArguments(loader.node).at(-1);
  return last && exprAt(loader, last);
}

/** The stores that a loader of the app's own, in place of the SDK's, is handed. */
function customStores(repo: Repo, loader: Expr): Expr | undefined {
  const given =
    loader.node.type === 'call_expression'
      ? callArguments(loader.node).map(node => exprAt(loader, node))
      : [];
  return given.find(one => {
    const struct = structOf(repo, one);
    return (
      struct?.type !== undefined &&
      /(^|\.)StoreUpgrades$/.test(textOf(exprAt(struct.expr, struct.type)))
    );
  });
}

function factoryCode(repo: Repo, loader: Expr): StyleCode {
  if (loader.node.type === 'identifier') return 'S7';
  if (loader.node.type !== 'call_expression') return 'S9';
  if (calleeName(loader.node, loader.facts.text) === 'StoreLoader') return 'S4';
  if (/Create\w*Loader$/.test(calleeName(loader.node, loader.facts.text))) return 'S7';
  const returned = returnedBy(repo, loader);
  return returned && /UpgradeStoreLoader\(/.test(textOf(returned)) ? 'S7' : 'S9';
}

function computedCode(repo: Repo, call: Expr): StyleCode {
  const returned = returnedBy(repo, call);
  return returned ? 'S3' : 'S8';
}
