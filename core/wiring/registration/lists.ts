import { dirname } from '../../files.ts';
import type { Given } from '../../go/eval/given.ts';
import {
  enteredInto,
  enteredIntoLocal,
  givenTo,
  givenToLocal,
  runsAtStart,
} from '../../go/eval/given.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { importedPackage } from '../../go/eval/imported.ts';
import type { ListType } from '../../go/eval/list-type.ts';
import { listType, literalListType } from '../../go/eval/list-type.ts';
import type { Expr } from '../../go/eval/value.ts';
import { bind, exprAt, localDefinition, resolve, returnedBy, textOf } from '../../go/eval/value.ts';
import type { Definition, Repo } from '../../go/repo/repo.ts';
import { onlyResult } from '../../go/syntax/results.ts';
import {
  childByField,
  enclosing,
  findAll,
  namedChildren,
  withoutAddressOf,
} from '../../go/syntax/syntax.ts';
import type { Site } from '../style.ts';
import { callersOfFunction } from './callers.ts';

/**
 * A slice's or map's literal, or what an `append` adds to one: all of a list, or the part of it that
 * one place gives.
 */
export interface ListLiteral {
  /** The `{…}`, or the arguments of `append`. */
  readonly body: Expr;
  readonly elements: readonly Expr[];
  /** Undefined where the parts of the list do not say. */
  readonly type: ListType | undefined;
  readonly name: string;
  readonly kind: 'variable' | 'local' | 'function' | 'init';
  /** Its one element stands for a list that cannot be read. */
  readonly unread?: true;
}

/**
 * The slice or map literal an expression comes down to: a package's variable, a local, a
 * parameter's argument, a function's result. Where several places fill it, the first.
 */
export function listLiteral(repo: Repo, expr: Expr, site?: Site): ListLiteral | undefined {
  const [first] = listParts(repo, expr, site);
  return first?.unread ? undefined : first;
}

const deepest = 8;

/**
 * The literals that an expression's list is put together from: several where functions fill a
 * variable, or build tags choose between values. A part that cannot be read is one unread element;
 * there is no part where nothing shows that this is a list.
 */
export function listParts(repo: Repo, expr: Expr, site?: Site, depth = 0): ListLiteral[] {
  if (depth > deepest) return [];
  const target = exprAt(expr, withoutAddressOf(expr.node));
  switch (target.node.type) {
    case 'composite_literal':
      return literalAt(repo, target);
    case 'call_expression':
      return calledParts(repo, target, depth);
    case 'type_conversion_expression':
      return listParts(repo, exprAt(expr, childByField(target.node, 'operand')!), site, depth + 1);
    case 'identifier':
      return namedParts(repo, target, site, depth);
    default:
      return definedParts(repo, target, depth);
  }
}

function literalAt(repo: Repo, literal: Expr): ListLiteral[] {
  const type = literalListType(repo, literal);
  if (!type) return [];
  const body = exprAt(literal, childByField(literal.node, 'body')!);
  return [{ body, elements: elementsOf(body), type, name: '', kind: 'local' }];
}

/** `append(list, a)`, `List(list)`, or `upgrades()`: the list that a function returns. */
function calledParts(repo: Repo, call: Expr, depth: number): ListLiteral[] {
  const { callee, arguments: given } = goNode(call);
  if (callee?.type === 'identifier' && callee.text === 'append')
    return appendedParts(repo, call, undefined, depth);
  const [only, ...others] = given;
  if (only && others.length === 0 && (convertsToList(repo, callee!) || isCopying(callee!)))
    return listParts(repo, only, undefined, depth + 1);
  const results = resultsOf(repo, call);
  const isChosen = results.length > 1;
  const found = results.map(result =>
    isChosen ? readableParts(repo, result, depth) : listParts(repo, result, undefined, depth + 1),
  );
  const kind = isChosen ? 'init' : 'function';
  return found.flat().map(part => ({ ...part, name: textOf(call), kind }));
}

/** What a function returns: one list, or one for each build tag that the function is written for. */
function resultsOf(repo: Repo, call: Expr): Expr[] {
  const returned = returnedBy(repo, call);
  if (returned) return [returned];
  const { callee } = goNode(call);
  if (callee?.type !== 'identifier' && !(callee && importedPackage(repo, callee))) return [];
  const dir = repo.folderOf(call.facts, callee.qualifier);
  const variants =
    dir === undefined ? [] : repo.functions(dir, callee.name).filter(({ func }) => !func.receiver);
  const isTagged = variants.every(({ facts }) => facts.buildTags !== undefined);
  const results = variants.map(({ facts, func }) => {
    const node = onlyResult(func.syntax);
    return node && { facts, node };
  });
  return isTagged && results.every(result => result !== undefined) ? results : [];
}

/** Functions that give the elements of their one argument. */
function isCopying(callee: GoNode): boolean {
  return /^slices\.(All|Backward|Clip|Clone|Collect|Compact|Values)$/.test(callee.text);
}

/** Whether what looks like a call names a list's type. */
function convertsToList(repo: Repo, callee: GoNode): boolean {
  const dir = repo.folderOf(callee.facts, callee.qualifier);
  const type = { ...callee.node, type: callee.qualifier ? 'qualified_type' : 'type_identifier' };
  return (
    (callee.type === 'identifier' || callee.qualifier !== undefined) &&
    dir !== undefined &&
    !repo.func(dir, callee.name) &&
    listType(repo, exprAt(callee, type)) !== undefined
  );
}

/**
 * What an `append` puts together. `self` is the variable that it is assigned to: what that held
 * before is a part of its own.
 */
function appendedParts(
  repo: Repo,
  call: Expr,
  self: string | undefined,
  depth: number,
): ListLiteral[] {
  const [list, ...added] = goNode(call).arguments;
  const lists = [
    ...(list ? [list] : []),
    ...added.flatMap(one => (one.type === 'variadic_argument' ? (one.children[0] ?? []) : [])),
  ];
  const elements = added.filter(one => one.type !== 'variadic_argument');
  const body = exprAt(call, childByField(call.node, 'arguments')!);
  return [
    ...lists.flatMap(one => (one.text === self ? [] : readableParts(repo, one, depth))),
    ...(elements.length > 0
      ? [{ body, elements, type: undefined, name: '', kind: 'local' as const }]
      : []),
  ];
}

/** The parts of what surely is a list: unread where it cannot be followed. */
function readableParts(repo: Repo, list: Expr, depth: number): ListLiteral[] {
  if (isEmptyValue(list)) return [];
  const found = listParts(repo, list, undefined, depth + 1);
  return found.length > 0 ? found : [unreadPart(list)];
}

/** An entry that a statement makes in a map. */
function enteredPart(entry: Expr, kind: ListLiteral['kind']): ListLiteral {
  const type = { kind: 'map' as const, element: undefined };
  return { body: entry, elements: [entry], type, name: '', kind };
}

/** Whether the callers of a function say what it enters: it makes the map a registry. */
function isHandedIn({ facts, node }: Expr): boolean {
  const [key] = namedChildren(node);
  return findAll(key, 'identifier').some(
    name =>
      localDefinition(name, facts.text.slice(name.start, name.end), facts.text) === 'parameter',
  );
}

function unreadPart(list: Expr): ListLiteral {
  return { body: list, elements: [list], type: undefined, name: '', kind: 'local', unread: true };
}

/** Whether a list is empty by the way it is written: `nil`, `make([]Upgrade, 0)`. */
export function isEmptyValue(list: Expr): boolean {
  const { type, name } = goNode(list).withoutParens;
  return type === 'nil' || (type === 'call_expression' && name === 'make');
}

/** A name: a parameter that a caller fills, a local, or a variable of the package. */
function namedParts(repo: Repo, expr: Expr, site: Site | undefined, depth: number): ListLiteral[] {
  const name = textOf(expr);
  const bound = expr.bindings?.get(name);
  if (bound) return listParts(repo, bound, site, depth + 1);
  const local = localDefinition(expr.node, name, expr.facts.text);
  if (local === 'parameter') return site ? givenParts(repo, expr, site, depth) : [];
  if (local === 'range') return [];
  if (local === undefined) return packageParts(repo, dirname(expr.facts.path), name, depth);
  const found =
    local === 'reassigned'
      ? filledParts(repo, expr, depth)
      : listParts(repo, exprAt(expr, local), undefined, depth + 1);
  const isMap =
    found.some(({ type }) => type?.kind === 'map') ||
    (typeof local === 'object' && madeType(repo, exprAt(expr, local))?.kind === 'map');
  const entered = isMap ? enteredIntoLocal(expr).map(entry => enteredPart(entry, 'local')) : [];
  return [...found, ...entered].map(part => ({
    ...part,
    name: part.kind === 'local' ? name : part.name,
  }));
}

/** The first list that a caller of the site's function gives for a parameter. */
function givenParts(repo: Repo, expr: Expr, site: Site, depth: number): ListLiteral[] {
  const name = textOf(expr);
  for (const call of callersOfFunction(repo, site, [name])) {
    const bound = bind(call.expr, { node: site.fn }, expr.facts.text).get(name);
    const found = bound ? listParts(repo, bound, undefined, depth + 1) : [];
    if (found.length > 0) return found;
  }
  return [];
}

/** A local that is declared once and then given more, statement by statement. */
function filledParts(repo: Repo, expr: Expr, depth: number): ListLiteral[] {
  const name = textOf(expr);
  return (givenToLocal(expr) ?? []).flatMap(({ statement, value }) =>
    value ? assignedParts(repo, value, name, depth) : [unreadPart(statement)],
  );
}

/** What an assignment gives a variable, without what that held before. */
function assignedParts(repo: Repo, value: Expr, name: string, depth: number): ListLiteral[] {
  const { callee } = goNode(value).withoutParens;
  return callee?.text === 'append'
    ? appendedParts(repo, goNode(value).withoutParens, name, depth)
    : readableParts(repo, value, depth);
}

/**
 * A package's variable: what it is declared with, once for each build tag, and what functions give
 * it. What `init` replaces in every build counts no more; other functions than `init` are asked
 * where the variable would else be empty, but not for what stands in while it is.
 */
function packageParts(repo: Repo, dir: string, name: string, depth: number): ListLiteral[] {
  const specs = repo.values(dir, name).filter(({ constant }) => !constant);
  const declared = specs.flatMap(({ facts, spec }) =>
    spec.value ? listParts(repo, { facts, node: spec.value }, undefined, depth + 1) : [],
  );
  const isFilled = declared.some(({ elements }) => elements.length > 0);
  const given = givenTo(repo, dir, name).filter(
    one => one.func.name === 'init' || !(isFilled || standsIn(one, name)),
  );
  const type = declaredType(repo, specs, declared);
  const entered =
    type?.kind === 'map'
      ? enteredInto(repo, dir, name)
          .filter(entry => !isHandedIn(entry))
          .map(entry => enteredPart(entry, 'init'))
      : [];
  const added = [...given.flatMap(one => partsGiven(repo, one, name, depth)), ...entered];
  if (added.length === 0 && specs.length < 2)
    return declared.map(part =>
      part.kind === 'local' ? { ...part, name, kind: 'variable' } : part,
    );
  const kept = given.some(replacesAlways)
    ? []
    : declared.filter(({ elements }) => elements.length > 0);
  const isChosen = specs.length > 1 || given.some(one => replaces(one) && runsAtStart(one));
  return [
    ...kept.map(part => ({
      ...part,
      name,
      kind: isChosen ? ('init' as const) : ('variable' as const),
    })),
    ...added.map(part => ({ ...part, type: part.type ?? type, name, kind: 'init' as const })),
  ];
}

/** Whether a list is only given while it is empty: `if len(list) == 0 { list = … }`. */
function standsIn({ facts, statement }: Given, name: string): boolean {
  const around = enclosing(statement, 'if_statement');
  const asked = around && goNode({ facts, node: around }).field('condition');
  const left = asked?.operator === '==' ? asked.field('left') : undefined;
  const counted = left?.callee?.text === 'len' ? left.arguments[0] : left;
  return counted?.text === name;
}

function partsGiven(repo: Repo, given: Given, name: string, depth: number): ListLiteral[] {
  const { facts, statement, value } = given;
  return value
    ? assignedParts(repo, { facts, node: value }, name, depth)
    : [unreadPart({ facts, node: statement })];
}

/** Whether an assignment drops what the variable held: any but `list = append(list, …)`. */
function replaces({ facts, value }: Given): boolean {
  return value !== undefined && goNode({ facts, node: value }).callee?.text !== 'append';
}

function replacesAlways(given: Given): boolean {
  return replaces(given) && runsAtStart(given) && given.facts.buildTags === undefined;
}

function declaredType(
  repo: Repo,
  specs: readonly Definition[],
  declared: readonly ListLiteral[],
): ListType | undefined {
  const known = declared.find(({ type }) => type !== undefined)?.type;
  const written = specs.map(({ facts, spec }) => {
    const type = spec.type && listType(repo, { facts, node: spec.type });
    return type ?? (spec.value && madeType(repo, { facts, node: spec.value }));
  });
  return known ?? written.find(type => type !== undefined);
}

/** The type of `make(map[string]Upgrade)`. */
function madeType(repo: Repo, value: Expr): ListType | undefined {
  const { callee, arguments: given } = goNode(value);
  return callee?.text === 'make' ? listType(repo, given[0]) : undefined;
}

/** `pkg.Upgrades`, or a field. */
function definedParts(repo: Repo, expr: Expr, depth: number): ListLiteral[] {
  const imported =
    expr.node.type === 'selector_expression' ? importedPackage(repo, expr) : undefined;
  if (imported)
    return imported.dir === undefined
      ? []
      : packageParts(repo, imported.dir, goNode(expr).name, depth + 1);
  const target = resolve(repo, expr);
  if (!('expr' in target) || target.expr.node === expr.node) return [];
  return listParts(repo, target.expr, undefined, depth + 1).map(part => ({
    ...part,
    name: part.name || textOf(expr),
    kind: 'variable',
  }));
}

/** The elements of a slice literal. */
export function elementsOf(body: Expr): Expr[] {
  return namedChildren(body.node).map(node => exprAt(body, node));
}

/** The type name of a list's elements, as `pkg.Type` or `Type`, as its declaration writes it. */
export function elementType({ type }: ListLiteral): string {
  return type?.element ? textOf(type.element).replace(/^\*/, '') : '';
}
