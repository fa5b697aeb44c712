import { dirname } from '../../files.ts';
import { excerptOf } from '../../go/eval/expr.ts';
import type { Expr } from '../../go/eval/value.ts';
import {
  exprAt,
  fieldOf,
  resolve,
  returnedBy,
  stringValue,
  structOf,
  textOf,
} from '../../go/eval/value.ts';
import { typeNameOf } from '../../go/repo/named-type.ts';
import type { Repo } from '../../go/repo/repo.ts';
import {
  callArguments,
  calleeName,
  childByField,
  namedChildren,
  withoutAddressOf,
} from '../../go/syntax/syntax.ts';
import { elementsOf, isEmptyValue, listParts } from '../registration/lists.ts';
import type { StoreLists, WrittenName } from '../style.ts';

/**
 * Reads a StoreUpgrades value: a literal, or a variable, field or function that comes down to one.
 */
export function storeLists(repo: Repo, expr: Expr): StoreLists | undefined {
  const { facts, node, bindings } = expr;
  // What parameters stand for is told by the call.
  return bindings
    ? readLists(repo, expr)
    : repo.memoWithDependencies(
        dirname(facts.path),
        `stores ${facts.path} ${node.start} ${node.end}`,
        () => readLists(repo, expr),
      );
}

function readLists(repo: Repo, expr: Expr): StoreLists | undefined {
  const struct = structOf(repo, expr);
  if (!struct) return undefined;
  const list = (name: string) => {
    const value = fieldOf(struct, name);
    return value ? stringList(repo, value) : [];
  };
  const renamed = fieldOf(struct, 'Renamed');
  return {
    added: list('Added'),
    deleted: list('Deleted'),
    renamed: renamed ? renames(repo, renamed) : [],
    literal: struct.expr,
  };
}

/** The renames of a list of them; a part that cannot be read is one unknown pair. */
export function renames(repo: Repo, expr: Expr): { from: WrittenName; to: WrittenName }[] {
  const parts = listParts(repo, expr);
  if (parts.length === 0) return isNothing(repo, expr) ? [] : [unknownRename(expr)];
  return parts
    .flatMap(({ elements }) => elements)
    .map(element => {
      const struct = structOf(repo, element);
      if (!struct) return unknownRename(element);
      // An empty pair renames nothing, and the node does not start:
      // docs/background/incidents.md#empty-rename.
      const name = (field: 'OldKey' | 'NewKey'): WrittenName => {
        const value = fieldOf(struct, field);
        return value ? written(repo, value) : { kind: 'known', value: '', expr: element };
      };
      return { from: name('OldKey'), to: name('NewKey') };
    });
}

/** `nil`, also where a parameter or variable stands for it. */
function isNothing(repo: Repo, expr: Expr): boolean {
  const target = resolve(repo, expr);
  return isEmptyValue('expr' in target ? target.expr : expr);
}

function unknownRename(expr: Expr): { from: WrittenName; to: WrittenName } {
  const unknown: WrittenName = {
    kind: 'unknown',
    why: `${excerptOf(expr)} cannot be read as a rename`,
    expr,
  };
  return { from: unknown, to: unknown };
}

/** Whether an expression is a StoreUpgrades value, by the name of its type. */
export function isStoreUpgrades(repo: Repo, expr: Expr): boolean {
  const struct = structOf(repo, expr);
  const type = struct?.type && exprAt(struct.expr, struct.type);
  return type !== undefined && typeNameOf(repo, type.facts, textOf(type)) === 'StoreUpgrades';
}

/** A name and where it is written. */
export function written(repo: Repo, expr: Expr): WrittenName {
  return { ...stringValue(repo, expr), expr };
}

/** The strings of a `[]string`; a part that cannot be read is one unknown value. */
export function stringList(repo: Repo, expr: Expr, depth = 0): WrittenName[] {
  const node = withoutAddressOf(expr.node);
  if (node.type === 'nil' || depth > 6) return [];
  if (node.type === 'call_expression' && calleeName(node, expr.facts.text) === 'append') {
    return callArguments(node).flatMap((argument, i) => {
      const isSpread = argument.type === 'variadic_argument';
      const given = exprAt(expr, isSpread ? (namedChildren(argument)[0] ?? argument) : argument);
      return i === 0 || isSpread ? stringList(repo, given, depth + 1) : [written(repo, given)];
    });
  }
  if (node.type === 'composite_literal')
    return elementsOf(exprAt(expr, childByField(node, 'body')!)).map(element =>
      written(repo, element),
    );
  if (node.type === 'call_expression') {
    const returned = returnedBy(repo, exprAt(expr, node));
    if (returned) return stringList(repo, returned, depth + 1);
  } else {
    const target = resolve(repo, exprAt(expr, node));
    if ('expr' in target && target.expr.node !== node)
      return stringList(repo, target.expr, depth + 1);
    // `x.StoreUpgrades.Added`: a field of a struct that is itself a field.
    if ('why' in target) return [{ kind: 'unknown', why: target.why, expr }];
  }
  return [
    {
      kind: 'unknown',
      why: `${textOf(expr).slice(0, 80)} cannot be read as a list of store names`,
      expr,
    },
  ];
}
