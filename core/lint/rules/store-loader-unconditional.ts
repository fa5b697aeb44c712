import { indentAt, lineEnd, lineStart } from '../../go/edit/edit.ts';
import { statementAround } from '../../go/edit/repairs.ts';
import { locationOf } from '../../go/source/location.ts';
import { callArguments, childByField, namedChildren } from '../../go/syntax/syntax.ts';
import type { Site } from '../../wiring/style.ts';
import type { Rule, SuggestedFix } from '../rule.ts';

/**
 * A loop that sets the loader for every upgrade of the list, whatever the plan: the last one stays
 * (incidents.md 54).
 */
export const storeLoaderUnconditional: Rule = {
  name: 'store-loader-unconditional',
  severity: 'error',
  summary: "a loop sets the store loader without comparing the plan's name",
  *check({ apps }) {
    for (const { wiring } of apps) {
      for (const { site, code } of wiring.loadings) {
        if (code !== 'S1' || !site.loop) continue;
        const { facts, node } = site.call;
        if (
          /[nN]ame/.test(
            facts.text.slice(site.loop.start, node.start).replace(/^for[^{]*\{/, ''),
          ) ||
          site.condition
        )
          continue;
        yield {
          location: locationOf(facts, node),
          message:
            "this sets the loader for every upgrade of the list, without comparing names; the stores of the last one are loaded whatever the plan is, and the node does not start: version of store … mismatch root store's version, or initial version set to …, but found earlier version",
          fixes: compareFix(site),
        };
      }
    }
  },
};

/**
 * Wraps the call in `if upgradeInfo.Name == upgrade.UpgradeName`, by the names that the call and
 * the loop use.
 */
function compareFix({ call, loop }: Site): SuggestedFix[] {
  const { facts, node } = call;
  const { text } = facts;
  const loader = callArguments(node)[0];
  const height = loader && callArguments(loader)[0];
  const clause = loop?.children.find(c => c.type === 'range_clause');
  const variable = namedChildren(childByField(clause, 'left')).at(-1);
  const info = height && /^(\w+)\.Height$/.exec(text.slice(height.start, height.end))?.[1];
  const name = variable && text.slice(variable.start, variable.end);
  const field = name && new RegExp(`\\b${name}\\.(\\w*[nN]ame)\\b`).exec(text)?.[1];
  if (!info || !name || !field || !loop) return [];
  return [
    {
      title: "Compare the plan's name first",
      edit(changes) {
        const statement = statementAround(node);
        const from = lineStart(text, statement.start);
        const to = lineEnd(text, statement.end);
        const indent = indentAt(text, statement.start);
        const inner = text.slice(from, to).replace(/^(?=.)/gm, '\t');
        changes.edit(
          facts.path,
          from,
          to,
          `${indent}if ${info}.Name == ${name}.${field} {\n${inner}${indent}}\n`,
        );
      },
    },
  ];
}
