import type { Module } from '../../chain/chain.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { intValue } from '../../go/eval/integers.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, resolve, textOf } from '../../go/eval/value.ts';
import type { FoundFunc, Repo } from '../../go/repo/repo.ts';
import {
  callArguments,
  childByField,
  findAll,
  namedChildren,
  withoutParens,
} from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { withSyntax } from '../go-tree.ts';
import { methodOf } from './find-module.ts';

/**
 * Raises a module's ConsensusVersion by one, wherever the number is written: in the method, or in a
 * constant or variable of any package of the repository.
 */
export function bump(
  repo: Repo,
  changes: EditBatch,
  module: Module,
  version: number,
  type: string | undefined,
): void {
  const written = numberOf(repo, versionExpr(repo, module, type));
  if (!written)
    throw new Refusal(`the ConsensusVersion of ${module.name} is computed; raise it by hand`, {
      file: module.versionPlace?.file ?? module.dir,
    });
  const sharing = sharers(repo, written);
  if (sharing > 1)
    throw new Refusal(
      `${sharing} modules take their ConsensusVersion from the same number; ` +
        `give ${module.name} one of its own first`,
      { file: written.facts.path },
    );
  changes.edit(written.facts.path, written.node.start, written.node.end, String(version + 1));
}

/** What the module's ConsensusVersion returns. */
function versionExpr(
  repo: Repo,
  { dir, versionPlace, name }: Module,
  type: string | undefined,
): Expr {
  const read = repo
    .functions(dir, 'ConsensusVersion')
    .find(
      ({ facts, func }) =>
        func.receiver &&
        facts.path === versionPlace?.file &&
        func.start <= versionPlace.start &&
        versionPlace.end <= func.end,
    );
  const method = read ? withSyntax(repo, read) : methodOf(repo, dir, 'ConsensusVersion', type);
  const result = method && returned(method);
  if (!result)
    throw new Refusal(`the ConsensusVersion of ${name} was not found; raise it by hand`, {
      file: dir,
    });
  return result;
}

/** What the first `return` of a function gives. */
function returned({ facts, func }: FoundFunc): Expr | undefined {
  const [statement] = findAll(childByField(func.syntax, 'body'), 'return_statement');
  const [node] = namedChildren(namedChildren(statement)[0]);
  return node && { facts, node };
}

/** The literal that an expression comes down to, through constants and conversions. */
function numberOf(repo: Repo, expr: Expr, depth = 0): Expr | undefined {
  const node = withoutParens(expr.node);
  const here = exprAt(expr, node);
  if (depth > 6) return undefined;
  switch (node.type) {
    case 'int_literal':
      return here;
    case 'call_expression':
    case 'type_conversion_expression': {
      const inner = converted(here);
      return inner && numberOf(repo, inner, depth + 1);
    }
    case 'identifier':
    case 'selector_expression': {
      const target = resolve(repo, here);
      if (!('expr' in target) || target.expr.node === node) return undefined;
      return numberOf(repo, target.expr, depth + 1);
    }
    default:
      return undefined;
  }
}

/** What is converted to an integer type in `uint64(…)`. */
function converted(expr: Expr): Expr | undefined {
  if (!/^u?int\d*\(/.test(textOf(expr))) return undefined;
  const inner = callArguments(expr.node)[0] ?? childByField(expr.node, 'operand');
  return inner && exprAt(expr, inner);
}

/** How many ConsensusVersion methods come down to that literal. */
function sharers(repo: Repo, { facts, node }: Expr): number {
  const methods = [...repo.packages.keys()]
    .flatMap(dir => repo.functions(dir, 'ConsensusVersion'))
    .filter(({ func }) => func.receiver && !/Basics?$/.test(func.receiver.type));
  return methods.filter(method => {
    const result = returned(method);
    const isKnown = result !== undefined && 'value' in intValue(repo, result);
    const number = isKnown ? numberOf(repo, result) : undefined;
    return number?.facts.path === facts.path && number.node.start === node.start;
  }).length;
}
