import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import { findAll } from '../../go/syntax/syntax.ts';
import type { AppSource, Registration, StoreLoading, StyleCode } from '../style.ts';

/**
 * The styles that leave no registration behind: nothing at all, forks at a height, a versioned
 * state machine; and no store loader.
 */
export function silentStyles(
  app: AppSource,
  closure: ReadonlySet<string>,
  registrations: readonly Registration[],
  loadings: readonly StoreLoading[],
): StyleCode[] {
  const codes: StyleCode[] = [];
  if (loadings.length === 0) codes.push(versioned(app) ? 'S10' : 'S0');
  if (registrations.length > 0) return codes;
  if (versioned(app)) return ['R16', ...codes];
  return [forks(app, closure) ? 'R14f' : 'R14', ...codes];
}

/** Module versions by app version instead of plans (celestia-app v2 and v3). */
function versioned(app: AppSource): boolean {
  return app.repo
    .filesOf(app.dir)
    .some(facts => /\bFromVersion\b/.test(facts.text) && /\bToVersion\b/.test(facts.text));
}

/**
 * Code that runs at one height: a switch on, or an equality with, the block height inside the begin
 * blocker's reach.
 */
function forks(app: AppSource, closure: ReadonlySet<string>): boolean {
  const { repo, dir } = app;
  return [...closure]
    .filter(folder => folder === dir || folder.startsWith(`${dir}/`))
    .flatMap(folder => repo.functions(folder))
    .some(({ facts, func }) => func.syntax && forksAtHeight({ facts, node: func.syntax }));
}

function forksAtHeight(fn: Expr): boolean {
  // Few functions speak of a height; the others are not gone through.
  if (!/BlockHeight\(\)|\.Height\b/.test(textOf(fn))) return false;
  const switches = findAll(fn.node, 'expression_switch_statement');
  return (
    switches.some(node => isBlockHeight(goNode(exprAt(fn, node)).field('value'))) ||
    findAll(fn.node, 'binary_expression').some(node => isForkHeight(goNode(exprAt(fn, node))))
  );
}

/** `height == 123`; 0 and 1 are how code tells a chain's start, no fork. */
function isForkHeight(comparison: GoNode): boolean {
  if (comparison.operator !== '==') return false;
  const sides = [comparison.field('left'), comparison.field('right')];
  return sides.some(isBlockHeight) && !sides.some(side => side?.text === '0' || side?.text === '1');
}

/** `ctx.BlockHeight()`, `req.Header.Height`. */
function isBlockHeight(expr: GoNode | undefined): boolean {
  if (expr?.callee) return expr.name === 'BlockHeight' && expr.arguments.length === 0;
  if (expr?.type !== 'selector_expression' || expr.name !== 'Height') return false;
  const { operand } = expr;
  return operand?.callee === undefined && (operand?.name.endsWith('Header') ?? false);
}
