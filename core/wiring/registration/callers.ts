import type { Expr } from '../../go/eval/value.ts';
import { bind, exprAt, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callsOf, parameterNames, withoutAddressOf } from '../../go/syntax/syntax.ts';
import type { Site } from '../style.ts';

/** A call of a function of the app's package. */
export interface Caller {
  /** The call, with what the parameters in it stand for. */
  readonly expr: Expr;
  /** The same; where that only hands parameters on, the call that gives them. */
  readonly place: Expr;
  /** The function in which that stands. */
  readonly fn: SyntaxNode;
  readonly func: Site['func'];
}

const deepest = 3;

/** A call and the function it stands in. */
type CallSite = Pick<Site, 'call' | 'dir' | 'fn' | 'func'>;

/**
 * The calls, in the same package, of the function a site stands in. Where a call hands its own
 * function's parameters on for the wanted ones, it is there once for each call of that function.
 */
export function callersOfFunction(
  repo: Repo,
  site: CallSite,
  wanted: readonly string[],
  depth = 0,
): Caller[] {
  return directCallers(repo, site).flatMap(caller => {
    const { expr, fn, func } = caller;
    const handedOn = depth < deepest ? parametersIn(caller, site, wanted) : [];
    if (handedOn.length === 0) return [caller];
    const around = { call: expr, dir: site.dir, fn, func };
    const outer = callersOfFunction(repo, around, handedOn, depth + 1);
    if (outer.length === 0) return [caller];
    return outer.map(one => ({
      ...one,
      expr: { ...expr, bindings: bind(one.expr, { node: fn }, expr.facts.text) },
    }));
  });
}

function directCallers(repo: Repo, { dir, func: { name } }: CallSite): Caller[] {
  return repo
    .filesOf(dir)
    .filter(({ text }) => text.includes(name))
    .flatMap(facts =>
      facts.funcs.flatMap(func =>
        callsOf(func.syntax, facts.text, name).map(node => {
          const expr = { facts, node };
          return { expr, place: expr, fn: func.syntax!, func };
        }),
      ),
    );
}

/** The parameters of a caller's function that it gives for the wanted ones as they are. */
function parametersIn(
  { expr, fn }: Caller,
  { fn: called, call }: CallSite,
  wanted: readonly string[],
): string[] {
  const own = parameterNames(fn, expr.facts.text);
  return [...bind(expr, { node: called }, call.facts.text)]
    .filter(([name]) => wanted.includes(name))
    .map(([, given]) => textOf(exprAt(given, withoutAddressOf(given.node))))
    .filter(name => own.includes(name));
}
