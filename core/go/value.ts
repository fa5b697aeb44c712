import { dirname } from '../files.ts';
import { storeConstant } from '../sdk/registry.ts';
import type { FileFacts } from './facts.ts';
import type { Repo } from './repo.ts';
import { args, bare, calleeName, child, childrenOf, descend, enclosing, findAll, parts, stringLiteral } from './syntax.ts';
import type { Syn } from './syntax.ts';

/** A piece of syntax with the file it stands in, and what its function's parameters were called with. */
export interface Expr {
  readonly facts: FileFacts;
  readonly node: Syn;
  readonly bindings?: ReadonlyMap<string, Expr>;
}

/**
 * A string as far as it can be known: `known`, `named` (a constant of a package that is not here, compared by import path and name),
 * or `unknown` with the reason.
 */
export type Value =
  | { readonly kind: 'known'; readonly value: string; readonly const?: string }
  | { readonly kind: 'named'; readonly const: string }
  | { readonly kind: 'unknown'; readonly why: string };

const unknown = (why: string): Value => ({ kind: 'unknown', why });
const deepest = 12;

/** The source text of an expression. */
export function textOf({ facts, node }: Expr): string {
  return facts.text.slice(node.start, node.end);
}

/** The same place with another node of the same file. */
export function at(expr: Expr, node: Syn): Expr {
  return { ...expr, node };
}

/** The string an expression has, following constants across packages, locals, and functions one call deep. */
export function stringValue(repo: Repo, expr: Expr, depth = 0): Value {
  if (depth > deepest) return unknown('the definition goes in a circle');
  const node = bare(expr.node);
  const literal = stringLiteral(node, expr.facts.text);
  if (literal !== undefined) return { kind: 'known', value: literal };
  switch (node.type) {
    case 'identifier': case 'selector_expression': case 'unary_expression': {
      const target = resolve(repo, at(expr, node), depth + 1);
      if ('why' in target) return unknown(target.why);
      if ('outside' in target) return fromRegistry(target.outside);
      if (target.expr.node === node) return unknown(`${textOf(expr)} is not a constant`);
      const value = stringValue(repo, target.expr, depth + 1);
      return value.kind === 'known' && target.const ? { ...value, const: target.const } : value;
    }
    case 'binary_expression': {
      const [left, right] = [child(node, 'left'), child(node, 'right')].map(n => n && stringValue(repo, at(expr, n), depth + 1));
      return left?.kind === 'known' && right?.kind === 'known' ? { kind: 'known', value: left.value + right.value } : unknown(`${textOf(expr)} is computed`);
    }
    case 'type_conversion_expression': case 'call_expression': {
      const inner = args(node);
      const name = calleeName(node, expr.facts.text);
      if (name === 'string' && inner[0]) return stringValue(repo, at(expr, inner[0]), depth + 1);
      const returned = returnedBy(repo, at(expr, node), depth);
      return returned ? stringValue(repo, returned, depth + 1) : unknown(`${textOf(at(expr, node)).slice(0, 80)} is computed at run time`);
    }
  }
  return unknown(`${textOf(expr).slice(0, 80)} is not a constant`);
}

function fromRegistry(constant: string): Value {
  const value = storeConstant(constant)?.value;
  return value === undefined ? { kind: 'named', const: constant } : { kind: 'known', value, const: constant };
}

/** What an identifier, a `pkg.Name` or a field of a known struct stands for. */
export type Resolved =
  | { readonly expr: Expr; readonly const?: string }
  | { readonly outside: string }
  | { readonly why: string };

/** Follows a name to the expression that defines it. `const` is `importpath.Ident` where it is one of the repository's own. */
export function resolve(repo: Repo, expr: Expr, depth = 0): Resolved {
  const node = bare(expr.node), name = textOf(at(expr, node));
  if (depth > deepest) return { why: 'the definition goes in a circle' };
  if (node.type === 'unary_expression') {
    const operand = child(node, 'operand');
    return operand && (operand.type === 'identifier' || operand.type === 'selector_expression')
      ? resolve(repo, at(expr, operand), depth + 1) : { expr: at(expr, node) };
  }
  if (node.type === 'identifier') {
    const bound = expr.bindings?.get(name);
    if (bound) return resolve(repo, bound, depth + 1);
    const local = localDefinition(node, name, expr.facts.text);
    if (local === 'parameter') return { why: `${name} is a parameter` };
    if (local === 'range') return { why: `${name} is a loop variable` };
    if (local === 'reassigned') return { why: `${name} is assigned more than once` };
    if (local) return resolve(repo, at(expr, local), depth + 1);
    return packageValue(repo, dirname(expr.facts.path), name, depth);
  }
  if (node.type === 'selector_expression') {
    const operand = child(node, 'operand')!, field = child(node, 'field')!;
    const fieldName = textOf(at(expr, field));
    if (operand.type === 'identifier' && !localDefinition(operand, textOf(at(expr, operand)), expr.facts.text)) {
      const path = repo.importFor(expr.facts, textOf(at(expr, operand)));
      if (path !== undefined) {
        const dir = repo.dirOf(path, dirname(expr.facts.path));
        return dir === undefined ? { outside: `${path}.${fieldName}` } : packageValue(repo, dir, fieldName, depth);
      }
    }
    const struct = structOf(repo, at(expr, operand), depth + 1);
    const value = struct && fieldOf(struct, fieldName);
    return value ? resolve(repo, value, depth + 1) : { why: `${name} is not a constant` };
  }
  return { expr: at(expr, node) };
}

function packageValue(repo: Repo, dir: string, name: string, depth: number): Resolved {
  const found = repo.value(dir, name);
  const constant = `${repo.importPath(dir) ?? dir}.${name}`;
  if (!found) return { why: `${name} is not defined in ${dir || 'the root folder'}` };
  if (!found.spec.value) return { why: `${name} has no value that can be read` };
  const target = resolve(repo, { facts: found.facts, node: found.spec.value }, depth + 1);
  // A constant that only renames another keeps its own name: that is what people write.
  return 'expr' in target ? { expr: target.expr, const: constant } : target;
}

/**
 * The local definition of a name as seen from a node: its value's syntax, or what kind of name it is, or undefined where it is not local.
 */
export function localDefinition(from: Syn, name: string, text: string): Syn | 'parameter' | 'range' | 'reassigned' | undefined {
  const is = (n: Syn) => n.type === 'identifier' && text.slice(n.start, n.end) === name;
  for (let inner = from, scope = from.parent; scope; inner = scope, scope = scope.parent) {
    if (scope.type === 'func_literal' || scope.type === 'function_declaration' || scope.type === 'method_declaration') {
      for (const list of [child(scope, 'parameters'), child(scope, 'receiver')]) {
        for (const p of parts(list)) if (childrenOf(p, 'name').some(is)) return 'parameter';
      }
    }
    if (scope.type === 'for_statement') {
      const clause = scope.children.find(c => c.type === 'range_clause');
      if (clause && parts(child(clause, 'left')).some(is)) return 'range';
    }
    const before = scope.type === 'block' || scope.type === 'expression_case' || scope.type === 'default_case' || scope.type === 'communication_case'
      ? scope.children.filter(c => c.end <= inner.start)
      : scope.type === 'if_statement' || scope.type === 'expression_switch_statement' ? scope.children.filter(c => c.field === 'initializer') : [];
    for (const statement of before.reverse()) {
      const found = definitionIn(statement, is);
      if (!found) continue;
      return assignedAgain(scope, found, is) ? 'reassigned' : found.value ?? 'reassigned';
    }
  }
  return undefined;
}

function definitionIn(statement: Syn, is: (n: Syn) => boolean): { value: Syn | undefined; statement: Syn } | undefined {
  if (statement.type === 'short_var_declaration') {
    const left = parts(child(statement, 'left')), right = parts(child(statement, 'right'));
    const i = left.findIndex(is);
    if (i >= 0) return { value: left.length === right.length ? right[i] : right[0], statement };
  }
  if (statement.type === 'const_declaration' || statement.type === 'var_declaration') {
    for (const spec of statement.children.flatMap(c => c.type === 'var_spec_list' ? c.children : [c])) {
      const names = childrenOf(spec, 'name');
      const i = names.findIndex(is);
      if (i >= 0) return { value: parts(child(spec, 'value'))[i], statement };
    }
  }
  return undefined;
}

function assignedAgain(scope: Syn, found: { statement: Syn }, is: (n: Syn) => boolean): boolean {
  for (const node of descend(scope)) {
    if (node.type === 'assignment_statement' && node.start > found.statement.end && parts(child(node, 'left')).some(is)) return true;
  }
  return false;
}

/** A struct's value: the literal's body and the file it stands in. */
export interface StructValue { readonly expr: Expr; readonly body: Syn; readonly type: Syn | undefined }

/** The composite literal an expression comes down to: through variables, `&`, constructors one call deep. */
export function structOf(repo: Repo, expr: Expr, depth = 0): StructValue | undefined {
  if (depth > deepest) return undefined;
  const node = bare(expr.node);
  if (node.type === 'unary_expression') {
    const operand = child(node, 'operand');
    return operand ? structOf(repo, at(expr, operand), depth + 1) : undefined;
  }
  if (node.type === 'literal_value') return { expr: at(expr, node), body: node, type: undefined };
  if (node.type === 'composite_literal') return { expr: at(expr, node), body: child(node, 'body')!, type: child(node, 'type') };
  if (node.type === 'call_expression') {
    const returned = returnedBy(repo, at(expr, node), depth);
    return returned ? structOf(repo, returned, depth + 1) : undefined;
  }
  if (node.type === 'identifier' || node.type === 'selector_expression') {
    const target = resolve(repo, at(expr, node), depth + 1);
    return 'expr' in target && target.expr.node !== node ? structOf(repo, target.expr, depth + 1) : undefined;
  }
  return undefined;
}

/** The value of a keyed field of a struct literal. */
export function fieldOf(struct: StructValue, name: string): Expr | undefined {
  for (const element of struct.body.children) {
    if (element.type !== 'keyed_element') continue;
    const [key, value] = parts(element);
    if (key && value && textOf(at(struct.expr, key)) === name) return at(struct.expr, value);
  }
  return undefined;
}

/** The keyed fields of a struct literal, in order. */
export function fieldsOf(struct: StructValue): { name: string; value: Expr }[] {
  return struct.body.children.filter(c => c.type === 'keyed_element').flatMap(element => {
    const [key, value] = parts(element);
    return key && value ? [{ name: textOf(at(struct.expr, key)), value: at(struct.expr, value) }] : [];
  });
}

/** The function a call calls, where it is one of the repository's own; methods are looked up in the caller's package by name. */
export function calledFunction(repo: Repo, call: Expr): { facts: FileFacts; node: Syn; dir: string } | undefined {
  const callee = child(call.node, 'function');
  if (!callee) return undefined;
  const here = dirname(call.facts.path);
  if (callee.type === 'identifier') {
    const found = repo.func(here, textOf(at(call, callee)));
    return found?.func.syntax ? { facts: found.facts, node: found.func.syntax, dir: here } : undefined;
  }
  if (callee.type !== 'selector_expression') return undefined;
  const operand = child(callee, 'operand')!, name = textOf(at(call, child(callee, 'field')!));
  if (operand.type === 'identifier') {
    const path = repo.importFor(call.facts, textOf(at(call, operand)));
    const dir = path === undefined ? undefined : repo.dirOf(path, here);
    if (dir !== undefined) {
      const found = repo.func(dir, name);
      return found?.func.syntax ? { facts: found.facts, node: found.func.syntax, dir } : undefined;
    }
    if (path !== undefined) return undefined;
  }
  const methods = repo.functions(here).filter(({ func }) => func.name === name && func.receiver);
  return methods.length === 1 && methods[0]!.func.syntax ? { facts: methods[0]!.facts, node: methods[0]!.func.syntax, dir: here } : undefined;
}

/** What each parameter of a function was called with. */
export function bind(call: Expr, fn: { node: Syn }, fnText: string): Map<string, Expr> {
  const names = parts(child(fn.node, 'parameters')).flatMap(p => childrenOf(p, 'name').map(n => fnText.slice(n.start, n.end)));
  const given = args(call.node);
  return new Map(names.flatMap((name, i) => given[i] ? [[name, at(call, given[i]!)] as const] : []));
}

/** What a call gives back, where the function is the repository's own and has a single result that can be read. */
export function returnedBy(repo: Repo, call: Expr, depth = 0): Expr | undefined {
  if (depth > deepest) return undefined;
  const fn = calledFunction(repo, call);
  if (!fn) return undefined;
  const body = child(fn.node, 'body');
  const returns = findAll(body, 'return_statement').filter(r => enclosing(r, 'func_literal', 'function_declaration', 'method_declaration') === fn.node);
  const results = returns.length === 1 ? parts(parts(returns[0])[0]) : [];
  return results[0] ? { facts: fn.facts, node: results[0], bindings: bind(call, fn, fn.facts.text) } : undefined;
}
