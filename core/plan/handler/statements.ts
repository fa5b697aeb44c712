import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callArguments, calleeName, childByField, namedChildren } from '../../go/syntax/syntax.ts';
import { calledOperand, nodeText } from '../go-tree.ts';

// The statements that handlers have around RunMigrations.

/** `sdkCtx := sdk.UnwrapSDKContext(ctx)`. */
export function isUnwrap(statement: SyntaxNode, { text }: FileFacts): boolean {
  const call = declaredValue(statement);
  if (call?.type !== 'call_expression' || calleeName(call, text) !== 'UnwrapSDKContext')
    return false;
  const given = callArguments(call);
  return given.length === 1 && given[0]!.type === 'identifier';
}

/** `logger := ctx.Logger()`, also `ctx.Logger().With("upgrade", name)`. */
export function isLogger(statement: SyntaxNode, { text }: FileFacts): boolean {
  const value = declaredValue(statement);
  const isWith = value?.type === 'call_expression' && calleeName(value, text) === 'With';
  const logger = isWith ? calledOperand(value) : value;
  return logger !== undefined && isLoggerCall(logger, text);
}

/** `if err != nil { … return … }`. */
export function isErrorCheck(statement: SyntaxNode, facts: FileFacts): boolean {
  if (statement.type !== 'if_statement') return false;
  const consequence = childByField(statement, 'consequence');
  return (
    !childByField(statement, 'initializer') &&
    !childByField(statement, 'alternative') &&
    nodeText(facts, childByField(statement, 'condition')) === 'err != nil' &&
    consequence?.children.at(-1)?.type === 'return_statement'
  );
}

/** `ctx.Logger().Info(…)` or `logger.Debug(…)`. */
export function isLogCall(statement: SyntaxNode, facts: FileFacts): boolean {
  const call = statement.type === 'expression_statement' ? statement.children[0] : undefined;
  if (call?.type !== 'call_expression' || !/^(Info|Debug)$/.test(calleeName(call, facts.text)))
    return false;
  const logger = calledOperand(call);
  if (!logger) return false;
  const name = logger.type === 'selector_expression' ? childByField(logger, 'field') : logger;
  return isLoggerCall(logger, facts.text) || nodeText(facts, name) === 'logger';
}

function isLoggerCall(node: SyntaxNode, text: string): boolean {
  if (node.type !== 'call_expression' || calledOperand(node) === undefined) return false;
  return calleeName(node, text) === 'Logger' && callArguments(node).length === 0;
}

/** The value of a statement that declares a single variable by `:=`. */
function declaredValue(statement: SyntaxNode): SyntaxNode | undefined {
  if (statement.type !== 'short_var_declaration') return undefined;
  const names = namedChildren(childByField(statement, 'left'));
  const values = namedChildren(childByField(statement, 'right'));
  return names.length === 1 && values.length === 1 ? values[0] : undefined;
}
