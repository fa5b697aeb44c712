import { indentAt, lineEnd, lineStart } from '../../go/edit/edit.ts';
import { statementAround } from '../../go/edit/repairs.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import { locationOf } from '../../go/source/location.ts';
import { callArguments, childByField, namedChildren } from '../../go/syntax/syntax.ts';
import type { Site } from '../../wiring/style.ts';
import { earlierVersionFound, storeVersionMismatch } from '../node-words.ts';
import type { Rule, SuggestedFix } from '../rule.ts';
import { mismatchOf } from '../wording.ts';

/**
 * A loop that sets the loader for every upgrade of the list, whatever the plan: the last one stays
 * (docs/background/incidents.md#store-loader-unconditional).
 */
export const storeLoaderUnconditional: Rule = {
  name: 'store-loader-unconditional',
  severity: 'error',
  summary: 'a loop sets the store loader without comparing plan names',
  nodeSays: [
    { words: storeVersionMismatch, rank: 7 },
    { words: earlierVersionFound, rank: 2 },
  ],
  *check({ apps }) {
    for (const { wiring } of apps) {
      for (const { site, code } of wiring.loadings) {
        if (code !== 'S1' || !site.loop || site.condition || mentionsName(site)) continue;
        yield {
          location: locationOf(site.call.facts, site.call.node),
          message: 'this sets the loader for every upgrade of the list, without comparing names',
          consequence:
            'the stores of the last one are loaded whatever the plan is, ' +
            `and the node does not start: ${mismatchOf()}, ` +
            'or initial version set to …, but found earlier version',
          fixes: compareFix(site),
        };
      }
    }
  },
};

/** Whether the loop's body mentions a name before the call: it may compare in a way of its own. */
function mentionsName({ call: { facts, node }, loop }: Site): boolean {
  const body = childByField(loop, 'body');
  return body !== undefined && /[nN]ame/.test(facts.text.slice(body.start, node.start));
}

/**
 * Wraps the call in `if upgradeInfo.Name == upgrade.UpgradeName`, by the names that the call and
 * the loop use.
 */
function compareFix(site: Site): SuggestedFix[] {
  const condition = conditionFor(site);
  if (condition === undefined) return [];
  const { text: compared, isSure } = condition;
  const { facts, node } = site.call;
  const { path, text } = facts;
  return [
    {
      title: "Compare the plan's name first",
      preferred: isSure,
      edit(changes) {
        const statement = statementAround(node);
        const from = lineStart(text, statement.start);
        const to = lineEnd(text, statement.end);
        const indent = indentAt(text, statement.start);
        const inner = text.slice(from, to).replace(/^(?=.)/gm, '\t');
        changes.edit(path, from, to, `${indent}if ${compared} {\n${inner}${indent}}\n`);
      },
    },
  ];
}

/** A comparison of plan names, and whether the function itself shows how the names are written. */
interface NameCondition {
  readonly text: string;
  readonly isSure: boolean;
}

/** `upgradeInfo.Name == upgrade.UpgradeName`; undefined where the code does not give the names. */
function conditionFor({ call, loop, fn }: Site): NameCondition | undefined {
  const loader = callArguments(call.node)[0];
  const height = loader && callArguments(loader)[0];
  const info = height && /^(\w+)\.Height$/.exec(textOf(exprAt(call, height)))?.[1];
  const clause = loop?.children.find(({ type }) => type === 'range_clause');
  const variable = namedChildren(childByField(clause, 'left')).at(-1);
  if (info === undefined || !variable) return undefined;
  const name = textOf(exprAt(call, variable));
  const written = new RegExp(`\\b${name}\\.(\\w*[nN]ame)\\b`);
  const { text } = call.facts;
  const own = written.exec(text.slice(fn.start, fn.end))?.[1];
  const field = own ?? written.exec(text)?.[1];
  if (field === undefined) return undefined;
  return { text: `${info}.Name == ${name}.${field}`, isSure: own !== undefined };
}
