import { dirname } from '../../files.ts';
import { goNode } from '../../go/eval/go-node.ts';
import type { Expr } from '../../go/eval/value.ts';
import { calledFunction, exprAt, resolve } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { typeRefOf } from '../../go/source/type-ref.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, descend, namedChildren, withoutParens } from '../../go/syntax/syntax.ts';

/**
 * The function that runs at the upgrade height, and the one that makes it, where it is not given
 * directly.
 */
export interface HandlerFunction {
  readonly facts: FileFacts;
  readonly node: SyntaxNode;
  readonly maker?: SyntaxNode;
}

/**
 * Finds the handler behind an expression: a constructor's call or name, a function literal, a
 * variable.
 */
export function handlerFunction(repo: Repo, expr: Expr): HandlerFunction | undefined {
  const find = () => {
    const fn = functionBehind(repo, expr);
    return fn && handlerIn(fn.facts, fn.node);
  };
  const { facts, node, bindings } = expr;
  // What parameters stand for is told by the caller.
  if (bindings) return find();
  const what = `handler at ${facts.path} ${node.start} ${node.end}`;
  return repo.memoWithDependencies(dirname(facts.path), what, find);
}

/** The handler that a function is, or that it makes and returns. */
export function handlerIn(facts: FileFacts, node: SyntaxNode): HandlerFunction | undefined {
  if (takesPlan(node, facts.text)) return { facts, node };
  for (const statement of namedChildren(childByField(node, 'body'))) {
    if (statement.type !== 'return_statement') continue;
    for (const inner of descend(statement))
      if (inner.type === 'func_literal') return { facts, node: inner, maker: node };
  }
  return undefined;
}

/** The function that an expression names, calls or writes; not what that function makes. */
export function functionBehind(
  repo: Repo,
  expr: Expr,
): { facts: FileFacts; node: SyntaxNode } | undefined {
  const node = withoutParens(expr.node);
  if (node.type === 'func_literal') return { facts: expr.facts, node };
  if (node.type === 'call_expression') {
    const called = calledFunction(repo, exprAt(expr, node));
    return called && { facts: called.facts, node: called.node };
  }
  if (node.type !== 'identifier' && node.type !== 'selector_expression') return undefined;
  // A function's name, in this package or another.
  const { operand, name } = goNode(exprAt(expr, node));
  const dir = repo.folderOf(expr.facts, operand?.text);
  const found = dir === undefined ? undefined : repo.func(dir, name);
  if (found?.func.syntax) return { facts: found.facts, node: found.func.syntax };
  const target = resolve(repo, exprAt(expr, node));
  return 'expr' in target && target.expr.node !== node
    ? functionBehind(repo, target.expr)
    : undefined;
}

/** Whether a function is a handler itself rather than one that makes one. */
function takesPlan(fn: SyntaxNode, text: string): boolean {
  return namedChildren(childByField(fn, 'parameters')).some(
    parameter => typeRefOf(childByField(parameter, 'type'), text)?.name === 'Plan',
  );
}
