import type { Module } from '../../chain/chain.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import { intValue } from '../../go/eval/integers.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, resolve, textOf } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { childByField, findAll, namedChildren, withoutParens } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
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
      `${sharing} modules take their ConsensusVersion from the same number; give ${module.name} one of its own first`,
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
  const found = repo
    .functions(dir, 'ConsensusVersion')
    .filter(({ func }) => func.receiver && func.syntax);
  const method =
    found.find(
      ({ facts, func }) =>
        facts.path === versionPlace?.file &&
        func.start <= versionPlace.start &&
        versionPlace.end <= func.end,
    ) ?? methodOf(repo, dir, 'ConsensusVersion', type);
  const statement =
    method && findAll(childByField(method.func.syntax, 'body'), 'return_statement')[0];
  const node = namedChildren(namedChildren(statement)[0])[0];
  if (!method || !node)
    throw new Refusal(`the ConsensusVersion of ${name} was not found; raise it by hand`, {
      file: dir,
    });
  return { facts: method.facts, node };
}

/** The literal that an expression comes down to, through constants and conversions. */
function numberOf(repo: Repo, expr: Expr, depth = 0): Expr | undefined {
  const node = withoutParens(expr.node);
  const here = exprAt(expr, node);
  if (depth > 6) return undefined;
  if (node.type === 'int_literal') return here;
  if (node.type === 'call_expression' || node.type === 'type_conversion_expression') {
    const inner = /^u?int\d*\(/.test(textOf(here))
      ? (namedChildren(childByField(node, 'arguments'))[0] ?? childByField(node, 'operand'))
      : undefined;
    return inner && numberOf(repo, exprAt(expr, inner), depth + 1);
  }
  if (node.type !== 'identifier' && node.type !== 'selector_expression') return undefined;
  const target = resolve(repo, here);
  return 'expr' in target && target.expr.node !== node
    ? numberOf(repo, target.expr, depth + 1)
    : undefined;
}

/** How many ConsensusVersion methods come down to that literal. */
function sharers(repo: Repo, { facts, node }: Expr): number {
  let count = 0;
  for (const dir of repo.packages.keys()) {
    for (const { facts: file, func } of repo.functions(dir, 'ConsensusVersion')) {
      if (!func.receiver || !func.syntax || /Basics?$/.test(func.receiver.type)) continue;
      const result = namedChildren(
        namedChildren(findAll(childByField(func.syntax, 'body'), 'return_statement')[0])[0],
      )[0];
      const number =
        result && 'value' in intValue(repo, { facts: file, node: result })
          ? numberOf(repo, { facts: file, node: result })
          : undefined;
      if (number && number.facts.path === facts.path && number.node.start === node.start) count++;
    }
  }
  return count;
}
