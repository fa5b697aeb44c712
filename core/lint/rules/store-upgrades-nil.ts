import type { App } from '../../chain/chain.ts';
import { dirname } from '../../files.ts';
import { indentAt, lineEnd, lineStart } from '../../go/edit/edit.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { aliasInUse, freeImport } from '../../go/edit/imports-in-use.ts';
import { statementAround } from '../../go/edit/repairs.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
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
import { nilPointer } from '../node-words.ts';
import type { Finding, Rule, SuggestedFix } from '../rule.ts';

const panics =
  'at the upgrade height the node panics: invalid memory address or nil pointer dereference';

/**
 * UpgradeStoreLoader dereferences its stores at the upgrade height and only there
 * (docs/background/incidents.md#store-upgrades-nil, docs/background/sdk.md#store-loading).
 */
export const storeUpgradesNil: Rule = {
  name: 'store-upgrades-nil',
  severity: 'error',
  summary: 'a store loader gets nil, or a variable that may be nil',
  nodeSays: [{ words: nilPointer, repair: 'the stack in the log names the line' }],
  *check({ apps }): Iterable<Finding> {
    for (const { repo, app, wiring } of apps) {
      for (const { site } of wiring.loadings) {
        const stores = storesGiven(repo, site);
        const finding = stores && inStores(repo, app, site, stores);
        if (finding) yield finding;
      }
    }
  },
};

function inStores(repo: Repo, app: App, site: Site, stores: Expr): Finding | undefined {
  const location = locationOf(stores.facts, stores.node);
  const node = withoutAddressOf(stores.node);
  if (node.type === 'nil')
    return {
      location,
      message: 'the store loader gets nil',
      consequence: panics,
      fixes: emptyFix(repo, app, stores),
    };
  if (node !== stores.node || node.type !== 'identifier' || !mayBeNil(stores, site.fn))
    return undefined;
  const name = textOf(stores);
  return {
    location,
    message: `${name} is nil for every plan that sets no stores here`,
    consequence: panics,
    fixes: guardFix(stores, site, name),
  };
}

/**
 * Whether a variable is declared as a pointer without a value, set only inside branches, and used
 * where nothing asks whether it is nil.
 */
function mayBeNil(variable: Expr, fn: SyntaxNode): boolean {
  const name = textOf(variable);
  let isNilAtFirst = false;
  for (const node of descend(fn)) {
    const written = exprAt(variable, node);
    if (isDeclaredNil(written, name)) isNilAtFirst = true;
    else if (isDefined(written, name)) isNilAtFirst = false;
    if (isSetOnTheWay(written, variable) || isGuarded(written, variable)) return false;
  }
  return isNilAtFirst;
}

/** `var stores *StoreUpgrades` */
function isDeclaredNil(written: Expr, name: string): boolean {
  const { node } = written;
  if (node.type !== 'var_spec' || !declares(written, name)) return false;
  const type = childByField(node, 'type');
  return (
    !childByField(node, 'value') &&
    type !== undefined &&
    textOf(exprAt(written, type)).startsWith('*')
  );
}

/** `stores := …`, or `var stores` in another form. */
function isDefined(written: Expr, name: string): boolean {
  const { node } = written;
  if (node.type === 'var_spec') return declares(written, name);
  return node.type === 'short_var_declaration' && leftOf(written) === name;
}

function declares(written: Expr, name: string): boolean {
  return childrenByField(written.node, 'name').some(
    declared => textOf(exprAt(written, declared)) === name,
  );
}

/** `stores = …` before its use, in the same branch or one around it. */
function isSetOnTheWay(written: Expr, variable: Expr): boolean {
  const { node } = written;
  return (
    node.type === 'assignment_statement' &&
    node.start < variable.node.start &&
    leftOf(written) === textOf(variable) &&
    contains(blockOf(node), blockOf(variable.node))
  );
}

/** `if stores == nil { … }` before its use, or `if stores != nil { … }` around it. */
function isGuarded(written: Expr, variable: Expr): boolean {
  const { node } = written;
  const condition = node.type === 'if_statement' ? childByField(node, 'condition') : undefined;
  if (!condition) return false;
  const asks = new RegExp(`\\b${textOf(variable)}\\s*(!=|==)\\s*nil\\b`).exec(
    textOf(exprAt(written, condition)),
  );
  const use = variable.node.start;
  if (!asks || node.start >= use) return false;
  return asks[1] === '==' || use < node.end;
}

function leftOf(written: Expr): string | undefined {
  const left = childByField(written.node, 'left');
  return left && textOf(exprAt(written, left));
}

function blockOf(node: SyntaxNode): SyntaxNode {
  return enclosing(node, 'block', 'expression_case', 'default_case') ?? node;
}

function contains(outer: SyntaxNode, inner: SyntaxNode): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** An empty value in nil's place. */
function emptyFix(repo: Repo, app: App, { facts, node }: Expr): SuggestedFix[] {
  const { generation } = app.sdk;
  if (!generation) return [];
  const path = importsOfGeneration(generation).storeTypes;
  const alias = aliasInUse(repo, app.dir, path) ?? { path, alias: 'storetypes' };
  const types = freeImport(repo, facts, alias);
  return [
    {
      title: 'Give it empty stores',
      edit(changes) {
        const qualifier = qualifierOf(repo, dirname(facts.path), types);
        changes.import(facts.path, types);
        changes.edit(facts.path, node.start, node.end, `&${qualifier}.StoreUpgrades{}`);
      },
    },
  ];
}

/** Sets the loader only where there are stores. */
function guardFix({ facts }: Expr, { call }: Site, name: string): SuggestedFix[] {
  const { path, text } = facts;
  if (call.facts !== facts) return [];
  return [
    {
      title: `Set the loader only where ${name} is not nil`,
      edit(changes) {
        const statement = statementAround(call.node);
        const from = lineStart(text, statement.start);
        const to = lineEnd(text, statement.end);
        const indent = indentAt(text, statement.start);
        const inner = text.slice(from, to).replace(/^(?=.)/gm, '\t');
        changes.edit(path, from, to, `${indent}if ${name} != nil {\n${inner}${indent}}\n`);
      },
    },
  ];
}
