import type { Expr } from '../../go/eval/value.ts';
import { childByField } from '../../go/syntax/syntax.ts';
import type { Registration } from '../../wiring/style.ts';
import { nodeText } from '../go-tree.ts';
import { copyUpgrade } from '../package/copied-upgrade.ts';
import { importLike } from '../package/import-like.ts';
import { packageName } from '../package/package-name.ts';
import { declares } from '../package/package-parts.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf } from '../upgrade/neighbour.ts';

/**
 * Copies the package of an upgrade that the app calls by a selector, `v3.Upgrade`, and imports the
 * copy; gives the selector of the new one. `newest` are the neighbours, newest first.
 */
export function copiedSelector(
  job: Job,
  newest: readonly Registration[],
  model: Registration,
  { facts, node }: Expr,
): string {
  const ident = nodeText(facts, childByField(node, 'field'));
  const qualifier = nodeText(facts, childByField(node, 'operand'));
  const target = packageName(job.repo, job.name, newest);
  const made = copyUpgrade(job, model, newest, target, part => declares(part, ident));
  const newQualifier = importLike(job, facts, model, qualifier, target);
  if (job.test)
    job.notes.push(`No test is written: ${nameOf(model)} has none that could be followed.`);
  return `${newQualifier}.${made.identifier(ident)}`;
}
