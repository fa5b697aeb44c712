import type { Repo } from '../go/repo.ts';
import { args, calleeName, child, childrenOf, descend, enclosing, findAll, parts, unref } from '../go/syntax.ts';
import type { Syn } from '../go/syntax.ts';
import { at, localDefinition, returnedBy, stringValue, textOf } from '../go/value.ts';
import type { Expr, Value } from '../go/value.ts';
import { storeLists } from './store-literal.ts';
import type { Registration, Site, StoreLists, StoreLoading, StyleCode } from './style.ts';

type Served = StoreLoading['serves'];

/** Finds out which stores a SetStoreLoader call loads, and for which plan. */
export function recogniseLoading(repo: Repo, site: Site, registrations: readonly Registration[]): StoreLoading {
  const loader = followLocal(at(site.call, args(site.call.node)[0]!));
  const stores = storesArgument(loader);
  if (!stores) return { code: factoryCode(repo, loader), site, serves: [] };
  const target = unref(stores.node), text = textOf(at(stores, target));
  if (target.type === 'selector_expression' && fieldOfElement(stores, target)) return { code: 'S1', site, serves: [] };
  if (target.type === 'composite_literal') return conditional(repo, site, at(stores, target));
  if (target.type === 'call_expression') return { code: /\.StoreUpgrades\(\)$/.test(text) ? 'S4' : computedCode(repo, at(stores, target)), site, serves: [] };
  if (target.type !== 'identifier') return { code: 'S5', site, serves: [] };
  const local = localDefinition(target, text, site.call.facts.text);
  if (local === 'parameter') return { code: 'S6', site, serves: [] };
  const served = switched(repo, site, text);
  if (served) return { code: 'S2', site, serves: served };
  if (local && typeof local === 'object') {
    const value = unref(local);
    if (value.type === 'composite_literal') {
      const merged = findAll(value, 'selector_expression').some(n => /\.(Added|Deleted)$/.test(textOf(at(stores, n))) && /\[|Tracker/.test(textOf(at(stores, n))));
      return merged ? { code: 'S8', site, serves: [] } : conditional(repo, site, at(stores, value));
    }
    if (value.type === 'selector_expression') return { code: 'S1', site, serves: [] };
    if (value.type === 'index_expression') return { code: 'S5', site, serves: [] };
    if (value.type === 'call_expression') {
      const name = calleeName(value, site.call.facts.text);
      return { code: name === 'StoreUpgrades' ? 'S4' : 'S5', site, serves: [] };
    }
  }
  void registrations;
  const conditionalStores = conditional(repo, site, at(stores, target));
  return conditionalStores.serves.length ? conditionalStores : { code: 'S8', site, serves: [] };
}

/** `&u.StoreUpgrades` or `&list[i].StoreUpgrades` of a loop's element, not a field of something looked up by plan name. */
function fieldOfElement(stores: Expr, target: Syn): boolean {
  const operand = child(target, 'operand')!;
  if (operand.type !== 'identifier') return /^[\w.]+(\[\w+\])?$/.test(textOf(at(stores, operand))) && !!enclosing(target, 'for_statement');
  return true;
}

/** A loader kept in a variable first. */
function followLocal(expr: Expr): Expr {
  if (expr.node.type !== 'identifier') return expr;
  const local = localDefinition(expr.node, textOf(expr), expr.facts.text);
  return local && typeof local === 'object' ? at(expr, local) : expr;
}

/** The stores that a loader is made with: the last argument of UpgradeStoreLoader (StoreLoaderWithUpgrade in 0.39). */
function storesArgument(loader: Expr): Expr | undefined {
  if (loader.node.type !== 'call_expression') return undefined;
  const name = calleeName(loader.node, loader.facts.text);
  if (name !== 'UpgradeStoreLoader' && name !== 'StoreLoaderWithUpgrade') return undefined;
  const last = args(loader.node).at(-1);
  return last && at(loader, last);
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

/** S2: a variable that the cases of a switch on the plan's name fill. */
function switched(repo: Repo, site: Site, variable: string): Served | undefined {
  const { text } = site.call.facts;
  const found: { name: Value; stores: StoreLists | undefined }[] = [];
  let seen = false;
  for (const node of descend(site.fn)) {
    if (node.type !== 'expression_switch_statement') continue;
    const cases = node.children.filter(c => c.type === 'expression_case');
    // A switch on the plan's name that has no case yet.
    const value = child(node, 'value');
    if (cases.length === 0 && value && /\.Name$/.test(text.slice(value.start, value.end))) seen = true;
    if (!cases.some(c => assigns(c, variable, text))) continue;
    seen = true;
    for (const one of cases) {
      const stores = assigns(one, variable, text);
      const lists = stores && storeLists(repo, at(site.call, stores));
      for (const value of parts(child(one, 'value'))) {
        const name = caseName(repo, at(site.call, value), node);
        if (name) found.push({ name, stores: lists });
      }
    }
  }
  return seen ? found : undefined;
}

function assigns(node: Syn, variable: string, text: string): Syn | undefined {
  for (const statement of findAll(node, 'assignment_statement')) {
    const left = parts(child(statement, 'left'))[0];
    if (left && text.slice(left.start, left.end) === variable) return parts(child(statement, 'right'))[0];
  }
  return undefined;
}

/** The plan name a case stands for: its value, or what a tagless switch compares. */
function caseName(repo: Repo, value: Expr, statement: Syn): Value | undefined {
  if (child(statement, 'value')) return stringValue(repo, value);
  return comparedNames(repo, value)[0];
}

/** S3: stores inside an `if` on the plan's name. */
function conditional(repo: Repo, site: Site, stores: Expr): StoreLoading {
  const lists = storeLists(repo, stores);
  const names = new Map<string, Value>();
  for (let guard = enclosing(site.call.node, 'if_statement', 'expression_case'); guard; guard = enclosing(guard, 'if_statement', 'expression_case')) {
    const condition = guard.type === 'if_statement' ? [child(guard, 'condition')!] : parts(child(guard, 'value'));
    for (const part of condition) {
      const compared = guard.type === 'expression_case' && child(guard.parent, 'value') ? [stringValue(repo, at(site.call, part))] : comparedNames(repo, at(site.call, part));
      for (const value of compared) names.set(value.kind === 'known' ? value.value : JSON.stringify(value), value);
    }
  }
  return { code: 'S3', site, serves: [...names.values()].map(name => ({ name, stores: lists })) };
}

/** The values that a condition compares a plan's name with; boolean locals are followed. */
export function comparedNames(repo: Repo, condition: Expr): Value[] {
  const { facts } = condition;
  const found: Value[] = [];
  for (const node of descend(condition.node)) {
    if (node.type === 'identifier' && node.field !== 'field') {
      const local = localDefinition(node, textOf(at(condition, node)), facts.text);
      if (local && typeof local === 'object' && local.type === 'binary_expression' && local !== condition.node) found.push(...comparedNames(repo, at(condition, local)));
    }
    if (node.type !== 'binary_expression' || !node.children.some(c => c.field === 'operator' && facts.text.slice(c.start, c.end) === '==')) continue;
    const sides = [...childrenOf(node, 'left'), ...childrenOf(node, 'right')];
    const name = sides.find(s => /\.(Name|GetName\(\))$/.test(textOf(at(condition, s))) && /info|plan|upgrade/i.test(textOf(at(condition, s))));
    const value = sides.find(s => s !== name);
    if (name && value) found.push(stringValue(repo, at(condition, value)));
  }
  return found;
}
