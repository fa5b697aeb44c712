import { insertElement } from '../../edit/list-element.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import { childByField } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { importLike } from '../package/import-like.ts';
import { copyUpgrade, modelOf } from '../package/copied-upgrade.ts';
import { packageName } from '../package/package-name.ts';
import type { Job } from '../upgrade/job.ts';
import { isDescending, nameOf, newestFirst } from '../upgrade/neighbour.ts';
import { keepsOnlyNewest } from '../upgrade/newest-only.ts';
import type { Way } from './way.ts';

/** R1c: a local list whose elements constructors of the upgrades' packages make. */
export const inLocalList: Way = { codes: ['R1c'], insert: upgradeInLocalList };

function upgradeInLocalList(job: Job): undefined {
  const own = job.wiring.registrations.filter(r => r.code === 'R1c');
  const like = newestFirst(own, job.name);
  const model = modelOf(job, like);
  const { place } = model;
  const callee =
    place.node.type === 'call_expression' ? childByField(place.node, 'function') : place.node;
  if (callee?.type !== 'selector_expression')
    throw new Refusal(
      `the list holds ${textOf(place).slice(0, 60)}, which cannot be followed; add this upgrade by hand`,
      { file: place.facts.path },
    );
  const ident = textOf(exprAt(place, childByField(callee, 'field')!));
  const qualifier = textOf(exprAt(place, childByField(callee, 'operand')!));
  const target = packageName(job.repo, job.name, like);
  const made = copyUpgrade(
    job,
    model,
    like,
    target,
    part => part.receiver === undefined && part.names.includes(ident),
  );
  const now = importLike(job, place.facts, model, qualifier, target);
  const element = `${now}.${made.identifier(ident)}${place.facts.text.slice(callee.end, place.node.end)}`;
  insertElement(job.changes, model.list!.literal, like[0]!.place.node, element, isDescending(own));
  if (own.length === 1 && keepsOnlyNewest(job, model))
    job.notes.push(
      `Only the newest upgrade is in the list in this chain: take ${nameOf(model)} out once no network still has to run it.`,
    );
  if (job.test)
    job.notes.push(`No test is written: ${nameOf(model)} has none that could be followed.`);
}
