import { indentAt, lineStart } from '../../go/edit/edit.ts';
import { statementAround } from '../../go/edit/repairs.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, localDefinition, textOf } from '../../go/eval/value.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, descend, enclosing, withoutParens } from '../../go/syntax/syntax.ts';
import { storesGiven } from '../../wiring/loading/loading.ts';
import type { Site } from '../../wiring/style.ts';
import type { AppContext, Finding, Rule, SuggestedFix } from '../rule.ts';

/**
 * Before Go 1.22 a loop has one variable for all its rounds, and the loader looks at it after the
 * last one (incidents.md 53).
 */
export const storeUpgradesLoopPointer: Rule = {
  name: 'store-upgrades-loop-pointer',
  severity: 'error',
  summary: 'a store loader keeps a pointer to a loop variable (Go before 1.22)',
  *check({ apps }): Iterable<Finding> {
    for (const subject of apps) {
      for (const { site } of subject.wiring.loadings) {
        const stores = storesGiven(subject.repo, site);
        const field =
          stores && withoutParens(stores.node).type === 'unary_expression'
            ? childByField(withoutParens(stores.node), 'operand')
            : undefined;
        if (
          !stores ||
          !field ||
          !/^&/.test(textOf(stores)) ||
          !oldLoops(subject, stores.facts.buildTags)
        )
          continue;
        const variable = root(field);
        if (
          !variable ||
          localDefinition(variable, textOf(exprAt(stores, variable)), stores.facts.text) !==
            'range' ||
          leavesLoop(site)
        )
          continue;
        const [last, ...harmed] = listed(subject).reverse();
        const wrong = harmed.filter(name => subject.pending.some(u => u.name === name));
        yield {
          location: locationOf(stores.facts, stores.node),
          severity: wrong.length > 0 ? 'error' : 'warning',
          message: `this points to the loop's variable, which before Go 1.22 holds the last element${last ? ` ("${last}")` : ''} when the stores are loaded; ${wrong.length > 0 ? `"${wrong.join('", "')}" would load its stores instead of its own` : 'every upgrade that is not the last of the list would load its stores instead of its own'}`,
          fixes: copyFix(stores, field),
        };
      }
    }
  },
};

/**
 * Whether a file is compiled with the loop variables of old: by the go directive, or the file's own
 * build constraint (Go 1.21 and later).
 */
function oldLoops({ app }: AppContext, buildTags: string | undefined): boolean {
  const own = /\bgo1\.(\d+)\b/.exec(buildTags ?? '')?.[1];
  const version = own ?? /^1\.(\d+)/.exec(app.sdk.go ?? '')?.[1];
  return version !== undefined && Number(version) < 22;
}

function root(node: SyntaxNode): SyntaxNode | undefined {
  if (node.type === 'identifier') return node;
  const operand = node.type === 'selector_expression' ? childByField(node, 'operand') : undefined;
  return operand && root(operand);
}

/** A break or return behind the call, in its own block: then the variable stays what it was. */
function leavesLoop({ call, loop }: Site): boolean {
  for (
    let block = enclosing(call.node, 'block');
    block && loop && block.start > loop.start;
    block = enclosing(block, 'block')
  ) {
    if (
      block.children.some(
        s => s.start > call.node.start && /^(break_statement|return_statement)$/.test(s.type),
      )
    )
      return true;
    if (block.parent === loop) break;
    for (const s of descend(block))
      if (s.type === 'return_statement' && s.parent === block && s.start > call.node.start)
        return true;
  }
  return false;
}

function listed({ wiring }: AppContext): string[] {
  return wiring.registrations.flatMap(r =>
    r.list && r.name.kind === 'known' ? [r.name.value] : [],
  );
}

/** Copies the stores into a variable of the round. */
function copyFix(stores: Expr, field: SyntaxNode): SuggestedFix[] {
  const { facts } = stores;
  const { text } = facts;
  return [
    {
      title: 'Copy the stores first',
      edit(changes) {
        const statement = statementAround(stores.node);
        const at = lineStart(text, statement.start);
        changes.edit(
          facts.path,
          at,
          at,
          `${indentAt(text, statement.start)}storeUpgrades := ${text.slice(field.start, field.end)}\n`,
        );
        changes.edit(facts.path, stores.node.start, stores.node.end, '&storeUpgrades');
      },
    },
  ];
}
