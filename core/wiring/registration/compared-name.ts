import { rootsOf } from '../../go/eval/roots.ts';
import { memoize } from '../../go/repo/memoize.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, descend } from '../../go/syntax/syntax.ts';

/**
 * Whether the string literal at an offset is compared with something that is called a name:
 * `upgradeInfo.Name == "v5"`, `switch plan.Name { case "v5": … }`. Any other text that spells a plan's
 * name may be a module, a store or an account.
 */
export function isComparedWithName(repo: Repo, facts: FileFacts, offset: number): boolean {
  const literal = literalsOf(repo, facts).get(offset);
  return literal !== undefined && isComparison(literal, facts.text);
}

/** The same of a literal's syntax. */
function isComparison(literal: SyntaxNode, text: string): boolean {
  const isName = (node: SyntaxNode | undefined) =>
    node !== undefined && /(^|\.)\w*[nN]ame$/.test(text.slice(node.start, node.end));
  const { parent } = literal;
  if (parent?.type === 'binary_expression') {
    const operator = childByField(parent, 'operator');
    const isEquality = operator?.type === '==' || operator?.type === '!=';
    const sides = ['left', 'right'].map(side => childByField(parent, side));
    return isEquality && isName(sides.find(side => side !== literal));
  }
  if (parent?.type === 'keyed_element') return isNameOfPlan(parent, text);
  const around = parent?.type === 'expression_list' ? parent.parent : parent;
  if (around?.type !== 'expression_case') return false;
  return isName(childByField(around.parent, 'value'));
}

/** `upgradetypes.Plan{Name: "v5"}`. */
function isNameOfPlan(element: SyntaxNode, text: string): boolean {
  const written = (node: SyntaxNode | undefined) => (node ? text.slice(node.start, node.end) : '');
  const type = childByField(element.parent?.parent, 'type');
  return written(element.children[0]) === 'Name' && /(^|\.)Plan$/.test(written(type));
}

/** Every string literal in the declarations of a file, by where it begins. */
function literalsOf(repo: Repo, facts: FileFacts): ReadonlyMap<number, SyntaxNode> {
  return memoize(facts, 'literals for renaming', () => {
    const found = new Map<number, SyntaxNode>();
    for (const root of rootsOf(repo, facts))
      for (const node of descend(root))
        if (/^(interpreted|raw)_string_literal$/.test(node.type)) found.set(node.start, node);
    return found;
  });
}
