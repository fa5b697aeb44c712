import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { rootsOf } from '../../go/eval/roots.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt } from '../../go/eval/value.ts';
import { memoize } from '../../go/repo/memoize.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, descend } from '../../go/syntax/syntax.ts';
import { isNameOfPlan, isOfPlan, seemsPlan } from '../loading/plan-name-conditions.ts';

/**
 * What a literal is compared with: `plan`, what is a plan's name wherever it stands; `name`, what is one
 * only in the declaration of a loader or of a registration.
 */
export type ComparedWith = 'plan' | 'name';

/**
 * What the string literal at an offset is compared with: `upgradeInfo.Name == "v5"`,
 * `switch plan.Name { case "v5": … }`, `name == "v5"`. Undefined where that is no plan's name: any other
 * text that spells one may be a module, a store or an account.
 */
export function comparedWithName(
  repo: Repo,
  facts: FileFacts,
  offset: number,
): ComparedWith | undefined {
  const literal = literalsOf(repo, facts).get(offset);
  return literal && comparison({ facts, node: literal });
}

/** The same of a literal's syntax. */
function comparison(literal: Expr): ComparedWith | undefined {
  const { node, facts } = literal;
  const { parent } = node;
  if (parent?.type === 'binary_expression') {
    const operator = childByField(parent, 'operator');
    const isEquality = operator?.type === '==' || operator?.type === '!=';
    const sides = ['left', 'right'].map(side => childByField(parent, side));
    const other = sides.find(side => side !== node);
    return isEquality && other ? nameOf(exprAt(literal, other)) : undefined;
  }
  if (parent?.type === 'keyed_element')
    return isNameOfLiteral(parent, facts.text) ? 'plan' : undefined;
  const around = parent?.type === 'expression_list' ? parent.parent : parent;
  if (around?.type !== 'expression_case') return undefined;
  const value = childByField(around.parent, 'value');
  return value && nameOf(exprAt(literal, value));
}

/** Whether an expression is the name of a plan, as it is called. */
function nameOf(expr: Expr): ComparedWith | undefined {
  const node = goNode(expr);
  const { text } = node;
  if (/^[\w.]*(plan|upgrade)_?name$/i.test(text)) return 'plan';
  if (isNameOfPlan(node)) {
    const owner = ownerOf(node);
    if (isOfPlan(node) || isPlan(owner)) return 'plan';
    return seemsPlan(node) || mayBePlan(owner) ? 'name' : undefined;
  }
  return text === 'name' ? 'name' : undefined;
}

/** What a name is that of, as written. */
function ownerOf(name: GoNode): string {
  return name.text.replace(/\.\w+(\(\))?$/, '');
}

/** `plan`, `msg.Plan`, `upgradeInfo`; a `storeInfo` is that of something else. */
function isPlan(owner: string): boolean {
  return /(^|\.)\w*(plan|upgrade)(_?info)?$/i.test(owner);
}

/** `info` is that of a plan in a loader, and of a store in a loop over stores. */
function mayBePlan(owner: string): boolean {
  return /(^|\.)(info|ui)$/i.test(owner);
}

/** `upgradetypes.Plan{Name: "v5"}`. */
function isNameOfLiteral(element: SyntaxNode, text: string): boolean {
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
