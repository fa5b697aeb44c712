import { branchesOf, saysNil } from '../go/eval/conditions.ts';
import { mayBothRun } from '../go/eval/flow.ts';
import type { Use, Variable } from '../go/eval/uses.ts';
import { usesOf, variableAt } from '../go/eval/uses.ts';
import type { FileFacts } from '../go/source/facts.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import {
  childByField,
  childrenByField,
  enclosing,
  enclosingFunction,
  findAll,
  isFunction,
  namedChildren,
  returnsOf,
} from '../go/syntax/syntax.ts';
import { errorTakenBy } from './ignored-error.ts';

/** An error that a function gives back and that is always nil, and the one that shadows it. */
export interface ShadowedError {
  readonly name: string;
  readonly returned: SyntaxNode;
  /** The call whose error another variable of that name takes. */
  readonly call: SyntaxNode;
}

/** A return of an error that is never set, and the variable. */
interface NilReturn {
  readonly statement: SyntaxNode;
  readonly outer: Variable;
}

/**
 * Errors that a function gives back and never sets, because `:=` in an inner block declares another
 * one of that name, which nothing handles. An error is handled where anything is done on the way on
 * which it is not nil: a call, a return, an assignment, `continue`, or a comment that says why
 * nothing is. Not by `break` alone: the error is what ends the loop. Where only `err == nil` is asked
 * a failure may be meant to be passed over: that is told where the function has no other use for the
 * error that it gives back, as it declares it itself and names no result so.
 */
export function shadowedErrors(facts: FileFacts, fn: SyntaxNode): ShadowedError[] {
  const nilReturns = nilReturnsOf(fn, facts.text);
  if (nilReturns.length === 0) return [];
  const names = new Set(nilReturns.map(({ outer }) => outer.name));
  const told = new Set<SyntaxNode>();
  return findAll(childByField(fn, 'body'), 'short_var_declaration').flatMap(shadowing => {
    const [node, ...others] = namedChildren(childByField(shadowing, 'right'));
    const isOne = node?.type === 'call_expression' && others.length === 0;
    if (!isOne || enclosingFunction(shadowing) !== fn) return [];
    const inner = errorTakenBy(facts, node);
    const variable = inner && variableAt(inner, facts.text);
    if (!variable || !names.has(variable.name)) return [];
    const found = nilReturns.find(
      ({ statement, outer }) =>
        statement.start >= node.end &&
        outer.name === variable.name &&
        mayBothRun(node, statement, facts.text),
    );
    if (!found || told.has(found.statement) || !isDropped(facts, inner, found)) return [];
    told.add(found.statement);
    return [{ name: variable.name, returned: found.statement, call: node }];
  });
}

/** The returns of errors that a function declares and never sets, in the order of the source. */
function nilReturnsOf(fn: SyntaxNode, text: string): NilReturn[] {
  const known = new Map<readonly Use[], boolean>();
  return returnsOf(fn).flatMap(statement => {
    const last = namedChildren(namedChildren(statement)[0]).at(-1);
    const outer = last?.type === 'identifier' ? variableAt(last, text) : undefined;
    if (!outer) return [];
    const uses = usesOf(outer, text);
    const isNil = known.get(uses) ?? isNeverSet(outer, uses, fn);
    known.set(uses, isNil);
    return isNil ? [{ statement, outer }] : [];
  });
}

/** Whether a function declares a variable itself, without a value, and never sets or lends it. */
function isNeverSet({ scope }: Variable, uses: readonly Use[], fn: SyntaxNode): boolean {
  const isOwn = isFunction(scope) ? isResult(scope, fn, uses) : enclosingFunction(scope) === fn;
  return (
    isOwn &&
    uses.every(({ node, setting }) => {
      const isDeclaration =
        setting?.type === 'var_spec' && childByField(setting, 'value') === undefined;
      return isDeclaration || (!setting && node.parent?.type !== 'unary_expression');
    })
  );
}

/** Whether a variable is a named result of a function, which begins as nil. */
function isResult(scope: SyntaxNode, fn: SyntaxNode, uses: readonly Use[]): boolean {
  const results = namedChildren(childByField(fn, 'result')).flatMap(one =>
    childrenByField(one, 'name'),
  );
  return scope === fn && uses.some(({ node }) => results.includes(node));
}

/** Whether an error is only compared with nil, and nothing handles it where it is not. */
function isDropped(facts: FileFacts, name: SyntaxNode, { outer }: NilReturn): boolean {
  const variable = variableAt(name, facts.text);
  const uses = variable ? usesOf(variable, facts.text).filter(({ node }) => node !== name) : [];
  const ways = uses.map(({ node }) => failingWay(facts, node));
  const maySkip = isFunction(outer.scope);
  return (
    uses.length > 0 &&
    ways.every(way => (way === 'onward' ? !maySkip : way !== undefined && doesNothing(way)))
  );
}

/**
 * What is run where an error that a condition compares with nil is not nil; `onward` where that is
 * nothing but what follows. Undefined for other uses.
 */
function failingWay(facts: FileFacts, use: SyntaxNode): SyntaxNode | 'onward' | undefined {
  const statement = enclosing(use, 'if_statement');
  const condition = childByField(statement, 'condition');
  if (!statement || condition !== use.parent || condition?.type !== 'binary_expression')
    return undefined;
  const failing = branchesOf({ facts, node: statement }).find(branch =>
    branch.facts.some(fact => saysNil(fact, ({ node }) => node === use) === false),
  );
  return failing && (failing.body ?? 'onward');
}

/** Whether a block is empty, without a comment, or only leaves a loop. */
function doesNothing({ children }: SyntaxNode): boolean {
  return children.every(({ type }) => type === 'break_statement');
}
