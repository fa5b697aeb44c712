import { goNode } from '../../go/eval/go-node.ts';
import { literalListType } from '../../go/eval/list-type.ts';
import { listItems } from '../../go/eval/lists.ts';
import { bound } from '../../go/eval/run/bound.ts';
import type { Environment, Held } from '../../go/eval/run/environment.ts';
import type { Effort, Machine, Round } from '../../go/eval/run/machine.ts';
import type { Reduced } from '../../go/eval/run/reduce.ts';
import { reduce } from '../../go/eval/run/reduce.ts';
import type { Expr, Value } from '../../go/eval/value.ts';
import { calledFunction, exprAt } from '../../go/eval/value.ts';
import { typeNameOf } from '../../go/repo/named-type.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { resultTypes } from '../../go/syntax/results.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  calleeName,
  callsOf,
  childByField,
  childrenByField,
  namedChildren,
  withoutParens,
} from '../../go/syntax/syntax.ts';
import { nameValue } from '../name-value.ts';
import { isNameOfThePlan } from './plan-name.ts';

/** The plan that is on disk in a run: one of a name, or any of which the code says no name. */
export type PlanOnDisk = Value | 'other';

/** What makes the SDK's store loader of stores; `StoreLoaderWithUpgrade` in 0.39. */
const loaderMakers = new Set(['UpgradeStoreLoader', 'StoreLoaderWithUpgrade']);

/** Whether a call makes the SDK's loader of the stores that are its last argument. */
export function makesLoader({ facts, node }: Expr): boolean {
  return node.type === 'call_expression' && loaderMakers.has(calleeName(node, facts.text));
}

/**
 * Which argument of a call are the stores, where a function of the repository makes a loader of its
 * own of them.
 */
export function storesParameter(repo: Repo, call: Expr): number | undefined {
  if (call.node.type !== 'call_expression') return undefined;
  const fn = calledFunction(repo, call);
  const results = resultTypes(fn?.node);
  if (!fn || results.length === 0 || results.some(type => isOfStores(repo, fn, type)))
    return undefined;
  if (callsOf(fn.node, fn.facts.text, ...loaderMakers).length > 0) return undefined;
  const types = namedChildren(childByField(fn.node, 'parameters')).flatMap(parameter =>
    childrenByField(parameter, 'name').map(() => childByField(parameter, 'type')),
  );
  const index = types.findIndex(type => type && isOfStores(repo, fn, type));
  return index < 0 ? undefined : index;
}

function isOfStores(repo: Repo, { facts }: Expr, type: SyntaxNode): boolean {
  return typeNameOf(repo, facts, facts.text.slice(type.start, type.end)) === 'StoreUpgrades';
}

/** Whether two names are one: the same string, or the same constant. */
export function isSameName(a: Value, b: Value): boolean {
  return nameKey(a) === nameKey(b);
}

/** What tells names apart. */
export function nameKey(value: Value): string {
  switch (value.kind) {
    case 'known':
      return `known ${value.value}`;
    case 'named':
      return `named ${value.const}`;
    case 'unknown':
      return `unknown ${value.why}`;
  }
}

const most = 4000;

/** A name as it was read where it is written; a free one hangs on no variable. */
interface NameRead {
  readonly bindings: Expr['bindings'];
  readonly env: Environment;
  readonly name: Value;
  readonly isFree: boolean;
}

/** NamesRead that runs of the same code read alike, by where they are written. */
export type NamesRead = Map<SyntaxNode, NameRead>;

/** Runs of code while one plan is on disk. Notes the names that the plan's is compared with. */
export class PlanRun implements Machine {
  readonly repo: Repo;
  readonly effort: Effort = { left: most, within: new Set() };
  readonly compared = new Map<string, Value>();
  /** Whether the run has come to something that depends on the plan. */
  isPlanAsked = false;
  private readonly plan: PlanOnDisk;
  private readonly names: NamesRead;

  constructor(repo: Repo, plan: PlanOnDisk, names: NamesRead = new Map()) {
    this.repo = repo;
    this.plan = plan;
    this.names = names;
  }

  isTrue(condition: Expr, env: Environment): boolean | undefined {
    const node = withoutParens(condition.node);
    const here = goNode(exprAt(condition, node));
    const [left, right] = [here.field('left'), here.field('right')];
    switch (here.operator) {
      case '!':
        return not(here.operand && this.isTrue(here.operand, env));
      case '&&':
        return this.areBoth(left!, right!, env, true);
      case '||':
        return not(this.areBoth(left!, right!, env, false));
      case '==':
        return this.isEqual(left!, right!, env);
      case '!=':
        return not(this.isEqual(left!, right!, env));
    }
    return agreed(reduce(this, here, env).map(one => this.truthOf(one, here.node)));
  }

  /** Whether both sides are true; with `isTrue` false, whether both are false. */
  private areBoth(left: Expr, right: Expr, env: Environment, isTrue: boolean): boolean | undefined {
    const sides = [left, right].map(side => {
      const holds = this.isTrue(side, env);
      return isTrue ? holds : not(holds);
    });
    if (sides.includes(false)) return false;
    return sides.includes(undefined) ? undefined : true;
  }

  private truthOf(value: Reduced, from: SyntaxNode): boolean | undefined {
    if (value.kind === 'truth') return value.value;
    if (value.kind === 'nothing') return false;
    const isOther = value.kind === 'expr' && value.expr.node !== from;
    return isOther && /^(unary|binary)_expression$/.test(value.expr.node.type)
      ? this.isTrue(value.expr, value.env)
      : undefined;
  }

  isEqual(left: Expr, right: Expr, env: Environment): boolean | undefined {
    if (right.node.type === 'nil') return this.isNil(left, env);
    if (left.node.type === 'nil') return this.isNil(right, env);
    const a = this.nameOf(left, env);
    const b = this.nameOf(right, env);
    if (a.kind === 'unknown' && isNameOfThePlan(this, left, env)) return this.isPlan(b);
    if (b.kind === 'unknown' && isNameOfThePlan(this, right, env)) return this.isPlan(a);
    return a.kind === 'known' && b.kind === 'known' ? a.value === b.value : undefined;
  }

  /** A name; a switch asks for its own once for each case. */
  private nameOf(expr: Expr, env: Environment): Value {
    const before = this.names.get(expr.node);
    if (before?.env === env && before.bindings === expr.bindings) return before.name;
    const here = bound(expr, env);
    const isFree = here.bindings === undefined;
    const name = before?.isFree && isFree ? before.name : nameValue(this.repo, here);
    this.names.set(expr.node, { bindings: expr.bindings, env, name, isFree });
    return name;
  }

  private isPlan(name: Value): boolean {
    this.isPlanAsked = true;
    if (name.kind !== 'known' || name.value !== '') this.compared.set(nameKey(name), name);
    return this.plan !== 'other' && isSameName(this.plan, name);
  }

  private isNil(expr: Expr, env: Environment): boolean | undefined {
    return agreed(reduce(this, expr, env).map(isNothing));
  }

  roundsOf(list: Expr, env: Environment): readonly Round[] | undefined {
    const [only, ...others] = reduce(this, list, env);
    if (!only || others.length > 0) return undefined;
    if (only.kind === 'nothing') return [];
    if (only.kind !== 'expr') return undefined;
    if (only.expr.node.type === 'composite_literal')
      return roundsOfLiteral(this.repo, only.expr, only.env);
    const items = listItems(this.repo, bound(only.expr, only.env));
    if (items.some(({ why }) => why !== undefined)) return undefined;
    return items.map(({ expr }) => roundOf(list, held(expr, only.env)));
  }

  isFinal(call: Expr): boolean {
    return makesLoader(call) || storesParameter(this.repo, call) !== undefined;
  }
}

function roundsOfLiteral(repo: Repo, literal: Expr, env: Environment): Round[] | undefined {
  const kind = literalListType(repo, literal)?.kind;
  const elements = namedChildren(childByField(literal.node, 'body'));
  if (kind === undefined) return undefined;
  if (kind === 'map')
    return elements.map(entry => {
      const [key, value] = namedChildren(entry);
      return { key: held(exprAt(literal, key!), env), value: held(exprAt(literal, value!), env) };
    });
  if (elements.some(element => element.type === 'keyed_element')) return undefined;
  return elements.map(element => roundOf(literal, held(exprAt(literal, element), env)));
}

function held(expr: Expr, env: Environment): Held {
  return { kind: 'value', expr, env, result: 0 };
}

function roundOf(at: Expr, value: Held): Round {
  return { key: { kind: 'unknown', at, why: 'it is an index' }, value };
}

function not(holds: boolean | undefined): boolean | undefined {
  return holds === undefined ? undefined : !holds;
}

/** What all say; undefined where they differ. */
function agreed(answers: readonly (boolean | undefined)[]): boolean | undefined {
  const [first] = answers;
  return answers.every(answer => answer === first) ? first : undefined;
}

function isNothing(value: Reduced): boolean | undefined {
  if (value.kind === 'nothing') return true;
  if (value.kind === 'changed') return false;
  const isMade =
    value.kind === 'expr' && /^(composite_literal|func_literal)$/.test(value.expr.node.type);
  return isMade ? false : undefined;
}
