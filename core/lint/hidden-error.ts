import { branchesOf, saysNil } from '../go/eval/conditions.ts';
import { leavesFunction, mayBothRun } from '../go/eval/flow.ts';
import type { Variable } from '../go/eval/uses.ts';
import { usesOf, variableAt } from '../go/eval/uses.ts';
import type { FileFacts } from '../go/source/facts.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import {
  childByField,
  childrenByField,
  enclosing,
  enclosingFunction,
  findAll,
  namedChildren,
} from '../go/syntax/syntax.ts';
import { errorTakenBy } from './unread-error.ts';

/** An error that a function gives back and that is always nil, and the one that hides it. */
export interface HiddenError {
  readonly name: string;
  readonly returned: SyntaxNode;
  /** The call whose error another variable of that name takes. */
  readonly call: SyntaxNode;
}

/**
 * Errors that a function declares, gives back and never sets, because `:=` in an inner block
 * declares another one of that name, with which nothing is done where it is not nil.
 */
export function hiddenErrors(facts: FileFacts, fn: SyntaxNode): HiddenError[] {
  const { text } = facts;
  return findAll(childByField(fn, 'body'), 'short_var_declaration').flatMap(hiding => {
    const [call] = namedChildren(childByField(hiding, 'right'));
    if (call?.type !== 'call_expression' || enclosingFunction(hiding) !== fn) return [];
    const inner = errorTakenBy(call, text)?.name;
    if (!inner || !isDropped(facts, inner)) return [];
    const returned = nilReturn(facts, fn, call, inner);
    return returned ? [{ name: text.slice(inner.start, inner.end), returned, call }] : [];
  });
}

/** Whether an error is only compared with nil, and nothing is done on the way on which it is not. */
function isDropped(facts: FileFacts, name: SyntaxNode): boolean {
  const variable = variableAt(name, facts.text);
  const uses = variable ? usesOf(variable, facts.text).filter(({ node }) => node !== name) : [];
  return uses.length > 0 && uses.every(({ node }) => isIdleCheck(facts, node));
}

function isIdleCheck(facts: FileFacts, use: SyntaxNode): boolean {
  const statement = enclosing(use, 'if_statement');
  const condition = childByField(statement, 'condition');
  if (!statement || condition !== use.parent || condition?.type !== 'binary_expression')
    return false;
  const failing = branchesOf({ facts, node: statement }).find(branch =>
    branch.facts.some(fact => saysNil(fact, ({ node }) => node === use) === false),
  );
  if (!failing?.body) return failing !== undefined;
  const calls = findAll(failing.body, 'call_expression');
  return calls.length === 0 && !leavesFunction(failing.body, facts.text);
}

/** The return behind a call that gives back an outer error of the same name, which is never set. */
function nilReturn(
  { text }: FileFacts,
  fn: SyntaxNode,
  call: SyntaxNode,
  inner: SyntaxNode,
): SyntaxNode | undefined {
  const hiding = variableAt(inner, text);
  return findAll(childByField(fn, 'body'), 'return_statement').find(statement => {
    if (statement.start < call.end || enclosingFunction(statement) !== fn) return false;
    const last = namedChildren(namedChildren(statement)[0]).at(-1);
    const outer = last?.type === 'identifier' ? variableAt(last, text) : undefined;
    return (
      outer !== undefined &&
      outer.name === hiding?.name &&
      outer.scope !== hiding.scope &&
      isNeverSet(outer, fn, text) &&
      mayBothRun(call, statement, text)
    );
  });
}

/** Whether a function declares a variable itself, without a value, and never sets or lends it. */
function isNeverSet(variable: Variable, fn: SyntaxNode, text: string): boolean {
  const { scope, name } = variable;
  const isOwn = scope === fn ? isResult(fn, name, text) : enclosingFunction(scope) === fn;
  return (
    isOwn &&
    usesOf(variable, text).every(({ node, setting }) => {
      const isDeclaration =
        setting?.type === 'var_spec' && childByField(setting, 'value') === undefined;
      return isDeclaration || (!setting && node.parent?.type !== 'unary_expression');
    })
  );
}

/** Whether a function has a named result of that name, which begins as nil. */
function isResult(fn: SyntaxNode, name: string, text: string): boolean {
  return namedChildren(childByField(fn, 'result')).some(one =>
    childrenByField(one, 'name').some(({ start, end }) => text.slice(start, end) === name),
  );
}
