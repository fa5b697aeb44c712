import type { SyntaxNode } from '../../syntax/syntax.ts';
import {
  childByField,
  descend,
  findAll,
  namedChildren,
  withoutParens,
} from '../../syntax/syntax.ts';
import type { Expr } from '../expr.ts';
import { exprAt, textOf } from '../expr.ts';

/** What an assignment changes: a variable, a field of it, or a part that is not told apart. */
export interface AssignmentTarget {
  readonly name: string;
  readonly field: string | undefined;
  readonly isPart: boolean;
}

/** The variable behind `x`, `*x`, `x.Field`, `x[i]`; undefined for what hangs on no variable. */
export function targetOf(written: Expr): AssignmentTarget | undefined {
  const node = withoutParens(written.node);
  const here = exprAt(written, node);
  if (node.type === 'identifier') return { name: textOf(here), field: undefined, isPart: false };
  const operand = childByField(node, 'operand');
  const inner = operand && targetOf(exprAt(written, operand));
  if (!inner) return undefined;
  if (node.type === 'unary_expression') return inner;
  const isField = node.type === 'selector_expression' && !inner.isPart && !inner.field;
  return isField
    ? { ...inner, field: textOf(exprAt(written, childByField(node, 'field')!)) }
    : { ...inner, isPart: true };
}

/** The variables that statements somewhere below a node may change. */
export function changedIn(below: Expr): Set<string> {
  const found = new Set<string>();
  const add = (node: SyntaxNode) => {
    const target = targetOf(exprAt(below, node));
    if (target) found.add(target.name);
  };
  for (const node of descend(below.node)) {
    if (node.type === 'assignment_statement')
      for (const left of namedChildren(childByField(node, 'left'))) add(left);
    if (node.type === 'inc_statement' || node.type === 'dec_statement')
      for (const changed of namedChildren(node)) add(changed);
    const given = addressGiven(exprAt(below, node));
    if (given !== undefined) found.add(given);
  }
  return found;
}

/** The variable whose address `&x` hands to a call. */
function addressGiven({ facts, node }: Expr): string | undefined {
  if (node.type !== 'unary_expression' || node.parent?.type !== 'argument_list') return undefined;
  const operand = childByField(node, 'operand');
  const isAddress = facts.text[node.start] === '&';
  return isAddress && operand?.type === 'identifier'
    ? facts.text.slice(operand.start, operand.end)
    : undefined;
}

/** Whether a function sets what a pointer points to: `*p = …`, `p.Field = …`; not `p = …`. */
export function isSetThrough(fn: Expr, pointer: string): boolean {
  return findAll(fn.node, 'assignment_statement').some(statement =>
    namedChildren(childByField(statement, 'left')).some(
      left => left.type !== 'identifier' && targetOf(exprAt(fn, left))?.name === pointer,
    ),
  );
}
