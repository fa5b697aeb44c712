import { dirname } from '../../files.ts';
import { storeConstant } from '../../sdk/registry.ts';
import type { Definition, Repo } from '../repo/repo.ts';
import { importsOf } from '../source/facts.ts';
import type { SyntaxNode } from '../syntax/syntax.ts';
import {
  callArguments,
  calleeName,
  calleeOf,
  childByField,
  namedChildren,
  stringLiteral,
  withoutAddressOf,
  withoutParens,
} from '../syntax/syntax.ts';
import { returnedBy } from './call.ts';
import type { Expr } from './expr.ts';
import { excerptOf, exprAt, textOf } from './expr.ts';
import { givenTo, runsAtStart } from './given.ts';
import { goNode } from './go-node.ts';
import { importedPackage } from './imported.ts';
import { localDefinition } from './scope.ts';

export { bind, calledFunction, functionNamed, returnedBy } from './call.ts';
export type { Expr } from './expr.ts';
export { exprAt, textOf } from './expr.ts';
export { localDefinition } from './scope.ts';

/**
 * A string as far as it can be known: `known`, `named` (a constant of a package that is not here,
 * compared by import path and name), or `unknown` with the reason.
 */
export type Value =
  | { readonly kind: 'known'; readonly value: string; readonly const?: string }
  | { readonly kind: 'named'; readonly const: string }
  | ({ readonly kind: 'unknown' } & Unresolved);

/** Why something is not known; the cause where callers decide by it. */
export interface Unresolved {
  readonly why: string;
  readonly cause?: 'parameter';
}

const unknown = (why: string): Value => ({ kind: 'unknown', why });
const deepest = 12;

/**
 * The string an expression has, following constants across packages, locals, and functions one call
 * deep.
 */
export function stringValue(repo: Repo, expr: Expr, depth = 0): Value {
  if (depth > deepest) return unknown('the definition goes in a circle');
  const node = withoutParens(expr.node);
  const literal = stringLiteral(node, expr.facts.text);
  if (literal !== undefined) return { kind: 'known', value: literal };
  switch (node.type) {
    case 'identifier':
    case 'selector_expression':
    case 'unary_expression':
      return (
        namedString(repo, exprAt(expr, node), depth) ?? unknown(`${textOf(expr)} is not a constant`)
      );
    case 'binary_expression':
      return (
        joinedString(repo, exprAt(expr, node), depth) ?? unknown(`${excerptOf(expr)} is computed`)
      );
    case 'call_expression':
      return (
        returnedString(repo, exprAt(expr, node), depth) ??
        unknown(`${excerptOf(expr)} is computed at run time`)
      );
  }
  return unknown(`${excerptOf(expr)} is not a constant`);
}

/** The string behind a name. */
function namedString(repo: Repo, expr: Expr, depth: number): Value | undefined {
  const target = resolve(repo, expr, depth + 1);
  if ('why' in target) return { kind: 'unknown', ...target };
  if ('outside' in target) return fromRegistry(target.outside);
  if (target.expr.node === expr.node) return undefined;
  const value = stringValue(repo, target.expr, depth + 1);
  return value.kind === 'known' && target.const ? { ...value, const: target.const } : value;
}

/** `"v" + major`. */
function joinedString(repo: Repo, expr: Expr, depth: number): Value | undefined {
  const [left, right] = [childByField(expr.node, 'left'), childByField(expr.node, 'right')].map(
    side => side && stringValue(repo, exprAt(expr, side), depth + 1),
  );
  return goNode(expr).operator === '+' && left?.kind === 'known' && right?.kind === 'known'
    ? { kind: 'known', value: left.value + right.value }
    : undefined;
}

/** The string that a call gives: a conversion, or a function of the repository. */
function returnedString(repo: Repo, call: Expr, depth: number): Value | undefined {
  const given = callArguments(call.node);
  if (given.length === 1 && isConversion(repo, call))
    return stringValue(repo, exprAt(call, given[0]!), depth + 1);
  const returned = returnedBy(repo, call);
  return returned && stringValue(repo, returned, depth + 1);
}

/** Whether a unary expression only takes an address or what one points to. */
function isAddressing(expr: Expr): boolean {
  const { operator } = goNode(expr);
  return operator === '&' || operator === '*';
}

/** Whether a call converts to a string type: `string(x)`, `PlanName("v2")`. */
function isConversion(repo: Repo, call: Expr): boolean {
  const callee = withoutParens(calleeOf(call.node, call.facts.text)!);
  const name = calleeName(call.node, call.facts.text);
  if (callee.type === 'identifier')
    return name === 'string' || isStringType(repo, dirname(call.facts.path), name);
  if (callee.type !== 'selector_expression') return false;
  const dir = repo.folderOf(call.facts, textOf(exprAt(call, childByField(callee, 'operand')!)));
  return dir !== undefined && isStringType(repo, dir, name);
}

function isStringType(repo: Repo, dir: string, name: string): boolean {
  return repo
    .types(dir, name)
    .some(({ facts, spec }) => facts.text.slice(spec.syntax.start, spec.syntax.end) === 'string');
}

function fromRegistry(constant: string): Value {
  const value = storeConstant(constant)?.value;
  return value === undefined
    ? { kind: 'named', const: constant }
    : { kind: 'known', value, const: constant };
}

/** What an identifier, a `pkg.Name` or a field of a known struct stands for. */
export type Resolved =
  | { readonly expr: Expr; readonly const?: string }
  | { readonly outside: string }
  | Unresolved;

/**
 * Follows a name to the expression that defines it. `const` is `importpath.Ident` where it is one
 * of the repository's own.
 */
export function resolve(repo: Repo, expr: Expr, depth = 0): Resolved {
  if (depth > deepest) return { why: 'the definition goes in a circle' };
  const bare = exprAt(expr, withoutParens(expr.node));
  switch (bare.node.type) {
    case 'unary_expression':
      return resolveAddress(repo, bare, depth);
    case 'identifier':
      return resolveIdentifier(repo, bare, depth);
    case 'selector_expression':
      return resolveSelector(repo, bare, depth);
  }
  return { expr: bare };
}

/** `&name`, `*name`. */
function resolveAddress(repo: Repo, expr: Expr, depth: number): Resolved {
  const operand = childByField(expr.node, 'operand');
  const isName = operand?.type === 'identifier' || operand?.type === 'selector_expression';
  return isName && isAddressing(expr) ? resolve(repo, exprAt(expr, operand), depth + 1) : { expr };
}

function resolveIdentifier(repo: Repo, expr: Expr, depth: number): Resolved {
  const name = textOf(expr);
  const bound = expr.bindings?.get(name);
  if (bound) return resolve(repo, bound, depth + 1);
  const local = localDefinition(expr.node, name, expr.facts.text);
  switch (local) {
    case undefined:
      return packageValue(repo, homeOf(repo, expr, name), name, depth);
    case 'parameter':
      return { why: `${name} is a parameter`, cause: 'parameter' };
    case 'range':
      return { why: `${name} is a loop variable` };
    case 'reassigned':
      return { why: `${name} is set at run time` };
    default:
      return resolve(repo, exprAt(expr, local), depth + 1);
  }
}

/** `pkg.Name`, or a field of a struct that can be read. */
function resolveSelector(repo: Repo, expr: Expr, depth: number): Resolved {
  const field = textOf(exprAt(expr, childByField(expr.node, 'field')!));
  const imported = importedPackage(repo, expr);
  if (imported)
    return imported.dir === undefined
      ? { outside: `${imported.path}.${field}` }
      : packageValue(repo, imported.dir, field, depth);
  const struct = structOf(repo, exprAt(expr, childByField(expr.node, 'operand')!), depth + 1);
  const value = struct && fieldOf(struct, field);
  return value ? resolve(repo, value, depth + 1) : { why: `${textOf(expr)} is not a constant` };
}

/**
 * The folder whose package an unqualified name belongs to: the file's own, or one it imports with a
 * dot.
 */
function homeOf(repo: Repo, expr: Expr, name: string): string {
  const here = dirname(expr.facts.path);
  if (repo.value(here, name)) return here;
  const dotted = importsOf(expr.facts)
    .filter(i => i.alias === '.')
    .map(i => repo.dirOf(i.path, here));
  return dotted.find(dir => dir !== undefined && repo.value(dir, name)) ?? here;
}

function packageValue(repo: Repo, dir: string, name: string, depth: number): Resolved {
  return repo.memoWithDependencies(dir, `value ${name} ${depth}`, () =>
    findPackageValue(repo, dir, name, depth),
  );
}

function findPackageValue(repo: Repo, dir: string, name: string, depth: number): Resolved {
  const [found, ...others] = repo.values(dir, name);
  const constant = `${repo.importPath(dir) ?? dir}.${name}`;
  if (!found) return { why: `${name} is not defined in ${dir || 'the root folder'}` };
  const { facts, spec } = found;
  if (!spec.value) return startValue(repo, dir, found, depth);
  const written = textOf({ facts, node: spec.value });
  if (others.some(o => !o.spec.value || textOf({ facts: o.facts, node: o.spec.value }) !== written))
    return { why: `build tags choose between several values of ${name}` };
  if (!found.constant) {
    if (written === '""') return { why: `${name} is set when the program is linked or run` };
    if (withoutAddressOf(spec.value).type !== 'composite_literal' && isSet(repo, dir, name))
      return { why: `${name} is set at run time` };
  }
  const target = resolve(repo, { facts, node: spec.value }, depth + 1);
  // A constant that only renames another keeps its own name: that is what people write.
  return 'expr' in target ? { expr: target.expr, const: constant } : target;
}

/** Whether a function of the package sets the package's variable. */
function isSet(repo: Repo, dir: string, name: string): boolean {
  return givenTo(repo, dir, name).length > 0;
}

/** The value of a variable that is declared without one, and set once, when the program begins. */
function startValue(repo: Repo, dir: string, { spec }: Definition, depth: number): Resolved {
  const [given, ...others] = givenTo(repo, dir, spec.name);
  if (!given) return { why: `${spec.name} has no value that can be read` };
  const { facts, value } = given;
  if (others.length > 0 || !value || !runsAtStart(given))
    return { why: `${spec.name} is set at run time` };
  if (facts.buildTags !== undefined)
    return { why: `build tags choose between several values of ${spec.name}` };
  return resolve(repo, { facts, node: value }, depth + 1);
}

/** A struct's value: the literal's body and the file it stands in. */
export interface StructValue {
  readonly expr: Expr;
  readonly body: SyntaxNode;
  readonly type: SyntaxNode | undefined;
}

/**
 * The composite literal an expression comes down to: through variables, `&`, constructors one call
 * deep.
 */
export function structOf(repo: Repo, expr: Expr, depth = 0): StructValue | undefined {
  if (depth > deepest) return undefined;
  const node = withoutParens(expr.node);
  if (node.type === 'unary_expression') {
    const operand = childByField(node, 'operand');
    return operand && isAddressing(exprAt(expr, node))
      ? structOf(repo, exprAt(expr, operand), depth + 1)
      : undefined;
  }
  if (node.type === 'literal_value')
    return { expr: exprAt(expr, node), body: node, type: undefined };
  if (node.type === 'composite_literal')
    return {
      expr: exprAt(expr, node),
      body: childByField(node, 'body')!,
      type: childByField(node, 'type'),
    };
  if (node.type === 'call_expression') {
    const returned = returnedBy(repo, exprAt(expr, node));
    return returned ? structOf(repo, returned, depth + 1) : undefined;
  }
  if (node.type === 'identifier' || node.type === 'selector_expression') {
    const target = resolve(repo, exprAt(expr, node), depth + 1);
    return 'expr' in target && target.expr.node !== node
      ? structOf(repo, target.expr, depth + 1)
      : undefined;
  }
  return undefined;
}

/** The value of a keyed field of a struct literal. */
export function fieldOf(struct: StructValue, name: string): Expr | undefined {
  for (const element of struct.body.children) {
    if (element.type !== 'keyed_element') continue;
    const [key, value] = namedChildren(element);
    if (key && value && textOf(exprAt(struct.expr, key)) === name)
      return exprAt(struct.expr, value);
  }
  return undefined;
}

/** The first keyed field of a struct literal whose name is like that. */
export function fieldLike(
  struct: StructValue,
  name: RegExp,
): { name: string; value: Expr } | undefined {
  return fieldsOf(struct).find(field => name.test(field.name));
}

/** The keyed fields of a struct literal, in order. */
export function fieldsOf(struct: StructValue): { name: string; value: Expr }[] {
  return struct.body.children
    .filter(c => c.type === 'keyed_element')
    .flatMap(element => {
      const [key, value] = namedChildren(element);
      return key && value
        ? [{ name: textOf(exprAt(struct.expr, key)), value: exprAt(struct.expr, value) }]
        : [];
    });
}
