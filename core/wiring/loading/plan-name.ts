import { goNode } from '../../go/eval/go-node.ts';
import type { Environment } from '../../go/eval/run/environment.ts';
import type { Machine } from '../../go/eval/run/machine.ts';
import { parameterType } from '../../go/eval/scope.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, localDefinition } from '../../go/eval/value.ts';
import { typeRefOf } from '../../go/source/type-ref.ts';
import { withoutParens } from '../../go/syntax/syntax.ts';
import { isNameOfPlan, seemsPlan } from './plan-name-conditions.ts';

const deepest = 8;

/** Whether an expression is the name of the plan on disk, also behind variables. */
export function isNameOfThePlan(
  machine: Machine,
  expr: Expr,
  env: Environment,
  depth = 0,
): boolean {
  const here = goNode(exprAt(expr, withoutParens(expr.node)));
  if (depth > deepest) return false;
  if (here.type === 'identifier') return isHeldName(machine, here, env, depth);
  if (isNameOfPlan(here)) return seemsPlan(here) || isReadFromDisk(here, env);
  const [given] = here.arguments;
  const isSpelling = /^(string|strings\.TrimSpace)$/.test(here.callee?.text ?? '');
  return isSpelling && given !== undefined && isNameOfThePlan(machine, given, env, depth + 1);
}

/** A variable, or a parameter, that holds the name. */
function isHeldName(machine: Machine, expr: Expr, env: Environment, depth: number): boolean {
  const { text: name, facts } = goNode(expr);
  const held = env.get(name);
  if (held)
    return (
      held.kind === 'value' &&
      held.result === 0 &&
      isNameOfThePlan(machine, held.expr, held.env, depth + 1)
    );
  const given = expr.bindings?.get(name);
  if (given) return isNameOfThePlan(machine, given, env, depth + 1);
  const local = localDefinition(expr.node, name, facts.text);
  if (local && typeof local === 'object')
    return isNameOfThePlan(machine, exprAt(expr, local), env, depth + 1);
  if (local !== 'parameter' || !/name|plan|upgrade/i.test(name)) return false;
  return typeRefOf(parameterType(expr.node, name, facts.text), facts.text)?.name === 'string';
}

/** `disk.Name`, where `disk, err := keeper.ReadUpgradeInfoFromDisk()`. */
function isReadFromDisk(name: Expr, env: Environment): boolean {
  const { callee } = goNode(name);
  const owner = (callee ?? goNode(name)).operand;
  const held = owner?.type === 'identifier' ? env.get(owner.text) : undefined;
  return held?.kind === 'value' && goNode(held.expr).name === 'ReadUpgradeInfoFromDisk';
}
