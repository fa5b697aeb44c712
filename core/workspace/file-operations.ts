import { basename, dirname, join } from '../files.ts';

/** A file or folder that an editor renames. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/**
 * Moves of files as an editor makes them, in order: a file that is called otherwise where it is, then
 * its folder as a whole, so that none is left behind. Every file of such a folder has to move.
 */
export function fileOperations(moves: readonly Renaming[]): Renaming[] {
  const files: Renaming[] = [];
  const folders = new Map<string, string>();
  for (const { from, to } of moves) {
    const beside = join(dirname(from), basename(to));
    if (beside !== from) files.push({ from, to: beside });
    const folder = movedFolder(dirname(from), dirname(to));
    const known = folder && folders.get(folder.from);
    if (folder && known !== undefined && known !== folder.to)
      throw new Error(`${folder.from} cannot become both ${known} and ${folder.to}`);
    if (folder) folders.set(folder.from, folder.to);
  }
  return [...files, ...[...folders].map(([from, to]) => ({ from, to }))];
}

/** The folder that is called otherwise on the way from one to another. */
function movedFolder(from: string, to: string): Renaming | undefined {
  if (from === to) return undefined;
  return basename(from) === basename(to) ? movedFolder(dirname(from), dirname(to)) : { from, to };
}
