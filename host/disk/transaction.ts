import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Refusal } from '../../core/refusal.ts';
import { failure, reasonOf, reworded } from '../errors.ts';
import type { FileChange, Target } from './targets.ts';
import { checkChanges, mustHold } from './targets.ts';

/** Moves a file into place. */
export type Rename = (from: string, to: string) => void;

/**
 * A target with its new text and its old one waiting beside it, so that writing and taking back are
 * only renames.
 */
interface Staged extends Target {
  readonly next?: string;
  readonly former?: string;
}

/**
 * Makes all changes or none: checks everything, writes new texts beside their places, then moves
 * them in. If a step fails, what was done is taken back. Gives the folders that were made.
 */
export function writeAll(
  root: string,
  changes: readonly FileChange[],
  rename: Rename = renameSync,
): readonly string[] {
  return uninterrupted(() => {
    const targets = checkChanges(root, changes);
    const folders: string[] = [];
    const waiting: string[] = [];
    const moved: Staged[] = [];
    const tidy = () => {
      for (const path of waiting) attempt(() => rmSync(path, { force: true }));
    };
    try {
      makeFolders(targets, folders);
      const staged = targets.map(target => stage(target, waiting));
      for (const target of staged) {
        moveIn(target, rename);
        moved.push(target);
      }
      tidy();
      return folders;
    } catch (error) {
      const stuck = moved.reverse().flatMap(target => putBack(target, rename));
      if (stuck.length > 0) {
        const reason = `${reasonOf(error)}; and what was written could not be taken back`;
        throw reworded(error, `${reason}: ${stuck.join('; ')}`);
      }
      tidy();
      for (const folder of folders.reverse()) attempt(() => rmdirSync(folder));
      throw failure('nothing was written', error);
    }
  });
}

function makeFolders(targets: readonly Target[], made: string[]): void {
  for (const folder of targets.flatMap(target => target.folders)) {
    if (made.includes(folder)) continue;
    try {
      mkdirSync(folder);
    } catch (error) {
      throw failure(`the folder ${folder} cannot be made`, error);
    }
    made.push(folder);
  }
}

function stage(target: Target, waiting: string[]): Staged {
  const beside = () => {
    const path = join(dirname(target.path), `.chain-upgrade-${randomBytes(6).toString('hex')}`);
    waiting.push(path);
    return path;
  };
  try {
    const next = target.after === undefined ? undefined : beside();
    if (next) writeNew(next, target);
    const former = target.stat ? beside() : undefined;
    if (former) keep(target, former);
    return { ...target, ...(next && { next }), ...(former && { former }) };
  } catch (error) {
    throw failure(`${target.file} cannot be written`, error);
  }
}

/** Writes the new text with the old file's mode and owner, and sees it to the disk. */
function writeNew(path: string, { after, stat }: Target): void {
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, after!);
    if (stat) {
      const fresh = fstatSync(file);
      if (fresh.uid !== stat.uid || fresh.gid !== stat.gid)
        attempt(() => chownSync(path, stat.uid, stat.gid));
      fchmodSync(file, stat.mode & 0o7777);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * A second name for the old file. A copy where the file system has no links, and of somebody else's
 * file: in a shared folder only its owner may remove a name of it.
 */
function keep({ path, stat }: Target, former: string): void {
  const own = !process.geteuid || process.geteuid() === 0 || process.geteuid() === stat?.uid;
  if (own && attempt(() => linkSync(path, former))) return;
  copyFileSync(path, former, constants.COPYFILE_EXCL);
}

function moveIn(target: Staged, rename: Rename): void {
  const { file, path, next, former } = target;
  try {
    if (former) mustHold(path, target);
    else if (lstatSync(path, { throwIfNoEntry: false })) throw new Refusal('it exists already');
    if (next) rename(next, path);
    else rmSync(path);
  } catch (error) {
    throw failure(`${file} cannot be written`, error);
  }
}

/** Gives what the user has to know where it is not possible. */
function putBack({ file, path, former }: Staged, rename: Rename): string[] {
  try {
    if (former) rename(former, path);
    else rmSync(path);
    return [];
  } catch (error) {
    const kept = former === undefined ? '' : `; its former text is in ${former}`;
    return [`${file} (${reasonOf(error)}${kept})`];
  }
}

/** Does what may fail without harm. Gives whether it was done. */
function attempt(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

/**
 * A Ctrl-C between two renames would leave half a change; these few milliseconds are not open to
 * it.
 */
function uninterrupted<T>(action: () => T): T {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const wait = () => {};
  for (const signal of signals) process.on(signal, wait);
  try {
    return action();
  } finally {
    for (const signal of signals) process.off(signal, wait);
  }
}
