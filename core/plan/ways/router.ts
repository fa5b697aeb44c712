import { indentAt, lineEnd } from '../../go/edit/edit.ts';
import type { Expr } from '../../go/eval/value.ts';
import { textOf } from '../../go/eval/value.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, enclosing } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { calledOperand } from '../go-tree.ts';
import { modelOf } from '../package/copied-upgrade.ts';
import type { Job } from '../upgrade/job.ts';
import { newestFirst } from '../upgrade/neighbour.ts';
import { copiedSelector } from './copied-selector.ts';
import type { Way } from './way.ts';

/**
 * R7b: a router that `.Register(vN.Upgrade)` calls fill, in a chain or one by one; one more is put
 * behind the last.
 */
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
  addCall(job, own.at(-1)!.place, copiedSelector(job, newest, model, model.place));
}

/** Adds a call that registers an upgrade behind the one that registers the last. */
function addCall(job: Job, { facts, node }: Expr, upgrade: string): void {
  const { text, path } = facts;
  const call = node.parent!.parent!;
  const operand = calledOperand(call)!;
  const statement = operand.type === 'call_expression' ? undefined : statementAround(call);
  if (statement) {
    const { start, end } = statement;
    const like = text.slice(start, node.start) + upgrade + text.slice(node.end, end);
    const next = lineEnd(text, end);
    if (/^[ \t]*(\/\/.*)?\r?\n$/.test(text.slice(end, next)))
      job.changes.edit(path, next, next, `${indentAt(text, start)}${like}\n`);
    else job.changes.edit(path, end, end, `; ${like}`);
    return;
  }
  // `.⏎Register(`, as the last call follows the one before it.
  const joint = text.slice(operand.end, childByField(call, 'arguments')!.start + 1);
  job.changes.edit(path, call.end, call.end, `${joint}${upgrade})`);
}

/** The statement that a call is, or whose assignment it is the value of. */
function statementAround(call: SyntaxNode): SyntaxNode | undefined {
  const around = enclosing(call, 'expression_statement', 'assignment_statement', 'block');
  return around?.type === 'block' ? undefined : around;
}
