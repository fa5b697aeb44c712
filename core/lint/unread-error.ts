import type { Use, Variable } from '../go/eval/uses.ts';
import { isUsedInClosure, usesOf, variableAt } from '../go/eval/uses.ts';
import type { FileFacts } from '../go/source/facts.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import { childByField, enclosing, isFunction, namedChildren } from '../go/syntax/syntax.ts';

/**
 * Whether the last result of a call goes to a local error variable that nothing reads before the
 * function ends or sets it again: `_, err = f()`, and no word of err behind it. False where that is
 * not sure: parameters, named results, closures, and loops that come to it once more.
 */
export function isNeverRead({ text }: FileFacts, call: SyntaxNode): boolean {
  const taken = errorTakenBy(call, text);
  const variable = taken && variableAt(taken.name, text);
  if (!variable || isFunction(variable.scope)) return false;
  const { statement } = taken;
  const uses = usesOf(variable, text);
  if (isUsedInClosure(variable, uses) || isInLoop(statement, variable)) return false;
  const first = uses.find(({ node }) => node.start >= statement.end);
  return !first || (isOverwrite(first, uses) && first.setting?.parent === statement.parent);
}

/** The statement that takes the results of a call, and the variable that its error goes to. */
export function errorTakenBy(
  call: SyntaxNode,
  text: string,
): { readonly statement: SyntaxNode; readonly name: SyntaxNode } | undefined {
  const list = call.parent;
  const statement = list?.type === 'expression_list' ? list.parent : undefined;
  if (!statement || !takers.has(statement.type) || namedChildren(list).length > 1) return undefined;
  const name = namedChildren(childByField(statement, 'left')).at(-1);
  const isError = name?.type === 'identifier' && errorName.test(text.slice(name.start, name.end));
  return isError ? { statement, name } : undefined;
}

const takers = new Set(['short_var_declaration', 'assignment_statement']);
const errorName = /^err([A-Z]\w*|\d*)$|Err(or)?\d*$/;

/** Whether a loop inside of the variable's scope may come to the uses before the statement again. */
function isInLoop(statement: SyntaxNode, { scope }: Variable): boolean {
  const loop = enclosing(statement, 'for_statement');
  return loop !== undefined && loop.start > scope.start;
}

/** Whether a use sets the variable, and its statement does not read it. */
function isOverwrite({ setting }: Use, uses: readonly Use[]): boolean {
  if (!setting) return false;
  const inIt = uses.filter(({ node }) => node.start >= setting.start && node.end <= setting.end);
  return inIt.every(use => use.setting === setting);
}
