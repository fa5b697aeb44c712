import type { Expr } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callsOf } from '../../go/syntax/syntax.ts';
import type { Site } from '../style.ts';

/** The calls, in the same package, of the function a site stands in. */
export function callersOfFunction(
  repo: Repo,
  site: Site,
): { expr: Expr; fn: SyntaxNode; func: Site['func'] }[] {
  const { name } = site.func;
  return repo
    .filesOf(site.dir)
    .filter(({ text }) => text.includes(name))
    .flatMap(facts =>
      facts.funcs.flatMap(func =>
        callsOf(func.syntax, facts.text, name).map(node => ({
          expr: { facts, node },
          fn: func.syntax!,
          func,
        })),
      ),
    );
}
