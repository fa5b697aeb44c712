import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileEdit } from '../../core/go/edit/file-edit.ts';
import { inverse } from '../../core/plan/plan.ts';
import { Refusal } from '../../core/refusal.ts';
import { undoPlan } from '../disk/apply.ts';
import { codeOf, failure } from '../errors.ts';
import type { WriteRecord } from './written.ts';
import { forgetOthers, rememberedWrites, rootOfWrite } from './written.ts';

/** What taking the last write back does. */
export interface Undoing {
  /** The root of what was written, as an absolute path. */
  readonly root: string;
  /** The command that wrote it. */
  readonly command: string;
  readonly removes: readonly string[];
  readonly edits: readonly FileEdit[];
  /** Does it. Throws one line where a file changed since. */
  undo(): Promise<void>;
}

/**
 * What would take back the last write of the repository. Writes whose files are as before it, since
 * git or an editor took them back, are passed over. Throws `Refusal` where there is none, or where
 * files are not as it left them.
 */
export async function lastWrite(dir: string): Promise<Undoing> {
  const writes = [...(await rememberedWrites(dir))];
  for (let record = writes.pop(); record !== undefined; record = writes.pop()) {
    const root = await rootOfWrite(dir, record);
    const states = statesOf(root, record);
    if (states.every(({ isBefore }) => isBefore)) continue;
    const changed = states.filter(({ isAfter }) => !isAfter).map(({ file }) => file);
    if (changed.length > 0)
      throw new Refusal(
        `${record.command} cannot be taken back: ${changed.join(', ')} changed since it was written`,
      );
    return undoing(dir, root, record, writes);
  }
  throw new Refusal('there is nothing to take back: no write of this repository is remembered');
}

function undoing(
  dir: string,
  root: string,
  record: WriteRecord,
  left: readonly WriteRecord[],
): Undoing {
  const { command, creates, edits } = record;
  const plan = { creates, edits, notes: [] };
  const folders = record.folders.map(folder => join(root, folder));
  return {
    root,
    command,
    ...inverse(plan),
    undo: async () => {
      undoPlan(root, { plan, folders });
      await forgetOthers(dir, left);
    },
  };
}

/** A file of a write, and whether it is as that left it, or as it was before. */
interface FileState {
  readonly file: string;
  readonly isAfter: boolean;
  readonly isBefore: boolean;
}

function statesOf(root: string, { creates, edits }: WriteRecord): FileState[] {
  const changes = [
    ...creates.map(({ file, text }) => ({ file, before: undefined, after: text })),
    ...edits,
  ];
  return changes.map(({ file, before, after }) => {
    const now = textOf(join(root, file));
    return { file, isAfter: now === after, isBefore: now === before };
  });
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw failure(`${path} cannot be read`, error);
  }
}
