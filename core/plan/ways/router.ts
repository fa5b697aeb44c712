import { exprAt, textOf } from '../../go/eval/value.ts';
import { childByField } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { importLike } from '../package/import-like.ts';
import { copyUpgrade, modelOf } from '../package/copied-upgrade.ts';
import { packageName } from '../package/package-name.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf, newestFirst } from '../upgrade/neighbour.ts';
import type { Way } from './way.ts';

/** R7b: a router's chain of `.Register(vN.Upgrade)` calls, to which one more is put. */
export const routed: Way = { codes: ['R7b'], insert: upgradeByRouter };

function upgradeByRouter(job: Job): undefined {
  const own = job.wiring.registrations.filter(r => r.code === 'R7b');
  const like = newestFirst(own, job.name);
  const model = modelOf(job, like);
  const { place } = model;
  if (place.node.type !== 'selector_expression')
    throw new Refusal(
      `the router is given ${textOf(place).slice(0, 60)}, which cannot be followed; add this upgrade by hand`,
      { file: place.facts.path },
    );
  const ident = textOf(exprAt(place, childByField(place.node, 'field')!));
  const qualifier = textOf(exprAt(place, childByField(place.node, 'operand')!));
  const target = packageName(job.repo, job.name, like);
  const made = copyUpgrade(
    job,
    model,
    like,
    target,
    part => part.receiver === undefined && part.names.includes(ident),
  );
  const now = importLike(job, place.facts, model, qualifier, target);
  const last = own.at(-1)!.place;
  const call = last.node.parent!.parent!;
  const callee = childByField(call, 'function')!;
  const { text, path } = last.facts;
  // `.⏎Register(`, as the last call follows the one before it.
  const joint = text.slice(
    childByField(callee, 'operand')!.end,
    childByField(call, 'arguments')!.start + 1,
  );
  job.changes.edit(path, call.end, call.end, `${joint}${now}.${made.identifier(ident)})`);
  if (job.test)
    job.notes.push(`No test is written: ${nameOf(model)} has none that could be followed.`);
}
