import type { UserIds } from './facts.ts';
import type { PathEntry } from './machine.ts';

/** Bits of what a user may do: read 4, write 2, execute or search 1. */
export type PermissionBit = 1 | 2 | 4;

/**
 * Whether the mode of a file lets a user do something. Root may do everything but execute what
 * nobody may execute. Further groups of the user are not known, so a group that is not the user's
 * own counts for nothing.
 */
export function mayDo({ uid, gid }: UserIds, entry: PathEntry, bit: PermissionBit): boolean {
  if (uid === 0) return bit !== 1 || entry.kind === 'folder' || (entry.mode & 0o111) !== 0;
  return (entry.mode & (bit << shiftFor(uid, gid, entry))) !== 0;
}

function shiftFor(uid: number, gid: number, entry: PathEntry): number {
  if (uid === entry.uid) return 6;
  return gid === entry.gid ? 3 : 0;
}
