import type { SyntaxNode } from '../../syntax/syntax.ts';
import {
  callArguments,
  childByField,
  childrenByField,
  findAll,
  namedChildren,
  parameterNames,
  withoutParens,
} from '../../syntax/syntax.ts';
import { calledFunction } from '../call.ts';
import type { Expr } from '../expr.ts';
import { exprAt, textOf } from '../expr.ts';
import { changedIn, isSetThrough, targetOf } from './assigned.ts';
import type { Environment, Held } from './environment.ts';
import type { Machine } from './machine.ts';

/** The variables behind a statement that only assigns, declares or calls. */
export function effectOf(machine: Machine, statement: Expr, env: Environment): Environment {
  const { node } = statement;
  const before = filledBy(machine, statement, env);
  switch (node.type) {
    case 'short_var_declaration':
      return declared(statement, listed(node, 'left'), listed(node, 'right'), { env, before });
    case 'var_declaration':
    case 'const_declaration':
      return findSpecs(node).reduce(
        (at, spec) => declaredBySpec(exprAt(statement, spec), at, env),
        before,
      );
    case 'assignment_statement':
      return assigned(statement, { env, before });
    case 'inc_statement':
    case 'dec_statement':
      return unknownAfter(statement, before);
  }
  return before;
}

const listed = (node: SyntaxNode, field: string) => namedChildren(childByField(node, field));

function findSpecs(declaration: SyntaxNode): SyntaxNode[] {
  return declaration.children
    .flatMap(child => (child.type === 'var_spec_list' ? child.children : [child]))
    .filter(({ type }) => type === 'var_spec' || type === 'const_spec');
}

function declaredBySpec(spec: Expr, before: Environment, env: Environment): Environment {
  const names = childrenByField(spec.node, 'name');
  const values = listed(spec.node, 'value');
  if (values.length > 0) return declared(spec, names, values, { env, before });
  const type = childByField(spec.node, 'type');
  return names.reduce(
    (at, name) =>
      at.declare(textOf(exprAt(spec, name)), {
        kind: 'zero',
        at: spec,
        type: type && exprAt(spec, type),
      }),
    before,
  );
}

/** The value that the `i`th of several names gets. */
function valueFor(
  at: Expr,
  count: number,
  values: readonly SyntaxNode[],
  i: number,
  env: Environment,
): Held {
  const own = values.length === count ? values[i] : values[0];
  if (!own) return { kind: 'unknown', at, why: 'a value is missing' };
  return {
    kind: 'value',
    expr: exprAt(at, withoutParens(own)),
    env,
    result: values.length === count ? 0 : i,
  };
}

/** The variables that values are taken from, and those that are changed: calls fill some between. */
interface Assigning {
  readonly env: Environment;
  readonly before: Environment;
}

function declared(
  at: Expr,
  names: readonly SyntaxNode[],
  values: readonly SyntaxNode[],
  { env, before }: Assigning,
): Environment {
  return names.reduce((after, name, i) => {
    const text = textOf(exprAt(at, name));
    return text === '_' ? after : after.declare(text, valueFor(at, names.length, values, i, env));
  }, before);
}

function assigned(statement: Expr, { env, before }: Assigning): Environment {
  const { node, facts } = statement;
  const operator = childByField(node, 'operator');
  if (operator && facts.text.slice(operator.start, operator.end) !== '=')
    return unknownAfter(statement, before);
  const targets = listed(node, 'left');
  const values = listed(node, 'right');
  return targets.reduce((after, written, i) => {
    const target = targetOf(exprAt(statement, written));
    if (!target) return after;
    const value = valueFor(statement, targets.length, values, i, env);
    if (target.isPart)
      return after.assign(target.name, {
        kind: 'unknown',
        at: statement,
        why: `a part of ${target.name} is set`,
      });
    if (target.field === undefined) return after.assign(target.name, value);
    return ownersOf(target.name, after).reduce(
      (changed, name) =>
        changed.assign(name, {
          kind: 'changed',
          before: changed.get(name) ?? { kind: 'unknown', at: statement, why: `${name} is set` },
          field: target.field!,
          to: value,
          at: statement,
        }),
      after,
    );
  }, before);
}

/** A variable, and the one that it points to: `p := &x`. */
function ownersOf(name: string, env: Environment): string[] {
  const held = env.get(name);
  const node = held?.kind === 'value' ? held.expr.node : undefined;
  const operand = node?.type === 'unary_expression' ? childByField(node, 'operand') : undefined;
  if (held?.kind !== 'value' || operand?.type !== 'identifier') return [name];
  return [name, textOf(exprAt(held.expr, operand))];
}

function unknownAfter(statement: Expr, env: Environment): Environment {
  let after = env;
  for (const name of changedIn(statement))
    after = after.assign(name, {
      kind: 'unknown',
      at: statement,
      why: `${name} is computed`,
    });
  return after;
}

/** What calls and closures in a statement may do to variables that they are given. */
function filledBy(machine: Machine, statement: Expr, env: Environment): Environment {
  let after = setInClosures(statement, env);
  for (const node of findAll(statement.node, 'call_expression')) {
    const call = exprAt(statement, node);
    const given = callArguments(node).map(argument => filledName(exprAt(statement, argument)));
    if (!given.some(name => name && after.get(name.text)) || machine.isFinal(call)) continue;
    for (const [argument, name] of given.entries()) {
      const before = name && after.get(name.text);
      if (!before || !mayFill(machine, call, argument, name.isAddress)) continue;
      after = after.assign(name.text, { kind: 'filled', before, call, argument, env: after });
    }
  }
  return after;
}

function setInClosures(statement: Expr, env: Environment): Environment {
  let after = env;
  for (const closure of findAll(statement.node, 'func_literal'))
    for (const name of changedIn(exprAt(statement, closure)))
      if (after.get(name))
        after = after.assign(name, {
          kind: 'unknown',
          at: statement,
          why: `${name} is set in a closure`,
        });
  return after;
}

/**
 * Whether a call may change what one of its arguments points to: a function of the repository that
 * sets it or hands it on. What another's function does, only an address tells.
 */
function mayFill(machine: Machine, call: Expr, argument: number, isAddress: boolean): boolean {
  const fn = calledFunction(machine.repo, call);
  if (!fn) return isAddress;
  const parameter = parameterNames(fn.node, fn.facts.text)[argument];
  if (parameter === undefined) return isAddress;
  const isHandedOn = findAll(fn.node, 'argument_list').some(list =>
    namedChildren(list).some(given => textOf({ facts: fn.facts, node: given }) === parameter),
  );
  return isHandedOn || isSetThrough(fn, parameter);
}

/** The variable in `f(x)` and `f(&x)`. */
function filledName(given: Expr): { text: string; isAddress: boolean } | undefined {
  const { node } = given;
  if (node.type === 'identifier') return { text: textOf(given), isAddress: false };
  const operand = node.type === 'unary_expression' ? childByField(node, 'operand') : undefined;
  return operand?.type === 'identifier' && textOf(given).startsWith('&')
    ? { text: textOf(exprAt(given, operand)), isAddress: true }
    : undefined;
}
