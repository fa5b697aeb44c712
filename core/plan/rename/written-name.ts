import { dirname } from '../../files.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import { callArguments } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { namesOfLoop } from '../../wiring/registration/embedded-names.ts';
import { behindName, definitionOfName } from '../../wiring/registration/name-literal.ts';
import type { Registration } from '../../wiring/style.ts';
import type { RenamedPlan } from './renamed-plan.ts';
import { dirsOf } from './renamed-plan.ts';

/**
 * The literal that a registration's name comes down to. Throws `Refusal` where the name is computed, or
 * may be that of something else.
 */
export function nameLiteral(plan: RenamedPlan, registration: Registration): Expr {
  const { nameExpr } = registration;
  const found = behindName(plan.repo, nameExpr);
  if (found) {
    refuseSharedConstant(plan, registration, found);
    return found;
  }
  const computed = definitionOfName(plan.repo, nameExpr);
  const { file, line } = locationOf(computed.facts, computed.node);
  throw new Refusal(
    `the name of this upgrade is computed at ${file}:${line}; write it out as one text first`,
    { file, line },
  );
}

/**
 * Refuses a name that stands in a package of neither this upgrade nor the names of others: that may
 * be the version of the software, for one.
 */
function refuseSharedConstant(
  { repo, others }: RenamedPlan,
  { site, place, nameExpr, package: own }: Registration,
  literal: Expr,
): void {
  const dirs = [own, site.dir, ...[place, nameExpr].map(one => dirname(one.facts.path))];
  const near = new Set([...dirs, ...others.flatMap(one => dirsOf(repo, one))]);
  if (near.has(dirname(literal.facts.path))) return;
  const { file, line } = locationOf(literal.facts, literal.node);
  throw new Refusal(
    `the name of this upgrade is a constant at ${file}:${line}, which other code may use for ` +
      'something else; write the name out first',
    { file, line },
  );
}

/** The text file that a registration's name stands in, where the app embeds one (R9). */
export function embeddedFile(repo: Repo, { site }: Registration): string | undefined {
  const [name] = callArguments(site.call.node).map(node => exprAt(site.call, node));
  if (!site.loop || !name) return undefined;
  return namesOfLoop(repo, exprAt(site.call, site.loop), name)?.path;
}
