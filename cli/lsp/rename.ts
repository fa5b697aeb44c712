import { existsSync } from 'node:fs';
import type { Position, Range, WorkspaceEdit } from 'vscode-languageserver/node.js';
import type { Plan } from '../../core/plan/plan.ts';
import { existsAlready } from '../../core/plan/refuse-existing.ts';
import { Refusal } from '../../core/refusal.ts';
import { planRenameIn } from '../../core/tasks/tasks.ts';
import { fileOperations } from '../../core/workspace/file-operations.ts';
import { ranBases, renameTarget } from '../../core/workspace/plan-rename.ts';
import { refusalLine } from '../../host/commands/show.ts';
import { reasonOf } from '../../host/errors.ts';
import type { ChainFile } from './chains.ts';
import { planEdit } from './edits.ts';
import type { Presentation } from './publish.ts';

/** What an editor offers to change at a place. */
export interface Renameable {
  readonly range: Range;
  readonly placeholder: string;
}

/** The name of a plan at a position; null at all else. */
export function renameableAt({ chain, path }: ChainFile, position: Position): Renameable | null {
  const target = renameTarget(chain.linted, path, position);
  return target ? { range: target.range, placeholder: target.name } : null;
}

/** A rename as an edit, and what the user has to know of it. */
export interface RenameEdit {
  readonly edit: WorkspaceEdit;
  readonly notes: readonly string[];
}

/** Gives the plan at a position another name. Throws `Refusal` with one line where it cannot. */
export async function renameEdit(
  { chain, path }: ChainFile,
  position: Position,
  to: string,
  presentation: Presentation,
): Promise<RenameEdit> {
  const target = renameTarget(chain.linted, path, position);
  if (!target) throw new Refusal('no name of an upgrade plan is written out here');
  const { session, linted } = chain;
  const wanted = linted.options().config?.base;
  const release = await session.readBase(target.app, wanted).catch((error: unknown) => {
    if (wanted !== undefined) throw new Refusal(reasonOf(error));
    return { reason: reasonOf(error) };
  });
  const bases = ranBases(linted, release);
  const plan: Plan = await planRenameIn(
    { analysis: session, app: target.app, base: linted.bases[0], bases },
    { name: target.name, to },
    session.files,
  );
  if (plan.refused) throw new Refusal(refusalLine(plan.refused));
  for (const { to: place } of fileOperations(plan.moves ?? []))
    if (existsSync(chain.fileAt(place))) throw existsAlready(place);
  return { edit: planEdit(chain, plan, presentation), notes: plan.notes };
}
