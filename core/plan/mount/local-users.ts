import { rootsOf } from '../../go/eval/roots.ts';
import type { Variable } from '../../go/eval/uses.ts';
import { usesOf, variableAt } from '../../go/eval/uses.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { findAll, isFunction } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import type { Removal } from './removal.ts';
import { isGone } from './removal.ts';

/**
 * Refuses to leave code that Go does not compile: a local variable that goes while other code uses
 * it, and one that stays although nothing else than what goes used it.
 */
export function refuseLocals(removal: Removal): void {
  const { repo, gone } = removal;
  for (const file of new Set(gone.map(one => one.file))) {
    const facts = repo.facts(file)!;
    for (const root of rootsOf(repo, facts))
      for (const node of findAll(root, 'identifier')) {
        if (!isGone(gone, file, node.start)) continue;
        const variable = variableAt(node, facts.text);
        // Go asks nothing of parameters.
        if (variable && !isFunction(variable.scope)) refuseHalf(removal, facts, variable);
      }
  }
}

function refuseHalf({ gone, module }: Removal, facts: FileFacts, variable: Variable): void {
  const uses = usesOf(variable, facts.text).map(({ node }) => node);
  const left = uses.filter(node => !isGone(gone, facts.path, node.start));
  const [declared] = uses;
  const [first] = left;
  if (!declared || !first) return;
  if (first !== declared) {
    const { file, line } = locationOf(facts, first);
    throw new Refusal(
      `${file}:${line}: ${variable.name}, which goes with ${module.name}, is still used; take ` +
        'that out first',
      { file, line },
    );
  }
  if (left.some(node => !isSet(node))) return;
  const { file, line } = locationOf(facts, declared);
  throw new Refusal(
    `${file}:${line}: nothing but ${module.name} uses ${variable.name}, and Go compiles no unused ` +
      `variable; write ${variable.name} where it is used, or take ${module.name} out by hand`,
    { file, line },
  );
}

/** Whether a name is only declared or set there, which Go does not take for a use. */
function isSet({ field, parent }: SyntaxNode): boolean {
  return (field === 'name' && parent?.type === 'var_spec') || parent?.field === 'left';
}
