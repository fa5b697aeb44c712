import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { importedPackage } from '../../go/eval/imported.ts';
import { behindLocals } from '../../go/eval/locals.ts';
import type { Expr } from '../../go/eval/value.ts';
import {
  bind,
  exprAt,
  fieldLike,
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
  enclosing,
  findAll,
  parameterNames,
  rangeClause,
} from '../../go/syntax/syntax.ts';
import { callersOfFunction } from '../registration/callers.ts';
import { listParts } from '../registration/lists.ts';
import type { Served, Site, StoreLoading, StyleCode } from '../style.ts';
import { codeOfCondition, isGuardedByName } from './condition.ts';
import { isStoreUpgrades, storeLists } from './read-store-upgrades.ts';
import { isMadeByLookup } from './store-lookup.ts';
import { storesByPlan } from './stores-by-plan.ts';
import { isFilledByCases } from './switch.ts';

/**
 * Finds out which stores a SetStoreLoader call loads, and for which plan: once for each caller that
 * hands the plan or the stores in.
 */
export function recogniseLoading(repo: Repo, site: Site): StoreLoading {
  const [first, ...others] = contextsOf(repo, site).map(call => inContext(repo, { ...site, call }));
  return { ...first!, site, serves: [first!, ...others].flatMap(({ serves }) => serves) };
}

/** The call as its function's callers have it, where it may depend on what they give. */
function contextsOf(repo: Repo, site: Site): Expr[] {
  const { fn, call } = site;
  const parameters = parameterNames(fn, call.facts.text);
  const callers = parameters.length > 0 ? callersOfFunction(repo, site, parameters) : [];
  if (callers.length === 0) return [call];
  return callers.map(({ expr }) => ({
    ...call,
    bindings: bind(expr, { node: fn }, call.facts.text),
  }));
}

function inContext(repo: Repo, site: Site): StoreLoading {
  const code = codeOf(repo, site);
  return {
    code,
    site,
    serves: code === 'S1' ? servedByList(repo, site) : storesByPlan(repo, site),
  };
}

/** How a call loads stores, by its shape. */
function codeOf(repo: Repo, site: Site): StyleCode {
  const loader = loaderOf(site);
  const stores = storesArgument(loader);
  if (!stores) return codeOfOtherLoader(repo, site, loader);
  const target = goNode(stores).withoutAddressOf;
  switch (target.type) {
    case 'composite_literal':
      return codeOfCondition(repo, site);
    case 'call_expression':
      return codeOfCall(repo, target);
    case 'selector_expression':
      return codeOfField(repo, site, target);
    case 'identifier':
      return codeOfVariable(repo, site, target);
  }
  return 'S5';
}

/** What a SetStoreLoader call is given, behind a local variable. */
function loaderOf({ call }: Site): Expr {
  return behindLocals(exprAt(call, callArguments(call.node)[0]!));
}

/** A loader that is not made by the SDK's UpgradeStoreLoader right here. */
function codeOfOtherLoader(repo: Repo, site: Site, loader: Expr): StyleCode {
  // A variable that the cases of a switch fill with loaders that upgrade packages make.
  if (loader.node.type === 'identifier' && isFilledByCases(site, textOf(loader))) return 'S7';
  if (isMadeByLookup(repo, site, loader)) return 'S5';
  const isOwn = goNode(loader).arguments.some(given => isStoreUpgrades(repo, given));
  return isOwn ? 'S9' : factoryCode(repo, loader);
}

/** `UpgradeStoreLoader(height, u.StoreUpgrades())`. */
function codeOfCall(repo: Repo, call: GoNode): StyleCode {
  const isMethod = call.callee?.type === 'selector_expression' && call.name === 'StoreUpgrades';
  if (isMethod && call.arguments.length === 0) return 'S4';
  return returnedBy(repo, call) ? 'S3' : 'S8';
}

/** `&u.StoreUpgrades` of a loop's element, or the field of one upgrade that is named. */
function codeOfField(repo: Repo, site: Site, field: GoNode): StyleCode {
  if (isFieldOfElement(repo, field)) return 'S1';
  return storeLists(repo, field) ? codeOfCondition(repo, site) : 'S5';
}

/** `&stores`, a parameter or a variable that was filled before. */
function codeOfVariable(repo: Repo, site: Site, name: GoNode): StyleCode {
  const local = localDefinition(name.node, name.text, name.facts.text);
  if (local === 'parameter') return 'S6';
  if (isFilledByCases(site, name.text)) return 'S2';
  const own =
    typeof local === 'object'
      ? codeOfValue(repo, site, goNode(exprAt(name, local)).withoutAddressOf)
      : undefined;
  return own ?? codeOfCondition(repo, site);
}

/** What a local variable of stores is declared with. */
function codeOfValue(repo: Repo, site: Site, value: GoNode): StyleCode | undefined {
  switch (value.type) {
    case 'composite_literal':
      return isMerged(value) ? 'S8' : codeOfCondition(repo, site);
    case 'selector_expression':
      return importedPackage(repo, value)
        ? codeOfCondition(repo, site)
        : codeOfField(repo, site, value);
    case 'identifier':
      return codeOfVariable(repo, site, value);
    case 'index_expression':
      return 'S5';
    case 'call_expression':
      if (value.name === 'StoreUpgrades' || value.name === 'StoreLoader') return 'S4';
      return isGuardedByName(repo, site) ? 'S3' : 'S5';
  }
  return undefined;
}

/** Whether a literal takes its names from those of several upgrades, or from a tracker of them. */
function isMerged(literal: GoNode): boolean {
  return findAll(literal.node, 'selector_expression').some(node => {
    const { name, text } = goNode(exprAt(literal, node));
    if (name !== 'Added' && name !== 'Deleted') return false;
    return text.includes('Tracker') || findAll(node, 'index_expression').length > 0;
  });
}

/**
 * The stores that a SetStoreLoader call hands to the SDK's loader, also behind a function that
 * makes the loader; undefined for other loaders.
 */
export function storesGiven(repo: Repo, site: Site): Expr | undefined {
  const loader = loaderOf(site);
  return storesArgument(loader) ?? storesMadeWith(repo, loader);
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
function isFieldOfElement(repo: Repo, field: GoNode): boolean {
  if (importedPackage(repo, field)) return false;
  const operand = field.operand!;
  if (operand.type === 'identifier') return true;
  return isElement(operand) && enclosing(field.node, 'for_statement') !== undefined;
}

/** `list[i]` or `app.current`: a path of names, the last of them may be indexed by a name. */
function isElement(operand: GoNode): boolean {
  if (operand.type !== 'index_expression') return isNamePath(operand.node);
  const index = childByField(operand.node, 'index')?.type;
  const isPlain = index === 'identifier' || index === 'int_literal';
  return isPlain && isNamePath(childByField(operand.node, 'operand'));
}

function isNamePath(node: SyntaxNode | undefined): boolean {
  if (node?.type === 'selector_expression') return isNamePath(childByField(node, 'operand'));
  return node?.type === 'identifier';
}

/**
 * The upgrades of the list that the loader's loop goes over, with the stores that stand in them:
 * the list may serve nothing else (R2s).
 */
function servedByList(repo: Repo, site: Site): StoreLoading['serves'] {
  const source = childByField(rangeClause(site.loop), 'right');
  const parts = source ? listParts(repo, exprAt(site.call, source), site) : [];
  return parts
    .flatMap(({ elements }) => elements)
    .flatMap(element => servedByElement(repo, element) ?? []);
}

function servedByElement(repo: Repo, element: Expr): Served | undefined {
  const struct = structOf(repo, element);
  const name = struct && fieldLike(struct, /name$/i);
  const stores = struct && fieldLike(struct, /store/i);
  return (
    name && {
      name: stringValue(repo, name.value),
      stores: stores && storeLists(repo, stores.value),
    }
  );
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

function factoryCode(repo: Repo, loader: Expr): StyleCode {
  if (loader.node.type === 'identifier') return 'S7';
  if (loader.node.type !== 'call_expression') return 'S9';
  if (calleeName(loader.node, loader.facts.text) === 'StoreLoader') return 'S4';
  if (/Create\w*Loader$/.test(calleeName(loader.node, loader.facts.text))) return 'S7';
  const returned = returnedBy(repo, loader);
  return returned && makesUpgradeLoader(returned) ? 'S7' : 'S9';
}

/** Whether an expression calls UpgradeStoreLoader, or a function that is named after it. */
function makesUpgradeLoader({ facts, node }: Expr): boolean {
  return findAll(node, 'call_expression').some(call =>
    calleeName(call, facts.text).endsWith('UpgradeStoreLoader'),
  );
}
