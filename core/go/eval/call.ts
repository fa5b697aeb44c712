import { dirname } from '../../files.ts';
import type { Repo } from '../repo/repo.ts';
import type { FileFacts } from '../source/facts.ts';
import { returnedValue } from '../syntax/results.ts';
import type { SyntaxNode } from '../syntax/syntax.ts';
import {
  callArguments,
  calleeOf,
  childByField,
  childrenByField,
  namedChildren,
  withoutAddressOf,
  withoutParens,
} from '../syntax/syntax.ts';
import type { Expr } from './expr.ts';
import { exprAt, textOf } from './expr.ts';
import { goNode } from './go-node.ts';
import { importedPackage } from './imported.ts';
import { localDefinition } from './scope.ts';
import { embeddedIn, isInterface, typeOf } from './types.ts';

/** A function of the repository: its declaration, or the literal a local holds. */
export interface CalledFunction {
  readonly facts: FileFacts;
  readonly node: SyntaxNode;
  readonly dir: string;
}

/**
 * The function a call calls, where it is one of the repository's own and the only one it could be.
 */
export function calledFunction(repo: Repo, call: Expr): CalledFunction | undefined {
  // What parameters stand for is told by the caller.
  if (call.bindings) return findCalled(repo, call);
  const { path } = call.facts;
  const { start, end } = call.node;
  return repo.memoWithDependencies(dirname(path), `called in ${path} ${start} ${end}`, () =>
    findCalled(repo, call),
  );
}

function findCalled(repo: Repo, call: Expr): CalledFunction | undefined {
  const written = calleeOf(call.node, call.facts.text);
  if (!written) return undefined;
  const callee = withoutParens(written);
  const here = dirname(call.facts.path);
  const text = call.facts.text;
  if (callee.type === 'func_literal') return { facts: call.facts, node: callee, dir: here };
  if (callee.type === 'identifier') {
    const name = textOf(exprAt(call, callee));
    const local = localDefinition(callee, name, text);
    if (local)
      return typeof local === 'object' && local.type === 'func_literal'
        ? { facts: call.facts, node: local, dir: here }
        : undefined;
    return onlyOne(repo, here, name);
  }
  if (callee.type !== 'selector_expression') return undefined;
  const operand = childByField(callee, 'operand')!;
  const name = textOf(exprAt(call, childByField(callee, 'field')!));
  const imported = importedPackage(repo, exprAt(call, callee));
  if (!imported) return methodOf(repo, here, exprAt(call, operand), name);
  return imported.dir === undefined ? undefined : onlyOne(repo, imported.dir, name);
}

/** The function that a name or a method value stands for: `app.run` is looked up as its call is. */
export function functionNamed(repo: Repo, expr: Expr): CalledFunction | undefined {
  const { node } = expr;
  const called: SyntaxNode = {
    ...node,
    type: 'call_expression',
    children: [{ ...node, field: 'function' }],
  };
  return calledFunction(repo, exprAt(expr, called));
}

/** The package's function of that name; none where build tags choose between several. */
function onlyOne(
  repo: Repo,
  dir: string,
  name: string,
  receiver?: (type: string) => boolean,
): CalledFunction | undefined {
  const found = repo
    .functions(dir, name)
    .filter(({ func }) =>
      receiver ? !!func.receiver && receiver(func.receiver.type) : !func.receiver,
    );
  const only = found.length === 1 ? found[0]! : undefined;
  return only?.func.syntax ? { facts: only.facts, node: only.func.syntax, dir } : undefined;
}

/**
 * The method of the operand's type where declarations tell it, else the package's only method of
 * that name.
 */
function methodOf(
  repo: Repo,
  dir: string,
  operand: Expr,
  name: string,
): CalledFunction | undefined {
  const made = concreteType(repo, operand);
  if (made) return onlyOne(repo, made.dir, name, t => t === made.name);
  const type = typeOf(repo, operand);
  if (type === 'elsewhere') return undefined;
  if (!type || isInterface(repo, dir, type.name)) return onlyOne(repo, dir, name, () => true);
  for (let types = [type.name], depth = 0; types.length > 0 && depth < 4; depth++) {
    const found = onlyOne(repo, dir, name, t => types.includes(t));
    if (found) return found;
    types = types.flatMap(t => embeddedIn(repo, dir, t));
  }
  return undefined;
}

/**
 * The type of what a parameter was called with, where that is made by a literal or by a constructor
 * of the repository.
 */
function concreteType(
  repo: Repo,
  expr: Expr,
  depth = 0,
): { readonly dir: string; readonly name: string } | undefined {
  const node = withoutAddressOf(expr.node);
  if (depth > 4) return undefined;
  if (node.type === 'identifier') {
    const bound = expr.bindings?.get(textOf(exprAt(expr, node)));
    return bound && concreteType(repo, bound, depth + 1);
  }
  // Only what stands behind a parameter is looked for here; `typeOf` knows the rest.
  if (node.type === 'call_expression' && depth > 0) {
    const returned = returnedBy(repo, exprAt(expr, node));
    return returned && concreteType(repo, returned, depth + 1);
  }
  if (node.type !== 'composite_literal') return undefined;
  const type = childByField(node, 'type');
  if (depth === 0 && type?.type !== 'qualified_type') return undefined;
  // A generic type is not followed.
  if (type?.type !== 'type_identifier' && type?.type !== 'qualified_type') return undefined;
  const { qualifier, name } = goNode(exprAt(expr, type));
  const dir = repo.folderOf(expr.facts, qualifier);
  return dir === undefined ? undefined : { dir, name };
}

/**
 * What each parameter of a function was called with; a variadic one stands for many and is left
 * out.
 */
export function bind(call: Expr, fn: { node: SyntaxNode }, fnText: string): Map<string, Expr> {
  const names = namedChildren(childByField(fn.node, 'parameters')).flatMap(p =>
    childrenByField(p, 'name').map(n =>
      p.type === 'variadic_parameter_declaration' ? '_' : fnText.slice(n.start, n.end),
    ),
  );
  const given = callArguments(call.node);
  return new Map(
    names.flatMap((name, i) =>
      given[i] && name !== '_' ? [[name, exprAt(call, given[i]!)] as const] : [],
    ),
  );
}

/**
 * What a call gives back first, where the function is the repository's own and has a single return
 * that can be read.
 */
export function returnedBy(repo: Repo, call: Expr): Expr | undefined {
  const fn = calledFunction(repo, call);
  if (!fn) return undefined;
  const node = returnedValue(fn.node, fn.facts.text);
  return node && { facts: fn.facts, node, bindings: bind(call, fn, fn.facts.text) };
}
