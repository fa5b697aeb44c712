import { goNode } from '../../go/eval/go-node.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt } from '../../go/eval/value.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, findAll, namedChildren } from '../../go/syntax/syntax.ts';
import type { Site } from '../style.ts';
import { isNameOfPlan } from './plan-name-conditions.ts';

/** Whether the cases of a switch fill a variable, or one on the plan's name has none yet. */
export function isFilledByCases({ call, fn }: Site, variable: string): boolean {
  const { text } = call.facts;
  return findAll(fn, 'expression_switch_statement').some(statement => {
    const cases = casesOf(statement);
    return cases.length === 0
      ? switchesOnName(exprAt(call, statement))
      : cases.some(one => assigns(one, variable, text));
  });
}

/** The cases of a switch, its default left out. */
export function casesOf(statement: SyntaxNode): SyntaxNode[] {
  return statement.children.filter(child => child.type === 'expression_case');
}

/** `switch plan.Name`. */
export function switchesOnName(statement: Expr): boolean {
  return isNameOfPlan(goNode(statement).field('value'));
}

function assigns(node: SyntaxNode, variable: string, text: string): boolean {
  return findAll(node, 'assignment_statement').some(statement => {
    const left = namedChildren(childByField(statement, 'left'))[0];
    return left !== undefined && text.slice(left.start, left.end) === variable;
  });
}
