import { textOf } from '../../go/eval/value.ts';
import { childByField } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { calledOperand, nodeText } from '../go-tree.ts';
import { copyUpgrade, modelOf } from '../package/copied-upgrade.ts';
import { importLike } from '../package/import-like.ts';
import { packageName } from '../package/package-name.ts';
import { declares } from '../package/package-parts.ts';
import type { Job } from '../upgrade/job.ts';
import { nameOf, newestFirst } from '../upgrade/neighbour.ts';
import type { Way } from './way.ts';

/** R7b: a router's chain of `.Register(vN.Upgrade)` calls, to which one more is put. */
export const routed: Way = { codes: ['R7b'], insert: upgradeByRouter };

function upgradeByRouter(job: Job): undefined {
  const own = job.wiring.registrations.filter(r => r.code === 'R7b');
  const newest = newestFirst(own, job.name);
  const model = modelOf(job, newest);
  const { facts, node } = model.place;
  if (node.type !== 'selector_expression')
    throw new Refusal(
      `the router is given ${textOf(model.place).slice(0, 60)}, which cannot be followed; ` +
        'add this upgrade by hand',
      { file: facts.path },
    );
  const ident = nodeText(facts, childByField(node, 'field'));
  const qualifier = nodeText(facts, childByField(node, 'operand'));
  const target = packageName(job.repo, job.name, newest);
  const made = copyUpgrade(job, model, newest, target, part => declares(part, ident));
  const newQualifier = importLike(job, facts, model, qualifier, target);
  const last = own.at(-1)!.place;
  const call = last.node.parent!.parent!;
  // `.⏎Register(`, as the last call follows the one before it.
  const joint = last.facts.text.slice(
    calledOperand(call)!.end,
    childByField(call, 'arguments')!.start + 1,
  );
  const text = `${joint}${newQualifier}.${made.identifier(ident)})`;
  job.changes.edit(last.facts.path, call.end, call.end, text);
  if (job.test)
    job.notes.push(`No test is written: ${nameOf(model)} has none that could be followed.`);
}
