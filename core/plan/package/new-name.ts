import { dirname } from '../../files.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import type { Expr } from '../../go/eval/value.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import { quote, withoutParens } from '../../go/syntax/syntax.ts';
import type { Registration } from '../../wiring/style.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';
import { nameConstant } from './declarations.ts';
import { addNameConstant, noteInfo } from './name-constant.ts';
import { respellIdentifier } from './naming.ts';
import { replaceName } from './rewrite.ts';

/**
 * The new plan's name as Go, where a neighbour writes its own as `written`: a constant that is
 * declared beside the neighbour's, or the name itself where the neighbour has no constant, or one
 * whose identifier does not spell its plan. It goes below the constant of `newest`, where that is in
 * the same file.
 */
export function newName(
  job: Job,
  neighbour: Registration,
  written: Expr,
  newest = neighbour,
): string {
  const constant = nameConstant(job.repo, written);
  const old = constant?.spec.name;
  const ident =
    old === undefined
      ? undefined
      : respellIdentifier({ name: nameOf(neighbour), text: old }, job.name);
  if (!constant || ident === undefined || ident === old) {
    noteInfo(job);
    return quote(job.name);
  }
  const last = nameConstant(job.repo, newest.nameExpr);
  addNameConstant(job, last?.facts === constant.facts ? last : constant, ident);
  const text = textOf(exprAt(written, withoutParens(written.node)));
  return text.slice(0, text.length - old!.length) + ident;
}

/**
 * Writes the new name into a copy of a neighbour's package: as the string that the package holds,
 * or in place of the constant of another package.
 */
export function replaceNameInCopy(job: Job, copy: EditBatch, neighbour: Registration): void {
  const elsewhere = nameElsewhere(job, neighbour);
  if (elsewhere === undefined) {
    replaceName(job, copy, neighbour);
    return;
  }
  const { facts, node } = neighbour.nameExpr;
  copy.edit(facts.path, node.start, node.end, elsewhere);
}

/**
 * The same where the neighbour's name is a constant of a package other than the neighbour's own,
 * which a copy of that package does not declare; undefined where it is not.
 */
export function nameElsewhere(job: Job, neighbour: Registration): string | undefined {
  const constant = nameConstant(job.repo, neighbour.nameExpr);
  return constant && dirname(constant.facts.path) !== neighbour.package
    ? newName(job, neighbour, neighbour.nameExpr)
    : undefined;
}
