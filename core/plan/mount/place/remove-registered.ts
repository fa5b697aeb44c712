import { appFolders, callsIn } from '../../../chain/app/app-code.ts';
import { storeName } from '../../../chain/app/upgrades.ts';
import { statementAround } from '../../../go/edit/repairs.ts';
import type { GoNode } from '../../../go/eval/go-node.ts';
import { goNode } from '../../../go/eval/go-node.ts';
import type { Expr } from '../../../go/eval/value.ts';
import { exprAt, stringValue, textOf } from '../../../go/eval/value.ts';
import type { SyntaxNode } from '../../../go/syntax/syntax.ts';
import { callArguments, descend, enclosingFunction } from '../../../go/syntax/syntax.ts';
import { Refusal } from '../../../refusal.ts';
import type { Removal } from '../removal.ts';
import { isGone, isOfModule, sourceLine, take } from '../removal.ts';
import { statementLines } from './construction.ts';
import { listAround } from './neighbour.ts';

/**
 * Takes an argument out of a call such as `RegisterModules(…)`; the whole statement with it where it
 * is the only one, and nothing else happens there.
 */
export function takeArgument(removal: Removal, expr: Expr): void {
  const call = expr.node.parent?.parent;
  const isAlone = call?.type === 'call_expression' && callArguments(call).length === 1;
  const statement = isAlone ? statementAround(call) : undefined;
  if (!call || !statement || !isOnly(exprAt(expr, statement), call)) take(removal, expr);
  else takeStatement(removal, exprAt(expr, statement));
}

function takeStatement({ statements, gone }: Removal, { facts, node }: Expr): void {
  const lines = statementLines(facts, node);
  statements.push(lines);
  gone.push(lines);
}

/** Whether a statement is only that call: `f(…)`, or `if err := f(…); err != nil { … }`. */
function isOnly(statement: Expr, call: SyntaxNode): boolean {
  if (statement.node.type === 'expression_statement')
    return statement.node.start === call.start && statement.node.end === call.end;
  if (statement.node.type !== 'if_statement') return false;
  const parts = goNode(statement);
  const given = parts.field('initializer')?.field('right');
  const condition = parts.field('condition')?.text ?? '';
  return (
    given?.node.start === call.start &&
    given.node.end === call.end &&
    /^\w+ != nil$/.test(condition) &&
    !parts.field('alternative')
  );
}

const makers = ['NewKVStoreKey', 'NewTransientStoreKey', 'NewMemoryStoreKey', 'NewObjectStoreKey'];

/**
 * Takes the module's keys out that are made one by one: among the arguments of `RegisterStores`, or
 * in a variable that is given to it. To be called when the keeper's construction is among what goes.
 */
export function removeSingleKeys(removal: Removal): void {
  const { repo, app, module, gone } = removal;
  const folders = appFolders(repo, app.dir);
  for (const { call } of callsIn(repo, folders, makers)) {
    const [given] = goNode(call).arguments;
    if (!given || !isOfModule(module, storeName(stringValue(repo, given)).const)) continue;
    if (isGone(gone, call.facts.path, call.node.start)) continue;
    if (listAround(call)) takeArgument(removal, call);
    else removeVariable(removal, call);
  }
}

/** `key := NewKVStoreKey(…)`, with its uses. */
function removeVariable(removal: Removal, call: Expr): void {
  const statement = goNode(exprAt(call, statementAround(call.node)));
  const names = statement.type === 'short_var_declaration' ? statement.field('left')?.children : [];
  const fn = enclosingFunction(call.node);
  const [name] = names ?? [];
  if (!name || names?.length !== 1 || !fn)
    throw new Refusal('this key is not in a variable of its own; take it out by hand', {
      ...sourceLine(call),
    });
  takeStatement(removal, statement);
  for (const use of usesOf(exprAt(call, fn), name)) {
    if (isGone(removal.gone, use.facts.path, use.node.start)) continue;
    const around = use.node.parent?.parent;
    const isRegistered =
      around?.type === 'call_expression' &&
      goNode(exprAt(use, around)).callee?.name === 'RegisterStores';
    if (!isRegistered)
      throw new Refusal(`the key ${name.text} is used here too; take that out first`, {
        ...sourceLine(use),
      });
    takeArgument(removal, use);
  }
}

function usesOf(fn: Expr, name: GoNode): Expr[] {
  return [...descend(fn.node)]
    .filter(({ type }) => type === 'identifier')
    .map(node => exprAt(fn, node))
    .filter(use => textOf(use) === name.text && use.node.start !== name.node.start);
}
