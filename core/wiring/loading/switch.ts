import { goNode } from '../../go/eval/go-node.ts';
import type { Expr, Value } from '../../go/eval/value.ts';
import { exprAt, stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, findAll, namedChildren } from '../../go/syntax/syntax.ts';
import type { Served, Site, StoreLoading } from '../style.ts';
import { comparedNames, isNameOfPlan } from './plan-name-conditions.ts';
import { storeLists } from './read-store-upgrades.ts';

/**
 * The plan names that a switch serves: a variable that the cases of a switch on the plan's name
 * fill.
 */
export function servedByCases(
  repo: Repo,
  site: Site,
  variable: string,
  storesOf = (value: Expr) => storeLists(repo, value),
): StoreLoading['serves'] | undefined {
  const { text } = site.call.facts;
  const found: Served[] = [];
  let isSeen = false;
  for (const statement of findAll(site.fn, 'expression_switch_statement')) {
    const cases = casesOf(statement);
    if (cases.length === 0 && switchesOnName(exprAt(site.call, statement))) isSeen = true;
    if (!cases.some(one => assigns(one, variable, text))) continue;
    isSeen = true;
    for (const one of cases) {
      const assigned = assigns(one, variable, text);
      const stores = assigned && storesOf(exprAt(site.call, assigned));
      for (const name of caseNames(repo, site, one)) found.push({ name, stores });
    }
  }
  return isSeen ? found : undefined;
}

/** The cases of a switch, its default left out. */
export function casesOf(statement: SyntaxNode): SyntaxNode[] {
  return statement.children.filter(child => child.type === 'expression_case');
}

/** `switch plan.Name`. */
export function switchesOnName(statement: Expr): boolean {
  return isNameOfPlan(goNode(statement).field('value'));
}

function assigns(node: SyntaxNode, variable: string, text: string): SyntaxNode | undefined {
  for (const statement of findAll(node, 'assignment_statement')) {
    const left = namedChildren(childByField(statement, 'left'))[0];
    if (left && text.slice(left.start, left.end) === variable)
      return namedChildren(childByField(statement, 'right'))[0];
  }
  return undefined;
}

/** The plan names a case stands for: its values, or what a tagless switch compares. */
function caseNames(repo: Repo, site: Site, one: SyntaxNode): Value[] {
  const hasTag = childByField(one.parent, 'value') !== undefined;
  return namedChildren(childByField(one, 'value')).flatMap(node => {
    const value = exprAt(site.call, node);
    return hasTag ? stringValue(repo, value) : comparedNames(repo, value).slice(0, 1);
  });
}
