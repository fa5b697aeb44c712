import { rmdirSync } from 'node:fs';
import type { Plan } from '../../core/plan/plan.ts';
import { inverse, refuseMoves } from '../../core/plan/plan.ts';
import { Refusal } from '../../core/refusal.ts';
import type { FileChange } from './targets.ts';
import { writeAll } from './transaction.ts';

/** A plan that was written, and the folders that had to be made for it. */
export interface WrittenPlan {
  readonly plan: Plan;
  readonly folders: readonly string[];
}

/**
 * Writes a plan below the root: all of it or nothing. Throws one line where it cannot: a file
 * changed since the plan was made, a created file would be written over another one, a folder is
 * read-only, a path leads out of the repository, the plan moves files.
 */
export function writePlan(root: string, plan: Plan): WrittenPlan {
  if (plan.refused) throw new Refusal(plan.refused.reason);
  refuseMoves(plan);
  const folders = writeAll(root, changesOf(plan));
  return { plan, folders };
}

/** Takes a written plan back, byte for byte; refused where a file changed since. */
export function undoPlan(root: string, { plan, folders }: WrittenPlan): void {
  const { removes, edits } = inverse(plan);
  const texts = new Map(plan.creates.map(({ file, text }) => [file, text]));
  writeAll(root, [
    ...edits,
    ...removes.map(file => ({ file, before: texts.get(file), after: undefined })),
  ]);
  for (const folder of [...folders].reverse()) {
    try {
      rmdirSync(folder);
    } catch {
      // Somebody put another file there: it stays.
    }
  }
}

function changesOf({ creates, edits }: Plan): FileChange[] {
  return [...creates.map(({ file, text }) => ({ file, before: undefined, after: text })), ...edits];
}
