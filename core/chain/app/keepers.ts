import { statementAround } from '../../go/edit/repairs.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { behindLocals } from '../../go/eval/locals.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt } from '../../go/eval/value.ts';
import { memoize } from '../../go/repo/memoize.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Func } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import { callsOf, findAll } from '../../go/syntax/syntax.ts';
import type { Keeper } from '../chain.ts';
import { appFolders } from './app-code.ts';
import type { AppField } from './app-fields.ts';
import { appFields } from './app-fields.ts';

/** The fields of an app that hold keepers: those that are called one, or whose type is. */
export function keeperFields(repo: Repo, dir: string, type: string): readonly AppField[] {
  return appFields(repo, dir, type).filter(
    ({ name, ref }) => ref && (/Keeper$/.test(ref.name) || /Keeper$/.test(name)),
  );
}

/** The keepers an app holds, in the order of its fields. */
export function readKeepers(repo: Repo, dir: string, type: string): Keeper[] {
  return keeperFields(repo, dir, type).map(({ name, ref, package: path, facts, node }) => ({
    name,
    type: `${ref!.pointer ? '*' : ''}${path === undefined ? '' : `${path}.`}${ref!.name}`,
    location: locationOf(facts, node),
  }));
}

/** Where an app makes a keeper. */
export interface KeeperConstruction {
  readonly field: AppField;
  /** The function or method that makes it, and the whole statement that sets the field. */
  readonly func: Func;
  readonly statement: Expr;
  /** The call of its constructor; for a keeper of a depinject app, that of `depinject.Inject`. */
  readonly call: Expr;
  readonly injected: boolean;
  /** What the field is reached by there, such as `app` of `app.BankKeeper`. */
  readonly owner: string;
}

/**
 * Where an app makes its keepers, in the order of the source of each file; where a field is set more
 * than once, the first time, for later ones wrap what is there.
 */
export function keeperConstructions(
  repo: Repo,
  dir: string,
  type: string,
): readonly KeeperConstruction[] {
  return memoize(repo, `keepers made in ${dir} ${type}`, () => {
    const fields = new Map(keeperFields(repo, dir, type).map(field => [field.name, field]));
    const found = new Map<AppField, KeeperConstruction>();
    for (const { fn, func } of functionsWithKeepers(repo, dir)) {
      for (const made of madeIn(fn, func, fields))
        if (!found.has(made.field)) found.set(made.field, made);
    }
    return [...found.values()];
  });
}

/** The functions of an app that speak of keepers. */
function functionsWithKeepers(repo: Repo, dir: string): { fn: Expr; func: Func }[] {
  const files = appFolders(repo, dir).flatMap(folder => repo.filesOf(folder, /Keeper/));
  return files.flatMap(facts =>
    facts.funcs
      .filter(({ start, end }) => /Keeper\b/.test(facts.text.slice(start, end)))
      .flatMap(func => {
        const node = repo.syntaxOf({ facts, func });
        return node ? [{ fn: { facts, node }, func }] : [];
      }),
  );
}

function madeIn(fn: Expr, func: Func, fields: ReadonlyMap<string, AppField>): KeeperConstruction[] {
  return [...assignedIn(fn, func, fields), ...injectedIn(fn, func, fields)];
}

/** `app.XKeeper = xkeeper.NewKeeper(…)`, also by way of a variable. */
function assignedIn(
  fn: Expr,
  func: Func,
  fields: ReadonlyMap<string, AppField>,
): KeeperConstruction[] {
  return findAll(fn.node, 'assignment_statement').flatMap(node => {
    const statement = goNode(exprAt(fn, node));
    const target = statement.field('left')?.children[0];
    const value = statement.field('right')?.children[0];
    const field = target?.type === 'selector_expression' ? fields.get(target.name) : undefined;
    if (!field || !value) return [];
    const call = behindLocals(value.withoutAddressOf);
    const isConstructor = call.callee && /^New/.test(call.callee.name);
    if (!isConstructor) return [];
    return [{ field, func, statement, call, injected: false, owner: target!.operand!.text }];
  });
}

/** `depinject.Inject(…, &app.XKeeper, …)`. */
function injectedIn(
  fn: Expr,
  func: Func,
  fields: ReadonlyMap<string, AppField>,
): KeeperConstruction[] {
  return callsOf(fn.node, fn.facts.text, 'Inject').flatMap(node => {
    const call = goNode(exprAt(fn, node));
    return call.arguments.flatMap(argument => {
      const target = argument.operator === '&' ? argument.operand : undefined;
      const field = target?.type === 'selector_expression' ? fields.get(target.name) : undefined;
      if (!field) return [];
      const statement = exprAt(fn, statementAround(node));
      return [{ field, func, statement, call, injected: true, owner: target!.operand!.text }];
    });
  });
}
