import { dirname } from '../../files.ts';
import type { Expr } from '../../go/eval/value.ts';
import {
  bind,
  exprAt,
  localDefinition,
  resolve,
  returnedBy,
  structOf,
  textOf,
} from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  callArguments,
  callsOf,
  childByField,
  childrenByField,
  enclosing,
  findAll,
  namedChildren,
  withoutAddressOf,
  withoutParens,
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
  const node = withoutParens(expr.node);
  if (node.type !== 'selector_expression') return undefined;
  const operand = withoutAddressOf(childByField(node, 'operand')!);
  const field = textOf(exprAt(expr, childByField(node, 'field')!));
  if (operand.type === 'index_expression')
    return { list: exprAt(expr, childByField(operand, 'operand')!), field };
  if (operand.type !== 'identifier') return undefined;
  const list = loopList(repo, site, exprAt(expr, operand), 0);
  return list && { list, field };
}

/** The list an identifier runs over. */
function loopList(repo: Repo, site: Site, expr: Expr, depth: number): Expr | undefined {
  const { facts, node } = expr;
  const name = textOf(expr);
  for (let scope = node.parent; scope; scope = scope.parent) {
    if (scope.type !== 'for_statement') continue;
    const clause = scope.children.find(c => c.type === 'range_clause');
    if (
      clause &&
      namedChildren(childByField(clause, 'left')).at(-1) &&
      textOf(exprAt(expr, namedChildren(childByField(clause, 'left')).at(-1)!)) === name
    )
      return exprAt(expr, childByField(clause, 'right')!);
  }
  const local = localDefinition(node, name, facts.text);
  // A copy of the loop's variable: `u := u`, `upgrade := Upgrades[i]`,
  // `found, ok := find(name, list)`.
  if (local && typeof local === 'object') {
    const value = withoutAddressOf(local);
    if (value.type === 'identifier' && depth < 4)
      return loopList(repo, site, exprAt(expr, value), depth + 1);
    if (value.type === 'index_expression') return exprAt(expr, childByField(value, 'operand')!);
    if (value.type === 'call_expression')
      return callArguments(value)
        .map(a => exprAt(expr, a))
        .find(a => isSlice(repo, a));
    return undefined;
  }
  if (local !== 'parameter' || depth > 3) return undefined;
  for (const call of callersOfFunction(repo, site)) {
    const bound = bind(call.expr, { node: site.fn }, facts.text).get(name);
    if (bound)
      return loopList(
        repo,
        { ...site, fn: call.fn, func: call.func },
        exprAt(bound, withoutAddressOf(bound.node)),
        depth + 1,
      );
  }
  return undefined;
}

function isSlice(repo: Repo, expr: Expr): boolean {
  return listLiteral(repo, expr) !== undefined;
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
  const node = withoutAddressOf(expr.node);
  const name = textOf(exprAt(expr, node));
  if (node.type === 'composite_literal') return literalAt(exprAt(expr, node), '', 'local');
  if (node.type === 'call_expression') {
    const returned = returnedBy(repo, exprAt(expr, node));
    const found = returned && listLiteral(repo, returned, undefined, depth + 1);
    return found && { ...found, name, kind: 'function' };
  }
  if (node.type === 'identifier') {
    const local = localDefinition(node, name, expr.facts.text);
    if (local === 'parameter' && site) {
      for (const call of callersOfFunction(repo, site)) {
        const bound = bind(call.expr, { node: site.fn }, expr.facts.text).get(name);
        const found = bound && listLiteral(repo, bound, undefined, depth + 1);
        if (found) return found;
      }
      return undefined;
    }
    if (local && typeof local === 'object') {
      const found = listLiteral(repo, exprAt(expr, local), undefined, depth + 1);
      return found && { ...found, name: found.kind === 'local' ? name : found.name };
    }
    const dir = dirname(expr.facts.path);
    const found = repo.value(dir, name);
    if (!found) return undefined;
    const value =
      found.spec.value &&
      listLiteral(repo, { facts: found.facts, node: found.spec.value }, undefined, depth + 1);
    if (value)
      return {
        ...value,
        name: value.kind === 'local' ? name : value.name,
        kind: value.kind === 'local' ? 'variable' : value.kind,
      };
    return assignedInInit(repo, dir, name)[0];
  }
  const target = resolve(repo, exprAt(expr, node));
  if ('expr' in target && target.expr.node !== node) {
    const found = listLiteral(repo, target.expr, undefined, depth + 1);
    return found && { ...found, name: found.name || name, kind: 'variable' };
  }
  return undefined;
}

function literalAt(expr: Expr, name: string, kind: ListLiteral['kind']): ListLiteral | undefined {
  const type = childByField(expr.node, 'type')?.type;
  if (
    type !== 'slice_type' &&
    type !== 'map_type' &&
    type !== 'array_type' &&
    type !== 'implicit_length_array_type'
  )
    return undefined;
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

/** The folder of the package in which the struct behind an element was written. */
export function packageOf(repo: Repo, element: Expr): string {
  const struct = structOf(repo, element);
  return dirname((struct?.expr ?? element).facts.path);
}

/** The function literal or method a node stands in. */
export function functionAround(node: SyntaxNode): SyntaxNode | undefined {
  return enclosing(node, 'func_literal', 'function_declaration', 'method_declaration');
}

/** The names of a function's parameters with the text of their types. */
export function parametersOfFunction(
  fn: SyntaxNode,
  text: string,
): { name: string; type: string }[] {
  return namedChildren(childByField(fn, 'parameters')).flatMap(p => {
    const type = text.slice(
      childByField(p, 'type')?.start ?? p.start,
      childByField(p, 'type')?.end ?? p.end,
    );
    const names = childrenByField(p, 'name');
    return names.length
      ? names.map(n => ({ name: text.slice(n.start, n.end), type }))
      : [{ name: '', type }];
  });
}
