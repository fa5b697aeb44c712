import type { Expr, Value } from '../../go/eval/value.ts';
import { at, stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Syn } from '../../go/syntax/syntax.ts';
import { child, descend, findAll, parts } from '../../go/syntax/syntax.ts';
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
    const value = child(node, 'value');
    if (cases.length === 0 && value && /\.Name$/.test(text.slice(value.start, value.end)))
      seen = true;
    if (!cases.some(c => assigns(c, variable, text))) continue;
    seen = true;
    for (const one of cases) {
      const stores = assigns(one, variable, text);
      const lists = stores && storesOf(at(site.call, stores));
      for (const value of parts(child(one, 'value'))) {
        const name = caseName(repo, at(site.call, value), node);
        if (name) found.push({ name, stores: lists });
      }
    }
  }
  return seen ? found : undefined;
}

function assigns(node: Syn, variable: string, text: string): Syn | undefined {
  for (const statement of findAll(node, 'assignment_statement')) {
    const left = parts(child(statement, 'left'))[0];
    if (left && text.slice(left.start, left.end) === variable)
      return parts(child(statement, 'right'))[0];
  }
  return undefined;
}

/** The plan name a case stands for: its value, or what a tagless switch compares. */
function caseName(repo: Repo, value: Expr, statement: Syn): Value | undefined {
  if (child(statement, 'value')) return stringValue(repo, value);
  return comparedNames(repo, value)[0];
}
