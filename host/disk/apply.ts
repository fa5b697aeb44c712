import { rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Move, Plan } from '../../core/plan/plan.ts';
import { inverse } from '../../core/plan/plan.ts';
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
 * changed since the plan was made, a created or moved file would be written over another one, a
 * folder is read-only, a path leads out of the repository. Folders that moves leave empty go.
 */
export function writePlan(root: string, plan: Plan): WrittenPlan {
  if (plan.refused) throw new Refusal(plan.refused.reason);
  const folders = writeAll(root, changesOf(plan));
  leaveNoFolders(root, plan.moves ?? []);
  return { plan, folders };
}

/** Takes a written plan back, byte for byte; refused where a file changed since. */
export function undoPlan(root: string, { plan, folders }: WrittenPlan): void {
  const { removes, edits, moves } = inverse(plan);
  const texts = new Map(plan.creates.map(({ file, text }) => [file, text]));
  writeAll(root, [
    ...edits,
    ...moves.flatMap(changesOfMove),
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

function changesOf({ creates, edits, moves = [] }: Plan): FileChange[] {
  return [
    ...creates.map(({ file, text }) => ({ file, before: undefined, after: text })),
    ...moves.flatMap(changesOfMove),
    ...edits,
  ];
}

/** A move as a file that comes and one that goes. */
function changesOfMove({ from, to, before, after }: Move): FileChange[] {
  return [
    { file: to, before: undefined, after, movedFrom: from },
    { file: from, before, after: undefined },
  ];
}

/** Removes the folders that files were moved out of, where nothing is left in them. */
function leaveNoFolders(root: string, moves: readonly Move[]): void {
  const folders = new Set(moves.flatMap(({ from }) => foldersOf(dirname(from))));
  for (const folder of [...folders].sort((a, b) => b.length - a.length)) {
    try {
      rmdirSync(join(root, folder));
    } catch {
      // Something else is in it: it stays.
    }
  }
}

/** A folder below the root and those around it. */
function foldersOf(folder: string): string[] {
  return folder === '.' ? [] : [folder, ...foldersOf(dirname(folder))];
}
