import type { App } from '../../chain/chain.ts';
import { dirname } from '../../files.ts';
import { indentAt, lineEnd, lineStart } from '../../go/edit/edit.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { aliasInUse, freeImport } from '../../go/edit/imports-in-use.ts';
import { statementAround } from '../../go/edit/repairs.ts';
import type { Expr } from '../../go/eval/value.ts';
import { textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import {
  childByField,
  childrenByField,
  descend,
  enclosing,
  withoutAddressOf,
} from '../../go/syntax/syntax.ts';
import { importsOfGeneration } from '../../sdk/generations.ts';
import { storesGiven } from '../../wiring/loading/loading.ts';
import type { Site } from '../../wiring/style.ts';
import type { Finding, Rule, SuggestedFix } from '../rule.ts';

/**
 * UpgradeStoreLoader dereferences its stores at the upgrade height and only there (incidents.md
 * 55–58, sdk.md B.3).
 */
export const storeUpgradesNil: Rule = {
  name: 'store-upgrades-nil',
  severity: 'error',
  summary: 'a store loader gets nil, or a variable that may be nil',
  *check({ apps }): Iterable<Finding> {
    for (const { repo, app, wiring } of apps) {
      for (const { site } of wiring.loadings) {
        const stores = storesGiven(repo, site);
        if (!stores) continue;
        const { facts } = stores;
        const node = withoutAddressOf(stores.node);
        const text = textOf(stores);
        const location = locationOf(facts, stores.node);
        if (node.type === 'nil') {
          yield {
            location,
            message:
              'the store loader gets nil; at the upgrade height the node panics: invalid memory address or nil pointer dereference',
            fixes: emptyFix(repo, app, stores),
          };
        } else if (
          node === stores.node &&
          node.type === 'identifier' &&
          mayBeNil(facts.text, site.fn, node.start, text, stores.node)
        ) {
          yield {
            location,
            message: `${text} is nil for every plan that sets no stores here; at the upgrade height the node panics: invalid memory address or nil pointer dereference`,
            fixes: guardFix(stores, site, text),
          };
        }
      }
    }
  },
};

/**
 * Declared as a pointer without a value, set only inside branches, and used where nothing asks
 * whether it is nil.
 */
function mayBeNil(
  text: string,
  fn: Parameters<typeof descend>[0],
  use: number,
  name: string,
  node: Parameters<typeof enclosing>[0],
): boolean {
  let declared = false;
  let always = false;
  const used = blockOf(node);
  for (const at of descend(fn)) {
    const written = (n: { start: number; end: number } | undefined) =>
      n ? text.slice(n.start, n.end) : '';
    if (at.type === 'var_spec' && childrenByField(at, 'name').some(n => written(n) === name))
      declared = !childByField(at, 'value') && written(childByField(at, 'type')).startsWith('*');
    if (at.type === 'short_var_declaration' && written(childByField(at, 'left')) === name)
      declared = false;
    // Set on the way to its use, in the same branch.
    if (
      at.type === 'assignment_statement' &&
      at.start < use &&
      written(childByField(at, 'left')) === name
    )
      always ||= contains(blockOf(at), used);
    if (at.type === 'if_statement') {
      const asks = new RegExp(`\\b${name}\\s*(!=|==)\\s*nil\\b`).exec(
        written(childByField(at, 'condition')),
      );
      if (asks && (asks[1] === '==' ? at.start < use : at.start < use && use < at.end))
        return false;
    }
  }
  return declared && !always;
}

function blockOf(node: Parameters<typeof enclosing>[0]): { start: number; end: number } {
  return enclosing(node, 'block', 'expression_case', 'default_case') ?? node;
}

function contains(
  outer: { start: number; end: number },
  inner: { start: number; end: number },
): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** An empty value in nil's place. */
function emptyFix(repo: Repo, app: App, { facts, node }: Expr): SuggestedFix[] {
  const { generation } = app.sdk;
  if (!generation) return [];
  const path = importsOfGeneration(generation).storeTypes;
  const wanted = freeImport(
    repo,
    facts,
    aliasInUse(repo, app.dir, path) ?? { path, alias: 'storetypes' },
  );
  return [
    {
      title: 'Give it empty stores',
      edit(changes) {
        changes.import(facts.path, wanted);
        changes.edit(
          facts.path,
          node.start,
          node.end,
          `&${qualifierOf(repo, dirname(facts.path), wanted)}.StoreUpgrades{}`,
        );
      },
    },
  ];
}

/** Sets the loader only where there are stores. */
function guardFix({ facts }: Expr, { call }: Site, name: string): SuggestedFix[] {
  const { text } = facts;
  if (call.facts !== facts) return [];
  return [
    {
      title: `Set the loader only where ${name} is not nil`,
      edit(changes) {
        const statement = statementAround(call.node);
        const from = lineStart(text, statement.start);
        const to = lineEnd(text, statement.end);
        const indent = indentAt(text, statement.start);
        changes.edit(
          facts.path,
          from,
          to,
          `${indent}if ${name} != nil {\n${text.slice(from, to).replace(/^(?=.)/gm, '\t')}${indent}}\n`,
        );
      },
    },
  ];
}
