import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callArguments, calleeName, findAll } from '../../go/syntax/syntax.ts';
import { isWithin } from '../go-tree.ts';
import type { HandlerShape } from './handler-shape.ts';
import { migrationCall } from './handler-shape.ts';
import { isErrorCheck, isLogCall, isLogger, isUnwrap } from './statements.ts';

/**
 * Whether a handler does nothing that its upgrade alone needs: it runs the modules' migrations,
 * logs, and returns. Such a handler may serve another upgrade as it is.
 */
export function runsOnlyMigrations(shape: HandlerShape): boolean {
  const { facts, closure } = shape;
  const call = migrationCall(shape);
  const hasMigrations = closure.parameters.list.length > 2;
  if (hasMigrations !== (call !== undefined)) return false;
  return closure.body.children.every(
    statement =>
      statement.type === 'comment' ||
      isErrorCheck(statement, facts) ||
      isUnwrap(statement, facts) ||
      isLogger(statement, facts) ||
      isLogCall(statement, facts) ||
      isRunOrReturn(statement, shape, call?.node),
  );
}

/** The statement that runs migrations, or the last one, without calls that do something else. */
function isRunOrReturn(
  statement: SyntaxNode,
  { facts }: HandlerShape,
  call: SyntaxNode | undefined,
): boolean {
  const isRunning = call !== undefined && isWithin(call, statement);
  if (!isRunning && statement.type !== 'return_statement') return false;
  return findAll(statement, 'call_expression').every(
    inner => inner === call || callArguments(inner).length === 0 || isHarmless(inner, facts.text),
  );
}

/** A call that only makes an error, or unwraps the context. */
function isHarmless(call: SyntaxNode, text: string): boolean {
  return /^(Errorf|Wrapf?|UnwrapSDKContext|WrapSDKContext)$/.test(calleeName(call, text));
}
