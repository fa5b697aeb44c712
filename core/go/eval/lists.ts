import { dirname } from '../../files.ts';
import type { Repo } from '../repo/repo.ts';
import { returnedAt } from '../syntax/results.ts';
import type { SyntaxNode } from '../syntax/syntax.ts';
import {
  callArguments,
  calleeName,
  calleeOf,
  childByField,
  childrenByField,
  descend,
  namedChildren,
  rangeClause,
  returnsOf,
  withoutAddressOf,
  withoutParens,
} from '../syntax/syntax.ts';
import { excerptOf } from './expr.ts';
import { givenTo } from './given.ts';
import { importedPackage } from './imported.ts';
import { listType, literalListType } from './list-type.ts';
import type { Expr, Value } from './value.ts';
import { bind, exprAt, localDefinition, resolve, stringValue, textOf } from './value.ts';

/** One element of a list, or a part of it that cannot be read. */
export interface Item {
  readonly expr: Expr;
  readonly why?: string;
}

const deepest = 10;

/**
 * The elements of a slice, the keys of a map: literals, `append`, helper functions, variables with
 * everything that is appended to them, whatever condition guards it. Functions and variables that
 * exist once per build tag count together.
 */
export function listItems(repo: Repo, expr: Expr, depth = 0): Item[] {
  if (depth > deepest) return [{ expr, why: 'the list is defined in a circle' }];
  const node = withoutAddressOf(expr.node);
  const here = exprAt(expr, node);
  switch (node.type) {
    case 'nil':
      return [];
    case 'literal_value':
      return elements(repo, here, node, depth);
    case 'composite_literal':
      return elements(repo, here, childByField(node, 'body')!, depth);
    case 'call_expression':
      return ofCall(repo, here, depth);
    case 'type_conversion_expression':
      return listItems(repo, exprAt(expr, childByField(node, 'operand') ?? node), depth + 1);
    case 'identifier':
      return ofIdentifier(repo, here, depth);
    case 'selector_expression':
      return ofSelector(repo, here, depth);
    case 'slice_expression':
      return [{ expr: here, why: `${excerptOf(here)} is a part of a list` }];
  }
  return [{ expr: here, why: `${excerptOf(here)} cannot be read as a list` }];
}

/**
 * The elements given to a variadic function from its argument `from` on: `f(a, b)` and
 * `f(list...)`.
 */
export function argumentItems(repo: Repo, call: Expr, from = 0, depth = 0): Item[] {
  return callArguments(call.node)
    .slice(from)
    .flatMap(arg =>
      arg.type === 'variadic_argument'
        ? listItems(repo, exprAt(call, namedChildren(arg)[0] ?? arg), depth + 1)
        : single(repo, exprAt(call, arg), depth),
    );
}

/** The strings of a list, a part that cannot be read being one unknown value. */
export function stringsOf(repo: Repo, items: readonly Item[]): { value: Value; expr: Expr }[] {
  return items.map(({ expr, why }) => ({
    expr,
    value: why === undefined ? stringValue(repo, expr) : { kind: 'unknown', why },
  }));
}

function elements(repo: Repo, expr: Expr, body: SyntaxNode, depth: number): Item[] {
  const written = childByField(expr.node, 'type');
  const type = written && listType(repo, exprAt(expr, written));
  const isStruct =
    written?.type === 'struct_type' ||
    (!type && written && namedChildren(body).some(e => e.type === 'keyed_element'));
  if (isStruct) return [{ expr, why: `${excerptOf(expr)} is no list` }];
  return namedChildren(body).flatMap(element => {
    if (element.type !== 'keyed_element') return single(repo, exprAt(expr, element), depth);
    const [key, value] = namedChildren(element);
    const wanted = type?.kind === 'map' ? key : value;
    return wanted ? single(repo, exprAt(expr, wanted), depth) : [];
  });
}

/** An element; where it is a loop's variable, everything the loop runs over. */
function single(repo: Repo, expr: Expr, depth: number): Item[] {
  const node = withoutParens(expr.node);
  if (node.type !== 'identifier' || expr.bindings?.has(textOf(exprAt(expr, node))))
    return [{ expr: exprAt(expr, node) }];
  const name = textOf(exprAt(expr, node));
  if (localDefinition(node, name, expr.facts.text) !== 'range')
    return [{ expr: exprAt(expr, node) }];
  for (let scope = node.parent; scope; scope = scope.parent) {
    const clause = scope.type === 'for_statement' ? rangeClause(scope) : undefined;
    const names = namedChildren(childByField(clause, 'left')).map(n => textOf(exprAt(expr, n)));
    const over = childByField(clause, 'right');
    if (!names.includes(name) || !over) continue;
    // `for key := range map` runs over keys, `for _, element := range slice` over elements; a
    // slice's indices and a map's values are no names.
    return names.indexOf(name) === (isMap(repo, exprAt(expr, over)) ? 0 : 1)
      ? listItems(repo, exprAt(expr, over), depth + 1)
      : [{ expr, why: `${name} is a loop variable` }];
  }
  return [{ expr, why: `${name} is a loop variable` }];
}

function isMap(repo: Repo, expr: Expr): boolean {
  const node = withoutAddressOf(expr.node);
  const target =
    node.type === 'composite_literal'
      ? { expr: exprAt(expr, node) }
      : resolve(repo, exprAt(expr, node));
  return 'expr' in target && literalListType(repo, target.expr)?.kind === 'map';
}

function ofCall(repo: Repo, expr: Expr, depth: number): Item[] {
  const { node } = expr;
  const name = calleeName(node, expr.facts.text);
  const given = callArguments(node);
  const callee = textOf(exprAt(expr, calleeOf(node, expr.facts.text)!));
  if (callee === 'append')
    return given[0]
      ? [
          ...listItems(repo, exprAt(expr, given[0]), depth + 1),
          ...argumentItems(repo, expr, 1, depth),
        ]
      : [];
  if (callee === 'make') return [];
  if (callee === 'slices.Concat')
    return given.flatMap(arg =>
      listItems(
        repo,
        exprAt(expr, arg.type === 'variadic_argument' ? namedChildren(arg)[0]! : arg),
        depth + 1,
      ),
    );
  if (/^(slices\.(Clone|Compact|Sorted)|maps\.Keys)$/.test(callee) && given[0])
    return listItems(repo, exprAt(expr, given[0]), depth + 1);
  const variants = definitions(repo, expr, name);
  if (variants.length === 0) return [{ expr, why: `${excerptOf(expr)} is computed` }];
  return distinct(
    variants.flatMap(({ facts, node: fn }) => {
      const bindings = bind(expr, { node: fn }, facts.text);
      return returnsOf(fn).flatMap(statement => {
        const result = returnedAt(statement, fn, facts.text);
        return result
          ? listItems(repo, { facts, node: result, bindings }, depth + 1)
          : [{ expr, why: `${excerptOf(expr)} cannot be followed` }];
      });
    }),
  );
}

/** The functions a call may mean: one, or one per build tag. */
function definitions(
  repo: Repo,
  call: Expr,
  name: string,
): { facts: Expr['facts']; node: SyntaxNode }[] {
  const callee = calleeOf(call.node, call.facts.text)!;
  const here = dirname(call.facts.path);
  let dir: string | undefined = here;
  let method = false;
  if (callee.type === 'selector_expression') {
    const operand = childByField(callee, 'operand')!;
    const path =
      operand.type === 'identifier'
        ? repo.importFor(call.facts, textOf(exprAt(call, operand)))
        : undefined;
    if (path !== undefined) dir = repo.dirOf(path, here);
    else method = true;
  } else if (callee.type !== 'identifier') return [];
  if (dir === undefined) return [];
  const found = repo
    .functions(dir, name)
    .filter(({ func }) => (func.receiver !== undefined) === method && func.syntax);
  const receivers = new Set(found.map(({ func }) => func.receiver?.type));
  return receivers.size > 1 ? [] : found.map(({ facts, func }) => ({ facts, node: func.syntax! }));
}

function ofIdentifier(repo: Repo, expr: Expr, depth: number): Item[] {
  const name = textOf(expr);
  const text = expr.facts.text;
  const bound = expr.bindings?.get(name);
  if (bound) return listItems(repo, bound, depth + 1);
  const local = localDefinition(expr.node, name, text);
  if (local === 'parameter' || local === 'range')
    return [{ expr, why: `${name} is a ${local === 'range' ? 'loop variable' : 'parameter'}` }];
  if (local) return ofLocal(repo, expr, name, depth);
  return ofPackage(repo, dirname(expr.facts.path), name, expr, depth);
}

/**
 * A local variable: what it is declared with, and everything that is assigned or appended to it
 * afterwards.
 */
function ofLocal(repo: Repo, expr: Expr, name: string, depth: number): Item[] {
  const text = expr.facts.text;
  const is = (n: SyntaxNode) => n.type === 'identifier' && text.slice(n.start, n.end) === name;
  for (let scope = expr.node.parent; scope; scope = scope.parent) {
    const declared = scope.children
      .filter(c => c.end <= expr.node.start)
      .reverse()
      .map(s => declaration(s, is))
      .find(d => d !== undefined);
    if (!declared) continue;
    const items = declared.value ? listItems(repo, exprAt(expr, declared.value), depth + 1) : [];
    for (const node of descend(scope)) {
      if (
        node.type !== 'assignment_statement' ||
        node.start < declared.end ||
        node.end > expr.node.start
      )
        continue;
      const left = namedChildren(childByField(node, 'left'));
      const right = namedChildren(childByField(node, 'right'));
      const index = left.findIndex(is);
      const value = right[index];
      if (index < 0 || !value) continue;
      const appended =
        value.type === 'call_expression' &&
        calleeName(value, text) === 'append' &&
        callArguments(value)[0] &&
        is(callArguments(value)[0]!);
      items.push(
        ...(appended
          ? argumentItems(repo, exprAt(expr, value), 1, depth + 1)
          : listItems(repo, exprAt(expr, value), depth + 1)),
      );
    }
    return items;
  }
  return [{ expr, why: `${name} cannot be followed` }];
}

function declaration(
  statement: SyntaxNode,
  is: (n: SyntaxNode) => boolean,
): { value: SyntaxNode | undefined; end: number } | undefined {
  if (statement.type === 'short_var_declaration') {
    const left = namedChildren(childByField(statement, 'left'));
    const right = namedChildren(childByField(statement, 'right'));
    const index = left.findIndex(is);
    return index < 0
      ? undefined
      : { value: left.length === right.length ? right[index] : right[0], end: statement.end };
  }
  if (statement.type !== 'var_declaration') return undefined;
  for (const spec of statement.children.flatMap(c =>
    c.type === 'var_spec_list' ? c.children : [c],
  )) {
    const index = childrenByField(spec, 'name').findIndex(is);
    if (index >= 0)
      return { value: namedChildren(childByField(spec, 'value'))[index], end: statement.end };
  }
  return undefined;
}

/**
 * A package's variable, once per build tag, with what the package's init functions append to it.
 */
function ofPackage(repo: Repo, dir: string, name: string, expr: Expr, depth: number): Item[] {
  const specs = repo.values(dir, name).filter(v => !v.constant);
  if (specs.length === 0)
    return [{ expr, why: `${name} is not defined in ${dir || 'the root folder'}` }];
  const items = specs.flatMap(({ facts, spec }) =>
    spec.value ? listItems(repo, { facts, node: spec.value }, depth + 1) : [],
  );
  for (const { facts, func, value } of givenTo(repo, dir, name)) {
    if (func.name !== 'init' || !value) continue;
    const appended = value.type === 'call_expression' && calleeName(value, facts.text) === 'append';
    items.push(
      ...(appended
        ? argumentItems(repo, { facts, node: value }, 1, depth + 1)
        : listItems(repo, { facts, node: value }, depth + 1)),
    );
  }
  return specs.some(({ spec }) => spec.value) || items.length
    ? distinct(items)
    : [{ expr, why: `${name} has no value that can be read` }];
}

function ofSelector(repo: Repo, expr: Expr, depth: number): Item[] {
  const name = textOf(exprAt(expr, childByField(expr.node, 'field')!));
  const imported = importedPackage(repo, expr);
  if (imported?.dir !== undefined) return ofPackage(repo, imported.dir, name, expr, depth);
  if (imported) return [{ expr, why: `${excerptOf(expr)} is defined outside this repository` }];
  const target = resolve(repo, expr);
  return 'expr' in target && target.expr.node !== expr.node
    ? listItems(repo, target.expr, depth + 1)
    : [{ expr, why: `${excerptOf(expr)} cannot be followed` }];
}

function distinct(items: readonly Item[]): Item[] {
  const seen = new Set<SyntaxNode>();
  return items.filter(({ expr }) => !seen.has(expr.node) && seen.add(expr.node));
}
