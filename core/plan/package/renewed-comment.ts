import { commentAbove, commentStart } from '../../go/edit/comment-above.ts';
import { indentAt, lineStart } from '../../go/edit/edit.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { Job } from '../upgrade/job.ts';
import { respellProse, speaksOfOther } from './naming.ts';

/**
 * Makes the comment above something that is rewritten in its place that of the new upgrade: it is
 * respelt, or taken out where it speaks of another version.
 */
export function renewComment(job: Job, facts: FileFacts, start: number, from: string): void {
  const { text, path } = facts;
  const comment = commentAbove(text, start);
  const respelt = respellProse(comment, from, job.name);
  const isStrange = speaksOfOther(respelt, job.name);
  if (comment === '' || (respelt === comment && !isStrange)) return;
  const indent = indentAt(text, start);
  const lines = isStrange ? '' : respelt.replace(/^/gm, indent).concat('\n');
  job.changes.edit(path, commentStart(text, start), lineStart(text, start), lines);
}
