import { dirname } from '../../files.ts';
import { goNode } from '../../go/eval/go-node.ts';
import type { Expr } from '../../go/eval/value.ts';
import { bind, exprAt, localDefinition, resolve, returnedBy, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  callsOf,
  childByField,
  findAll,
  namedChildren,
  rangeClause,
  withoutAddressOf,
} from '../../go/syntax/syntax.ts';
import type { Site } from '../style.ts';

/** What a loop's element is used as: `u.UpgradeName`, where `u` runs over `list`. */
export interface LoopUse {
  readonly list: Expr;
  readonly field: string;
}

/**
 * The list and field behind `u.Field` (or `list[i].Field`), where `u` is a loop's variable or a
 * parameter that was given one.
 */
export function loopUse(repo: Repo, site: Site, expr: Expr): LoopUse | undefined {
  const selector = goNode(expr).withoutParens;
  if (selector.type !== 'selector_expression') return undefined;
  const operand = selector.operand!.withoutAddressOf;
  if (operand.type === 'index_expression') return { list: operand.operand!, field: selector.name };
  if (operand.type !== 'identifier') return undefined;
  const list = loopList(repo, site, operand, 0);
  return list && { list, field: selector.name };
}

/** The list an identifier runs over. */
function loopList(repo: Repo, site: Site, expr: Expr, depth: number): Expr | undefined {
  const over = rangedOver(expr);
  if (over) return over;
  const local = localDefinition(expr.node, textOf(expr), expr.facts.text);
  if (typeof local === 'object') return copiedFrom(repo, site, exprAt(expr, local), depth);
  return local === 'parameter' && depth <= 3 ? givenLoopList(repo, site, expr, depth) : undefined;
}

/** What a loop around an identifier runs over, where it sets the identifier. */
function rangedOver(expr: Expr): Expr | undefined {
  const name = textOf(expr);
  for (let scope = expr.node.parent; scope; scope = scope.parent) {
    const clause = scope.type === 'for_statement' ? rangeClause(scope) : undefined;
    const element = namedChildren(childByField(clause, 'left')).at(-1);
    if (element && textOf(exprAt(expr, element)) === name)
      return exprAt(expr, childByField(clause, 'right')!);
  }
  return undefined;
}

/**
 * The list behind a copy of a loop's variable: `u := u`, `upgrade := Upgrades[i]`,
 * `found, ok := find(name, list)`.
 */
function copiedFrom(repo: Repo, site: Site, local: Expr, depth: number): Expr | undefined {
  const value = goNode(local).withoutAddressOf;
  switch (value.type) {
    case 'identifier':
      return depth < 4 ? loopList(repo, site, value, depth + 1) : undefined;
    case 'index_expression':
      return value.operand;
    case 'call_expression':
      return value.arguments.find(given => listLiteral(repo, given) !== undefined);
  }
  return undefined;
}

/** The list behind a parameter, by the first caller that gives it. */
function givenLoopList(repo: Repo, site: Site, expr: Expr, depth: number): Expr | undefined {
  for (const call of callersOfFunction(repo, site)) {
    const bound = bind(call.expr, { node: site.fn }, expr.facts.text).get(textOf(expr));
    if (!bound) continue;
    const target = exprAt(bound, withoutAddressOf(bound.node));
    return loopList(repo, { ...site, fn: call.fn, func: call.func }, target, depth + 1);
  }
  return undefined;
}

/** The calls, in the same package, of the function a site stands in. */
export function callersOfFunction(
  repo: Repo,
  site: Site,
): { expr: Expr; fn: SyntaxNode; func: Site['func'] }[] {
  const { name } = site.func;
  return repo
    .filesOf(site.dir)
    .filter(({ text }) => text.includes(name))
    .flatMap(facts =>
      facts.funcs.flatMap(func =>
        callsOf(func.syntax, facts.text, name).map(node => ({
          expr: { facts, node },
          fn: func.syntax!,
          func,
        })),
      ),
    );
}

/** A slice's literal, and where it was found. */
export interface ListLiteral {
  /** The `{…}`. */
  readonly body: Expr;
  /** The literal with its type. */
  readonly literal: Expr;
  readonly name: string;
  readonly kind: 'variable' | 'local' | 'function' | 'init';
}

/**
 * The slice or map literal an expression comes down to: a package's variable, a local, a
 * parameter's argument, a function's result.
 */
export function listLiteral(
  repo: Repo,
  expr: Expr,
  site?: Site,
  depth = 0,
): ListLiteral | undefined {
  if (depth > 6) return undefined;
  const target = exprAt(expr, withoutAddressOf(expr.node));
  switch (target.node.type) {
    case 'composite_literal':
      return literalAt(target, '', 'local');
    case 'call_expression':
      return returnedList(repo, target, depth);
    case 'identifier':
      return namedList(repo, target, site, depth);
    default:
      return definedList(repo, target, depth);
  }
}

/** `upgrades()`: the list that a function returns. */
function returnedList(repo: Repo, call: Expr, depth: number): ListLiteral | undefined {
  const returned = returnedBy(repo, call);
  const found = returned && listLiteral(repo, returned, undefined, depth + 1);
  return found && { ...found, name: textOf(call), kind: 'function' };
}

/** A name: a parameter that a caller fills, a local, or a variable of the package. */
function namedList(
  repo: Repo,
  expr: Expr,
  site: Site | undefined,
  depth: number,
): ListLiteral | undefined {
  const name = textOf(expr);
  const local = localDefinition(expr.node, name, expr.facts.text);
  if (local === 'parameter' && site) return givenList(repo, expr, site, depth);
  if (typeof local !== 'object') return packageList(repo, dirname(expr.facts.path), name, depth);
  const found = listLiteral(repo, exprAt(expr, local), undefined, depth + 1);
  return found && { ...found, name: found.kind === 'local' ? name : found.name };
}

/** The first list that a caller of the site's function gives for a parameter. */
function givenList(repo: Repo, expr: Expr, site: Site, depth: number): ListLiteral | undefined {
  for (const call of callersOfFunction(repo, site)) {
    const bound = bind(call.expr, { node: site.fn }, expr.facts.text).get(textOf(expr));
    const found = bound && listLiteral(repo, bound, undefined, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** A package's variable: what it is declared with, else what an `init` function gives it. */
function packageList(
  repo: Repo,
  dir: string,
  name: string,
  depth: number,
): ListLiteral | undefined {
  const found = repo.value(dir, name);
  if (!found) return undefined;
  const { value } = found.spec;
  const list =
    value && listLiteral(repo, { facts: found.facts, node: value }, undefined, depth + 1);
  if (!list) return assignedInInit(repo, dir, name)[0];
  return list.kind === 'local' ? { ...list, name, kind: 'variable' } : list;
}

/** `pkg.Upgrades`, or a field. */
function definedList(repo: Repo, expr: Expr, depth: number): ListLiteral | undefined {
  const target = resolve(repo, expr);
  if (!('expr' in target) || target.expr.node === expr.node) return undefined;
  const found = listLiteral(repo, target.expr, undefined, depth + 1);
  return found && { ...found, name: found.name || textOf(expr), kind: 'variable' };
}

const listTypes = new Set(['slice_type', 'map_type', 'array_type', 'implicit_length_array_type']);

function literalAt(expr: Expr, name: string, kind: ListLiteral['kind']): ListLiteral | undefined {
  const type = childByField(expr.node, 'type');
  if (!type || !listTypes.has(type.type)) return undefined;
  return { literal: expr, body: exprAt(expr, childByField(expr.node, 'body')!), name, kind };
}

/**
 * Every list that a package variable is given in an `init` function: build tags choose between them
 * (R1e).
 */
export function assignedInInit(repo: Repo, dir: string, name: string): ListLiteral[] {
  return repo
    .functions(dir)
    .filter(({ func }) => func.name === 'init')
    .flatMap(({ facts, func }) =>
      findAll(func.syntax, 'assignment_statement').flatMap(statement => {
        const left = namedChildren(childByField(statement, 'left'))[0];
        const right = namedChildren(childByField(statement, 'right'))[0];
        const found =
          left &&
          right?.type === 'composite_literal' &&
          facts.text.slice(left.start, left.end) === name
            ? literalAt({ facts, node: right }, name, 'init')
            : undefined;
        return found ? [found] : [];
      }),
    );
}

/** The elements of a slice literal. */
export function elementsOf(body: Expr): Expr[] {
  return namedChildren(body.node).map(node => exprAt(body, node));
}

/** The type name of a slice's elements, as `pkg.Type` or `Type`. */
export function elementType(list: ListLiteral): string {
  const type = childByField(list.literal.node, 'type');
  const element = childByField(type, 'element') ?? childByField(type, 'value');
  return element ? textOf(exprAt(list.literal, element)).replace(/^\*/, '') : '';
}
