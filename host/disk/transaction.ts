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
import { reasonOf } from '../errors.ts';
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
    const tidy = () => waiting.forEach(path => attempt(() => rmSync(path, { force: true })));
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
      if (stuck.length > 0)
        throw new Error(
          `${reasonOf(error)}; and what was written could not be taken back: ${stuck.join('; ')}`,
        );
      tidy();
      folders.reverse().forEach(folder => attempt(() => rmdirSync(folder)));
      throw new Error(`nothing was written: ${reasonOf(error)}`);
    }
  });
}

function makeFolders(targets: readonly Target[], made: string[]): void {
  for (const folder of targets.flatMap(target => target.folders)) {
    if (made.includes(folder)) continue;
    try {
      mkdirSync(folder);
    } catch (error) {
      throw new Error(`the folder ${folder} cannot be made: ${reasonOf(error)}`);
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
    throw new Error(`${target.file} cannot be written: ${reasonOf(error)}`);
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
  try {
    if (own) return linkSync(path, former);
  } catch {
    // Then a copy.
  }
  copyFileSync(path, former, constants.COPYFILE_EXCL);
}

function moveIn(target: Staged, rename: Rename): void {
  const { file, path, next, former } = target;
  try {
    if (former) mustHold(path, target);
    else if (lstatSync(path, { throwIfNoEntry: false })) throw new Error('it exists already');
    if (next) rename(next, path);
    else rmSync(path);
  } catch (error) {
    throw new Error(`${file} cannot be written: ${reasonOf(error)}`);
  }
}

/** Gives what to tell the user where it is not possible. */
function putBack({ file, path, former }: Staged, rename: Rename): string[] {
  try {
    if (former) rename(former, path);
    else rmSync(path);
    return [];
  } catch (error) {
    return [
      former
        ? `${file} (${reasonOf(error)}; its former text is in ${former})`
        : `${file} (${reasonOf(error)})`,
    ];
  }
}

function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // Only tidies up: the outcome stands.
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
