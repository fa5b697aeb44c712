import type { Unknown } from '../chain/chain.ts';
import { goNode } from '../go/eval/go-node.ts';
import type { Expr } from '../go/eval/value.ts';
import { calledFunction, exprAt, localDefinition } from '../go/eval/value.ts';
import type { Repo } from '../go/repo/repo.ts';
import { locationOf } from '../go/source/location.ts';
import type { Registration } from '../wiring/style.ts';
import type { AppContext } from './rule.ts';
import { unjudgedFor } from './unread.ts';

/**
 * The registrations of which it is not known what plan they are for, and why: any name may be
 * theirs. Whoever concludes something from a name that nothing registers has to ask for that. Names
 * that are computed at run time are not among them.
 */
export function unreadRegistrations({ repo, wiring }: AppContext): readonly Unknown[] {
  const { registrations, unknown } = wiring;
  const isNamed = (expr: Expr) => registrations.some(({ nameExpr }) => nameExpr === expr);
  const missed = unknown.filter(({ expr }) => !isNamed(expr));
  const nameless = registrations.flatMap(registration => {
    const { name, nameExpr } = registration;
    if (name.kind === 'known' || isComputed(repo, registration)) return [];
    const why = name.kind === 'named' ? `${name.const} is defined elsewhere` : name.why;
    return [{ expr: nameExpr, why }];
  });
  const places = [...missed, ...nameless].map(({ expr, why }) => ({
    location: locationOf(expr.facts, expr.node),
    why,
  }));
  return unjudgedFor('names', places);
}

/** Whether a registration's name is put together at run time: `fmt.Sprintf("v%d", major)`. */
export function isComputed(repo: Repo, { name, nameExpr }: Registration): boolean {
  return name.kind === 'unknown' && isComputation(repo, nameExpr);
}

function isComputation(repo: Repo, expr: Expr): boolean {
  const written = goNode(expr).withoutParens;
  if (written.type === 'binary_expression') return true;
  if (written.type === 'call_expression') return calledFunction(repo, written) === undefined;
  if (written.type !== 'identifier') return false;
  const local = localDefinition(written.node, written.text, written.facts.text);
  return typeof local === 'object' && isComputation(repo, exprAt(written, local));
}
