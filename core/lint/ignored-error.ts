import type { Use, Variable } from '../go/eval/uses.ts';
import { isUsedInClosure, localDeclaration, usesOf, variableAt } from '../go/eval/uses.ts';
import type { FileFacts } from '../go/source/facts.ts';
import { once } from '../go/syntax/once.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import {
  childByField,
  enclosing,
  findAll,
  isFunction,
  namedChildren,
  outermostFunction,
} from '../go/syntax/syntax.ts';

/**
 * Whether the last result of a call goes to a local error variable that nothing reads before the
 * function ends or sets it again: `_, err = f()`, and no word of err behind it. False where that is
 * not sure: parameters, named results, closures, pointers to it, `goto`, and loops that come to it
 * once more.
 */
export function isNeverRead({ text }: FileFacts, call: SyntaxNode): boolean {
  const taken = takenBy(call, text);
  const variable = taken && variableAt(taken.name, text);
  if (!variable || isFunction(variable.scope)) return false;
  const { statement } = taken;
  const uses = usesOf(variable, text);
  if (isReadElsewhere(variable, uses) || isInLoop(statement, variable)) return false;
  const next = firstBehind(uses, statement.end);
  const isNextSet = next && isOverwrite(next, uses) && next.setting?.parent === statement.parent;
  return (!next || isNextSet === true) && !jumps(statement);
}

/** The variable that the last result of a call goes to, where that is an error by its name. */
export function errorTakenBy({ text }: FileFacts, call: SyntaxNode): SyntaxNode | undefined {
  return takenBy(call, text)?.name;
}

/** Whether `goto` may lead to other statements than those that follow in the source. */
function jumps(node: SyntaxNode): boolean {
  const root = outermostFunction(node) ?? node;
  return once(jumping, root, () => findAll(root, 'goto_statement').length > 0);
}

const jumping = new WeakMap<SyntaxNode, boolean>();

/** The statement that takes the results of a call, and the name that its error goes to. */
function takenBy(
  call: SyntaxNode,
  text: string,
): { readonly statement: SyntaxNode; readonly name: SyntaxNode } | undefined {
  const list = call.parent;
  const statement = list?.type === 'expression_list' ? list.parent : undefined;
  if (!statement || !takers.has(statement.type) || namedChildren(list).length > 1) return undefined;
  const name = namedChildren(childByField(statement, 'left')).at(-1);
  return name && isError(name, text) ? { statement, name } : undefined;
}

const takers = new Set(['short_var_declaration', 'assignment_statement']);

/** Whether a variable is an error, as it is declared, else by its name. */
function isError(name: SyntaxNode, text: string): boolean {
  if (name.type !== 'identifier') return false;
  const variable = variableAt(name, text);
  const type = variable && localDeclaration(variable, text)?.type;
  if (type) return text.slice(type.start, type.end) === 'error';
  const written = text.slice(name.start, name.end);
  return errorName.test(written) && !otherName.test(written);
}

const errorName = /^err([A-Z]\w*|\d*)$|Err(or)?\d*$/;
/** `isErr`, `hasError`, `maxErr`, `errCount`: no errors, but what is to be said of them. */
const otherName =
  /^(is|has|had|was|did|can|may|should|no|any|num|max|min|total)[A-Z]|(Count|Code|Msg|Message|Text|String|Log)s?$/;

/** Whether a closure or a pointer may read a variable wherever that is not named. */
function isReadElsewhere(variable: Variable, uses: readonly Use[]): boolean {
  return once(readElsewhere, uses, () => isUsedInClosure(variable, uses) || uses.some(isLent));
}

const readElsewhere = new WeakMap<readonly Use[], boolean>();

/** `&err`. */
function isLent({ node: { parent } }: Use): boolean {
  return parent?.type === 'unary_expression' && childByField(parent, 'operator')?.type === '&';
}

/** Whether a loop inside of the variable's scope may come to the uses before the statement again. */
function isInLoop(statement: SyntaxNode, { scope }: Variable): boolean {
  const loop = enclosing(statement, 'for_statement');
  return loop !== undefined && loop.start > scope.start;
}

/** The first use that begins at an offset or behind it. A variable may have a thousand. */
function firstBehind(uses: readonly Use[], offset: number): Use | undefined {
  let low = 0;
  let high = uses.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (uses[middle]!.node.start < offset) low = middle + 1;
    else high = middle;
  }
  return uses[low];
}

/** Whether a use sets the variable, and its statement does not read it. */
function isOverwrite({ setting }: Use, uses: readonly Use[]): boolean {
  if (!setting) return false;
  const first = firstBehind(uses, setting.start);
  for (let i = first ? uses.indexOf(first) : uses.length; i < uses.length; i++) {
    const use = uses[i]!;
    if (use.node.start >= setting.end) break;
    if (use.setting !== setting) return false;
  }
  return true;
}
