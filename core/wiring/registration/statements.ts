import { basename } from '../../files.ts';
import { stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { enclosing } from '../../go/syntax/syntax.ts';
import type { Registration, Site } from '../style.ts';
import type { RegistrationStyle } from './style-at.ts';
import { fromCall, handlerPackage, packageBehind } from './style-at.ts';

/**
 * R2: a statement per upgrade, whose handler another package of the repository makes. R13: that
 * package is one for all, rewritten at each release.
 */
export const statements: RegistrationStyle = {
  codes: ['R2', 'R13'],
  recognise(call) {
    const { repo } = call.app;
    const dir = handlerPackage(call);
    if (dir === undefined) return undefined;
    const forAll =
      basename(dir) === 'upgrade' &&
      ![...repo.packages.keys()].some(other => other.startsWith(`${dir}/`));
    return [
      {
        ...fromCall(call),
        code: forAll ? 'R13' : 'R2',
        name: stringValue(repo, call.name),
        package: dir,
      },
    ];
  },
};

/**
 * The package of an upgrade that a statement registers: that of its handler; where one package makes
 * the handlers of several, and each name has a package of its own, that of its name.
 */
export function packageOfUpgrade(
  repo: Repo,
  registration: Registration,
  all: readonly Registration[],
): string {
  const { package: made, nameExpr } = registration;
  const named = packageBehind(repo, nameExpr);
  if (named === undefined || named === made) return made;
  const others = all.filter(other => other !== registration);
  const isCommon = others.some(other => other.package === made) || named.startsWith(`${made}/`);
  const isNamedAlone = others.every(other => packageBehind(repo, other.nameExpr) !== named);
  return isCommon && isNamedAlone ? named : made;
}

/** The statement of the function's block in which a call stands. */
export function statementOf(site: Site): SyntaxNode {
  let at = site.call.node;
  const block = enclosing(at, 'block')!;
  while (at.parent && at.parent !== block) at = at.parent;
  return at;
}
