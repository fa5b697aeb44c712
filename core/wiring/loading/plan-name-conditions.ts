import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { parameterType } from '../../go/eval/scope.ts';
import type { Expr, Value } from '../../go/eval/value.ts';
import { exprAt, localDefinition, stringValue, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { typeRefOf } from '../../go/source/type-ref.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childrenByField, descend } from '../../go/syntax/syntax.ts';

/** The values that a condition compares a plan's name with; boolean locals are followed. */
export function comparedNames(repo: Repo, condition: Expr): Value[] {
  const found: Value[] = [];
  for (const node of descend(condition.node)) {
    if (node.type === 'identifier') found.push(...comparedByLocal(repo, condition, node));
    if (node.type === 'binary_expression') {
      const value = comparedWith(exprAt(condition, node));
      if (value) found.push(stringValue(repo, value));
    }
  }
  return found;
}

/** The same behind a local such as `isV2 := plan.Name == "v2"`. */
function comparedByLocal(repo: Repo, condition: Expr, name: SyntaxNode): Value[] {
  if (name.field === 'field') return [];
  const local = localDefinition(name, textOf(exprAt(condition, name)), condition.facts.text);
  const isComparison =
    typeof local === 'object' && local.type === 'binary_expression' && local !== condition.node;
  return isComparison ? comparedNames(repo, exprAt(condition, local)) : [];
}

/** What a comparison compares a plan's name with, where it does. */
function comparedWith(comparison: Expr): Expr | undefined {
  if (goNode(comparison).operator !== '==') return undefined;
  const { node } = comparison;
  const sides = [...childrenByField(node, 'left'), ...childrenByField(node, 'right')].map(side =>
    goNode(exprAt(comparison, side)),
  );
  const name = sides.find(side => isNameOfPlan(side) && seemsPlan(side));
  return name && sides.find(side => side !== name);
}

/** `x.Name`, `x.GetName()`. */
export function isNameOfPlan(expr: GoNode | undefined): boolean {
  if (expr?.type === 'selector_expression') return expr.name === 'Name';
  return expr?.callee?.type === 'selector_expression' && expr.name === 'GetName';
}

/** Whether what has that name is a plan: by what it is called, or by its type. */
export function seemsPlan(name: GoNode): boolean {
  return /info|plan|upgrade|^ui\b/i.test(name.text) || isOfPlan(name);
}

/** Whether that is the name of a parameter whose type says it is a plan. */
export function isOfPlan(name: GoNode): boolean {
  const owner = (name.callee ?? name).operand;
  if (owner?.type !== 'identifier') return false;
  const { text } = name.facts;
  return typeRefOf(parameterType(owner.node, owner.text, text), text)?.name === 'Plan';
}
