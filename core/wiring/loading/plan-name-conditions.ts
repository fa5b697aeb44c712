import { parameterType } from '../../go/eval/scope.ts';
import type { Expr, Value } from '../../go/eval/value.ts';
import { exprAt, localDefinition, stringValue, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, childrenByField, descend } from '../../go/syntax/syntax.ts';

/** The values that a condition compares a plan's name with; boolean locals are followed. */
export function comparedNames(repo: Repo, condition: Expr): Value[] {
  const { facts } = condition;
  const found: Value[] = [];
  for (const node of descend(condition.node)) {
    if (node.type === 'identifier' && node.field !== 'field') {
      const local = localDefinition(node, textOf(exprAt(condition, node)), facts.text);
      if (
        local &&
        typeof local === 'object' &&
        local.type === 'binary_expression' &&
        local !== condition.node
      )
        found.push(...comparedNames(repo, exprAt(condition, local)));
    }
    if (
      node.type !== 'binary_expression' ||
      !node.children.some(c => c.field === 'operator' && facts.text.slice(c.start, c.end) === '==')
    )
      continue;
    const sides = [...childrenByField(node, 'left'), ...childrenByField(node, 'right')];
    const name = sides.find(
      s =>
        /\.(Name|GetName\(\))$/.test(textOf(exprAt(condition, s))) &&
        (/info|plan|upgrade|^ui\b/i.test(textOf(exprAt(condition, s))) || ofPlan(s, facts.text)),
    );
    const value = sides.find(s => s !== name);
    if (name && value) found.push(stringValue(repo, exprAt(condition, value)));
  }
  return found;
}

/** Whether that is the name of a parameter whose type says it is a plan. */
function ofPlan(name: SyntaxNode, text: string): boolean {
  const owner = childByField(
    name.type === 'call_expression' ? childByField(name, 'function') : name,
    'operand',
  );
  const type =
    owner?.type === 'identifier'
      ? parameterType(owner, text.slice(owner.start, owner.end), text)
      : undefined;
  return type !== undefined && /(^|\.)Plan$/.test(text.slice(type.start, type.end));
}
