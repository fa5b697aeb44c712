import { childByField, findAll } from '../../go/syntax/syntax.ts';
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
  for (const dir of closure) {
    if (dir !== app.dir && !dir.startsWith(`${app.dir}/`)) continue;
    for (const { facts, func } of app.repo.functions(dir)) {
      if (
        !func.syntax ||
        !/BlockHeight\(\)|\.Height\b/.test(facts.text.slice(func.start, func.end))
      )
        continue;
      const height = (n: { start: number; end: number } | undefined) =>
        n !== undefined &&
        /(^|[^t])BlockHeight\(\)$|Header\.Height$/.test(facts.text.slice(n.start, n.end));
      if (
        findAll(func.syntax, 'expression_switch_statement').some(s =>
          height(childByField(s, 'value')),
        )
      )
        return true;
      for (const comparison of findAll(func.syntax, 'binary_expression')) {
        const operator = childByField(comparison, 'operator');
        if (!operator || facts.text.slice(operator.start, operator.end) !== '==') continue;
        // Height 0 and 1 are how code tells a chain's start, no fork.
        const sides = [childByField(comparison, 'left'), childByField(comparison, 'right')];
        if (
          sides.some(height) &&
          !sides.some(s => s && /^[01]$/.test(facts.text.slice(s.start, s.end)))
        )
          return true;
      }
    }
  }
  return false;
}
