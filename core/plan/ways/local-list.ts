import { insertElement } from '../../edit/list-element.ts';
import { exprAt, textOf } from '../../go/eval/value.ts';
import { childByField } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { modelOf } from '../package/copied-upgrade.ts';
import type { Job } from '../upgrade/job.ts';
import { isDescending, nameOf, newestFirst } from '../upgrade/neighbour.ts';
import { keepsOnlyNewest } from '../upgrade/newest-only.ts';
import { copiedSelector } from './copied-selector.ts';
import type { Way } from './way.ts';

/** R1c: a local list whose elements constructors of the upgrades' packages make. */
export const inLocalList: Way = { codes: ['R1c'], insert: upgradeInLocalList };

function upgradeInLocalList(job: Job): undefined {
  const own = job.wiring.registrations.filter(r => r.code === 'R1c');
  const newest = newestFirst(own, job.name);
  const model = modelOf(job, newest);
  const { facts, node } = model.place;
  const callee = node.type === 'call_expression' ? childByField(node, 'function') : node;
  if (callee?.type !== 'selector_expression')
    throw new Refusal(
      `the list holds ${textOf(model.place).slice(0, 60)}, which cannot be followed; ` +
        'add this upgrade by hand',
      { file: facts.path },
    );
  const selector = copiedSelector(job, newest, model, exprAt(model.place, callee));
  const element = selector + facts.text.slice(callee.end, node.end);
  const beside = newest[0]!.place.node;
  insertElement(job.changes, model.list!.literal, beside, element, isDescending(own));
  if (own.length === 1 && keepsOnlyNewest(job, model))
    job.notes.push(
      `Only the newest upgrade is in the list in this chain: take ${nameOf(model)} out ` +
        'once no network still has to run it.',
    );
}
