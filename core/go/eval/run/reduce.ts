import { dirname } from '../../../files.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import {
  callArguments,
  childByField,
  childrenByField,
  namedChildren,
  withoutParens,
} from '../../syntax/syntax.ts';
import type { CalledFunction } from '../call.ts';
import { bind, calledFunction } from '../call.ts';
import type { Expr } from '../expr.ts';
import { excerptOf, exprAt, textOf } from '../expr.ts';
import type { Given } from '../given.ts';
import { givenTo, runsAtStart } from '../given.ts';
import { importedPackage } from '../imported.ts';
import { literalListType } from '../list-type.ts';
import { localDefinition } from '../scope.ts';
import { fieldOf, structOf } from '../value.ts';
import { bound } from './bound.ts';
import type { Held } from './environment.ts';
import { Environment } from './environment.ts';
import type { Machine } from './machine.ts';
import { runBody, startWith } from './statements.ts';

/** What an expression comes down to, where nothing further can be followed. */
export type Reduced =
  /** A literal, a call of code that is not here, a condition. */
  | { readonly kind: 'expr'; readonly expr: Expr; readonly env: Environment }
  /** `nil`, or a variable that was never given a value. */
  | { readonly kind: 'nothing'; readonly expr: Expr; readonly type?: Expr | undefined }
  | { readonly kind: 'truth'; readonly value: boolean }
  /** A struct, one field of which was set afterwards. */
  | {
      readonly kind: 'changed';
      readonly before: Reduced;
      readonly field: string;
      readonly to: Held;
      readonly at: Expr;
    }
  | { readonly kind: 'unknown'; readonly expr: Expr; readonly why: string };

const deepest = 24;
/** More values than that are not told apart. */
const mostValues = 64;

/** All that an expression may come down to at a point of a run. */
export function reduce(
  machine: Machine,
  expr: Expr,
  env: Environment,
  result = 0,
  depth = 0,
): Reduced[] {
  const node = withoutParens(expr.node);
  const here = exprAt(expr, node);
  if (depth > deepest || machine.effort.left-- <= 0)
    return [unknown(here, `${excerptOf(here)} cannot be followed that far`)];
  const found = distinct(new Reduction(machine, env, result, depth).of(here));
  return found.length > mostValues
    ? [unknown(here, `${excerptOf(here)} may have too many values`)]
    : found;
}

/** The same of what a variable holds. */
export function reduceHeld(machine: Machine, held: Held, depth = 0): Reduced[] {
  switch (held.kind) {
    case 'value':
      return reduce(machine, held.expr, held.env, held.result, depth + 1);
    case 'zero':
      return [{ kind: 'nothing', expr: held.at, type: held.type }];
    case 'either':
      return distinct(held.of.flatMap(one => reduceHeld(machine, one, depth + 1)));
    case 'changed':
      return reduceHeld(machine, held.before, depth + 1).map(before =>
        before.kind === 'unknown' ? before : { ...held, kind: 'changed', before },
      );
    case 'filled':
      return reduceFilled(machine, held, depth);
    case 'unknown':
      return [unknown(held.at, held.why)];
  }
}

const unknown = (expr: Expr, why: string): Reduced => ({ kind: 'unknown', expr, why });

/** One reduction: of an expression, where it stands. */
class Reduction {
  private readonly machine: Machine;
  private readonly env: Environment;
  private readonly result: number;
  private readonly depth: number;

  constructor(machine: Machine, env: Environment, result: number, depth: number) {
    this.machine = machine;
    this.env = env;
    this.result = result;
    this.depth = depth;
  }

  of(expr: Expr): Reduced[] {
    const { node } = expr;
    switch (node.type) {
      case 'nil':
        return [{ kind: 'nothing', expr }];
      case 'true':
      case 'false':
        return [{ kind: 'truth', value: node.type === 'true' }];
      case 'unary_expression':
        return this.address(expr);
      case 'identifier':
        return this.identifier(expr);
      case 'selector_expression':
        return this.selector(expr);
      case 'call_expression':
        return this.call(expr);
      case 'index_expression':
        return this.entry(expr);
      case 'type_assertion_expression':
        return this.on(expr, childByField(node, 'operand'));
    }
    return [this.final(expr)];
  }

  private final(expr: Expr): Reduced {
    return { kind: 'expr', expr, env: this.env };
  }

  private on(expr: Expr, node: SyntaxNode | undefined): Reduced[] {
    if (!node) return [this.final(expr)];
    return reduce(this.machine, exprAt(expr, node), this.env, this.result, this.depth + 1);
  }

  /** `&x` and `*x`: a pointer is taken for what it points to. */
  private address(expr: Expr): Reduced[] {
    const isAddress = /^[&*]/.test(textOf(expr));
    return isAddress ? this.on(expr, childByField(expr.node, 'operand')) : [this.final(expr)];
  }

  private identifier(expr: Expr): Reduced[] {
    const name = textOf(expr);
    const held = this.env.get(name);
    if (held) return reduceHeld(this.machine, held, this.depth);
    const given = expr.bindings?.get(name);
    if (given) return reduce(this.machine, given, Environment.empty, this.result, this.depth + 1);
    const local = localDefinition(expr.node, name, expr.facts.text);
    if (local && typeof local === 'object')
      return reduce(this.machine, exprAt(expr, local), this.env, 0, this.depth + 1);
    if (local) return [unknown(expr, `${name} is not known here`)];
    return this.packageVariable(expr, dirname(expr.facts.path), name);
  }

  private selector(expr: Expr): Reduced[] {
    const { node } = expr;
    const field = textOf(exprAt(expr, childByField(node, 'field')!));
    const operand = exprAt(expr, childByField(node, 'operand')!);
    const isLocal = operand.node.type === 'identifier' && this.env.get(textOf(operand));
    const imported = isLocal ? undefined : importedPackage(this.machine.repo, expr);
    if (imported)
      return imported.dir === undefined
        ? [this.final(expr)]
        : this.packageVariable(expr, imported.dir, field);
    return reduce(this.machine, operand, this.env, 0, this.depth + 1).flatMap(owner =>
      this.field(expr, owner, field),
    );
  }

  private field(expr: Expr, owner: Reduced, field: string): Reduced[] {
    const notRead = () => unknown(expr, `${excerptOf(expr)} cannot be followed`);
    if (owner.kind === 'changed')
      return owner.field === field
        ? reduceHeld(this.machine, owner.to, this.depth)
        : this.field(expr, owner.before, field);
    if (owner.kind === 'nothing') return [{ kind: 'nothing', expr }];
    if (owner.kind !== 'expr') return [notRead()];
    const struct = structOf(this.machine.repo, bound(owner.expr, owner.env));
    const value = struct && fieldOf(struct, field);
    if (value) return reduce(this.machine, value, owner.env, 0, this.depth + 1);
    return [struct?.type ? { kind: 'nothing', expr } : notRead()];
  }

  private packageVariable(expr: Expr, dir: string, name: string): Reduced[] {
    const { repo } = this.machine;
    const [found, ...others] = repo.values(dir, name);
    if (!found) return [this.final(expr)];
    const { facts, spec } = found;
    if (others.length > 0)
      return [unknown(expr, `build tags choose between several values of ${name}`)];
    const given = found.constant ? [] : givenTo(repo, dir, name);
    if (given.length > 0) return this.givenVariable(expr, name, given, spec.value !== undefined);
    const type = spec.type && { facts, node: spec.type };
    if (!spec.value) return [{ kind: 'nothing', expr, type }];
    const value = { facts, node: spec.value };
    return reduce(this.machine, value, Environment.empty, 0, this.depth + 1);
  }

  /** A variable that functions set: its value where one that runs at the start is the only one. */
  private givenVariable(
    expr: Expr,
    name: string,
    [given, ...others]: readonly Given[],
    isDeclaredWith: boolean,
  ): Reduced[] {
    const { facts, value } = given!;
    const isOnly = others.length === 0 && !isDeclaredWith && facts.buildTags === undefined;
    if (!isOnly || !value || !runsAtStart(given!))
      return [unknown(expr, `${name} is set at run time`)];
    return reduce(this.machine, { facts, node: value }, Environment.empty, 0, this.depth + 1);
  }

  private call(expr: Expr): Reduced[] {
    const fn = this.machine.isFinal(expr) ? undefined : this.called(expr);
    if (!fn) return [this.final(expr)];
    const found = this.returned(expr, fn);
    return found.length > 0 ? found : [unknown(expr, `${excerptOf(expr)} returns nothing`)];
  }

  /** The function that a call calls, also one that a variable holds. */
  private called(call: Expr): CalledFunction | undefined {
    return calledFunction(this.machine.repo, bound(call, this.env));
  }

  private returned(call: Expr, fn: CalledFunction): Reduced[] {
    const body = childByField(fn.node, 'body');
    if (!body) return [unknown(call, `${excerptOf(call)} cannot be followed`)];
    const bindings = bind(call, fn, fn.facts.text);
    const start = startOf(call, fn, this.env);
    const { effort } = this.machine;
    if (effort.within.has(fn.node)) return [unknown(call, `${excerptOf(call)} calls itself`)];
    effort.within.add(fn.node);
    const { leaves } = runBody(
      this.machine,
      { facts: fn.facts, node: body, bindings },
      startWith(start),
    );
    effort.within.delete(fn.node);
    return leaves.flatMap(({ statement, env }) => {
      const values = namedChildren(namedChildren(statement.node)[0]);
      if (values.length === 0) return this.namedResult(call, fn, env);
      const isSpread = values.length === 1;
      const value = values[isSpread ? 0 : this.result];
      if (!value) return unknown(call, `${excerptOf(call)} cannot be followed`);
      const result = isSpread ? this.result : 0;
      return reduce(this.machine, exprAt(statement, value), env, result, this.depth + 1);
    });
  }

  /** What a `return` without values gives back. */
  private namedResult(call: Expr, fn: CalledFunction, env: Environment): Reduced[] {
    const name = resultNames(fn)[this.result];
    const held = name === undefined ? undefined : env.get(name);
    return held
      ? reduceHeld(this.machine, held, this.depth)
      : [unknown(call, `${excerptOf(call)} cannot be followed`)];
  }

  /** `m[key]`: the entries whose key it may be. */
  private entry(expr: Expr): Reduced[] {
    const [operand, key] = ['operand', 'index'].map(field => childByField(expr.node, field));
    const notRead = unknown(expr, `${excerptOf(expr)} cannot be followed`);
    if (!operand || !key) return [notRead];
    return reduce(this.machine, exprAt(expr, operand), this.env, 0, this.depth + 1).flatMap(map =>
      map.kind === 'expr' ? this.entryOf(expr, map, exprAt(expr, key)) : notRead,
    );
  }

  private entryOf(
    expr: Expr,
    { expr: map, env }: Extract<Reduced, { kind: 'expr' }>,
    wanted: Expr,
  ): Reduced[] {
    const notRead = unknown(expr, `${excerptOf(expr)} cannot be followed`);
    if (literalListType(this.machine.repo, map)?.kind !== 'map') return [notRead];
    const found: Reduced[] = [];
    for (const entry of namedChildren(childByField(map.node, 'body'))) {
      const [key, value] = namedChildren(entry);
      if (!key || !value) return [notRead];
      const isIt = this.machine.isEqual(bound(wanted, this.env), exprAt(map, key), env);
      if (isIt === undefined) return [notRead];
      if (!isIt) continue;
      if (this.result === 1) return [{ kind: 'truth', value: true }];
      found.push(...reduce(this.machine, exprAt(map, value), env, 0, this.depth + 1));
    }
    if (found.length > 0) return found;
    return [this.result === 1 ? { kind: 'truth', value: false } : { kind: 'nothing', expr }];
  }
}

/** The variables at the start of a function that is called. */
function startOf(call: Expr, { facts, node }: CalledFunction, env: Environment): Environment {
  // A closure sees the variables around it.
  let start = node.type === 'func_literal' && call.facts === facts ? env : Environment.empty;
  const declare = (names: readonly SyntaxNode[], held: (i: number) => Held | undefined) => {
    for (const [i, name] of names.entries()) {
      const given = held(i);
      if (given) start = start.declare(textOf({ facts, node: name }), given);
    }
  };
  const parts = (list: string) => namedChildren(childByField(node, list));
  const namesOf = (list: string) => parts(list).flatMap(part => childrenByField(part, 'name'));
  const value = (expr: Expr): Held => ({ kind: 'value', expr, env, result: 0 });
  const operand = childByField(childByField(call.node, 'function'), 'operand');
  declare(namesOf('receiver'), () => operand && value(exprAt(call, operand)));
  const given = callArguments(call.node);
  const isVariadic = parts('parameters').some(
    ({ type }) => type === 'variadic_parameter_declaration',
  );
  const names = namesOf('parameters');
  declare(names, i => {
    if (isVariadic && i === names.length - 1)
      return { kind: 'unknown', at: call, why: `${excerptOf(call)} is given a list` };
    return given[i] && value(exprAt(call, given[i]));
  });
  for (const part of parts('result')) {
    const type = childByField(part, 'type');
    declare(childrenByField(part, 'name'), () => ({
      kind: 'zero',
      at: { facts, node: part },
      type: type && { facts, node: type },
    }));
  }
  return start;
}

function resultNames({ facts, node }: CalledFunction): string[] {
  return namedChildren(childByField(node, 'result')).flatMap(part =>
    childrenByField(part, 'name').map(name => textOf({ facts, node: name })),
  );
}

/** What a function leaves in what it was given. */
function reduceFilled(
  machine: Machine,
  { before, call, argument, env }: Extract<Held, { kind: 'filled' }>,
  depth: number,
): Reduced[] {
  const notRead = [unknown(call, `${excerptOf(call)} fills it`)];
  const fn = calledFunction(machine.repo, bound(call, env));
  const body = fn && childByField(fn.node, 'body');
  const parameter = fn && parameterAt(fn, argument);
  if (!body || parameter === undefined || depth > deepest) return notRead;
  if (isRebound({ facts: fn.facts, node: body }, parameter)) return notRead;
  const bindings = bind(call, fn, fn.facts.text);
  if (machine.effort.within.has(fn.node)) return notRead;
  machine.effort.within.add(fn.node);
  const start = startOf(call, fn, env).declare(parameter, before);
  const ran = runBody(machine, { facts: fn.facts, node: body, bindings }, startWith(start));
  machine.effort.within.delete(fn.node);
  const ends = ran.leaves.map(leave => leave.env);
  if (ran.end) ends.push(ran.end);
  return distinct(
    ends.flatMap(end => {
      const held = end.get(parameter);
      return held ? reduceHeld(machine, held, depth + 1) : notRead;
    }),
  );
}

function parameterAt({ facts, node }: CalledFunction, index: number): string | undefined {
  const names = namedChildren(childByField(node, 'parameters')).flatMap(part =>
    childrenByField(part, 'name'),
  );
  const name = names[index];
  return name && textOf({ facts, node: name });
}

/** Whether a pointer is pointed elsewhere: `p = …`, not `*p = …` or `p.Field = …`. */
function isRebound(body: Expr, name: string): boolean {
  return new RegExp(`(^|[^\\w.*])${name}\\s*(,[^=\\n]*)?(=[^=])`, 'm').test(textOf(body));
}

function distinct(found: readonly Reduced[]): Reduced[] {
  return found.filter((one, i) => !found.slice(0, i).some(other => isSame(one, other)));
}

/** Whether two are the same: where they are written, and what their variables hold. */
function isSame(one: Reduced, other: Reduced): boolean {
  if (one.kind === 'nothing') return other.kind === 'nothing';
  if (one.kind === 'truth') return other.kind === 'truth' && one.value === other.value;
  if (one.kind === 'unknown') return other.kind === 'unknown' && one.why === other.why;
  if (one.kind === 'expr')
    return other.kind === 'expr' && one.expr.node === other.expr.node && one.env === other.env;
  return (
    other.kind === 'changed' &&
    one.at.node === other.at.node &&
    one.to === other.to &&
    isSame(one.before, other.before)
  );
}
