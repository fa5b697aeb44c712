import type { Expr, Value } from '../../go/eval/value.ts';
import { exprAt, stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, descend, findAll, namedChildren } from '../../go/syntax/syntax.ts';
import type { Site, StoreLists, StoreLoading } from '../style.ts';
import { comparedNames } from './plan-name-conditions.ts';
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
  const found: { name: Value; stores: StoreLists | undefined }[] = [];
  let seen = false;
  for (const node of descend(site.fn)) {
    if (node.type !== 'expression_switch_statement') continue;
    const cases = node.children.filter(c => c.type === 'expression_case');
    // A switch on the plan's name that has no case yet.
    const value = childByField(node, 'value');
    if (cases.length === 0 && value && /\.Name$/.test(text.slice(value.start, value.end)))
      seen = true;
    if (!cases.some(c => assigns(c, variable, text))) continue;
    seen = true;
    for (const one of cases) {
      const stores = assigns(one, variable, text);
      const lists = stores && storesOf(exprAt(site.call, stores));
      for (const value of namedChildren(childByField(one, 'value'))) {
        const name = caseName(repo, exprAt(site.call, value), node);
        if (name) found.push({ name, stores: lists });
      }
    }
  }
  return seen ? found : undefined;
}

function assigns(node: SyntaxNode, variable: string, text: string): SyntaxNode | undefined {
  for (const statement of findAll(node, 'assignment_statement')) {
    const left = namedChildren(childByField(statement, 'left'))[0];
    if (left && text.slice(left.start, left.end) === variable)
      return namedChildren(childByField(statement, 'right'))[0];
  }
  return undefined;
}

/** The plan name a case stands for: its value, or what a tagless switch compares. */
function caseName(repo: Repo, value: Expr, statement: SyntaxNode): Value | undefined {
  if (childByField(statement, 'value')) return stringValue(repo, value);
  return comparedNames(repo, value)[0];
}
