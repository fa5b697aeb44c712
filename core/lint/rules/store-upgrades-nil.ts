import type { App } from '../../chain/chain.ts';
import { dirname } from '../../files.ts';
import { indentAt, lineEnd, lineStart } from '../../go/edit/edit.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { aliasInUse, freeImport } from '../../go/edit/imports-in-use.ts';
import { statementAround } from '../../go/edit/repairs.ts';
import { branchesOf, factsAt, saysNil } from '../../go/eval/conditions.ts';
import { isAlwaysSetBefore } from '../../go/eval/flow.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  childByField,
  childrenByField,
  descend,
  findAll,
  namedChildren,
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
 * Whether a variable is declared as a pointer without a value, and on some way to its use neither
 * set nor asked whether it is nil.
 */
function mayBeNil(variable: Expr, fn: SyntaxNode): boolean {
  const name = textOf(variable);
  const declared = declarationOf(variable);
  if (!declared || !isDeclaredNil(exprAt(variable, declared), name)) return false;
  if (isGuarded(variable, fn)) return false;
  if (isKnownByOtherVariable(variable, fn)) return false;
  const scope = declared.parent?.parent;
  return !isAlwaysSetBefore(variable.node, variable.facts.text, node =>
    isSet(exprAt(variable, node), name, scope),
  );
}

/** The `var` or `:=` that declares a variable, as seen from its use. */
function declarationOf(variable: Expr): SyntaxNode | undefined {
  const name = textOf(variable);
  for (let at = variable.node; at.parent; at = at.parent) {
    const before = at.parent.children.filter(({ end }) => end <= at.start);
    const found = before
      .flatMap(statement => [...descendToDeclarations(statement)])
      .find(node => declares(exprAt(variable, node), name));
    if (found) return found;
  }
  return undefined;
}

/** What a statement declares in its own block. */
function* descendToDeclarations(statement: SyntaxNode): Iterable<SyntaxNode> {
  if (statement.type === 'short_var_declaration') yield statement;
  if (statement.type === 'var_declaration') yield* findAll(statement, 'var_spec');
}

/** `var stores *StoreUpgrades`, also with `= nil` */
function isDeclaredNil(written: Expr, name: string): boolean {
  const { node } = written;
  if (node.type !== 'var_spec' || !declares(written, name)) return false;
  const type = childByField(node, 'type');
  const values = namedChildren(childByField(node, 'value'));
  return (
    values.every(({ type: kind }) => kind === 'nil') &&
    type !== undefined &&
    textOf(exprAt(written, type)).startsWith('*')
  );
}

function declares(written: Expr, name: string): boolean {
  const { node } = written;
  const names =
    node.type === 'var_spec'
      ? childrenByField(node, 'name')
      : namedChildren(childByField(node, 'left'));
  return names.some(declared => textOf(exprAt(written, declared)) === name);
}

/**
 * Whether a statement sets the variable: it is among what is assigned, or its address is given
 * away. Of `:=` that only holds in the block that declared it; elsewhere it makes another one.
 */
function isSet(written: Expr, name: string, scope: SyntaxNode | undefined): boolean {
  const { node } = written;
  if (node.type === 'unary_expression')
    return textOf(written) === `&${name}` && node.parent?.type === 'argument_list';
  const isAssigned = node.type === 'assignment_statement';
  if (!isAssigned && (node.type !== 'short_var_declaration' || node.parent !== scope)) return false;
  const targets = namedChildren(childByField(node, 'left'));
  const index = targets.findIndex(target => textOf(exprAt(written, target)) === name);
  const values = namedChildren(childByField(node, 'right'));
  const value = values.length === targets.length ? values[index] : values[0];
  return index >= 0 && value?.type !== 'nil';
}

/**
 * Whether the variable is known not to be nil where it is used, or something was done for it being
 * nil before: `if stores == nil { stores = … }`.
 */
function isGuarded(variable: Expr, fn: SyntaxNode): boolean {
  const isIt = ({ text }: GoNode) => text === textOf(variable);
  if (factsAt(variable).some(fact => saysNil(fact, isIt) === false)) return true;
  return [...descend(fn)]
    .filter(({ end }) => end <= variable.node.start)
    .flatMap(node => branchesOf(exprAt(variable, node)))
    .some(({ body, facts }) => body && facts.some(fact => saysNil(fact, isIt) === true));
}

/**
 * Whether the use depends on another variable which is set together with this one: `found = true`
 * beside `stores = …`.
 */
function isKnownByOtherVariable(variable: Expr, fn: SyntaxNode): boolean {
  const name = textOf(variable);
  const asked = new Set(
    factsAt(variable).flatMap(({ condition }) =>
      findAll(condition.node, 'identifier').map(node => textOf(exprAt(variable, node))),
    ),
  );
  if (asked.size === 0) return false;
  const assignments = findAll(fn, 'assignment_statement');
  const targetsOf = (statement: SyntaxNode) =>
    namedChildren(childByField(statement, 'left')).map(node => textOf(exprAt(variable, node)));
  const blocks = assignments.filter(one => targetsOf(one).includes(name)).map(one => one.parent);
  return assignments.some(
    one => blocks.includes(one.parent) && targetsOf(one).some(target => asked.has(target)),
  );
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
      preferred: true,
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
      preferred: true,
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
