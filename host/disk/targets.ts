import type { Stats } from 'node:fs';
import { accessSync, constants, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { Refusal } from '../../core/refusal.ts';
import { codeOf, failure } from '../errors.ts';
import { isBelow } from './walk.ts';

/** One file's text before and after; undefined where there is no file. */
export interface FileChange {
  readonly file: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Where a change lands, once everything about it was found in order. */
export interface Target extends FileChange {
  /** The real path: links resolved, so that a linked file is rewritten and its link stays. */
  readonly path: string;
  /** The folders to make first, outermost first. */
  readonly folders: readonly string[];
  /** The file as it is; absent for a new one. */
  readonly stat?: Stats;
}

/**
 * Checks every change before anything is written. Throws with the first that cannot be made, and
 * what to do.
 */
export function checkChanges(root: string, changes: readonly FileChange[]): Target[] {
  const top = inWords(root, () => realpathSync(root));
  const targets = changes.map(change => {
    checkPath(change.file);
    return inWords(change.file, () =>
      change.before === undefined ? newFile(top, change) : oldFile(top, change),
    );
  });
  const paths = new Set<string>();
  for (const { path, file } of targets) {
    if (paths.has(path)) throw new Refusal(`${file} would be written twice`);
    paths.add(path);
  }
  for (const { folders, file } of targets) {
    const both = folders.find(folder => paths.has(folder));
    if (both) throw new Refusal(`${relative(top, both)} would be a file and the folder of ${file}`);
  }
  return targets;
}

function checkPath(file: string): void {
  const parts = file.split('/');
  const odd = parts.some(
    part => part === '' || part === '.' || part === '..' || part.toLowerCase() === '.git',
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  if (odd || /[\\\0-\x1f]/.test(file))
    throw new Refusal(`${JSON.stringify(file)} is not a path inside the repository`);
}

function newFile(top: string, change: FileChange): Target {
  const { file } = change;
  const missing: string[] = [];
  let folder = dirname(join(top, file));
  while (!lstatSync(folder, { throwIfNoEntry: false })) {
    missing.unshift(folder);
    folder = dirname(folder);
  }
  const real = realFolder(top, folder, file);
  const folders = missing.map(path => join(real, relative(folder, path)));
  const path = join(folders.at(-1) ?? real, file.slice(file.lastIndexOf('/') + 1));
  if (lstatSync(path, { throwIfNoEntry: false }))
    throw new Refusal(`${file} exists already: nothing is overwritten`);
  return { ...change, path, folders };
}

function realFolder(top: string, folder: string, file: string): string {
  const name = relative(top, folder).replaceAll(sep, '/') || 'the root folder';
  let real: string;
  try {
    real = realpathSync(folder);
    if (!statSync(real).isDirectory()) throw new Refusal('it is not a folder');
  } catch (error) {
    throw failure(
      `${file} cannot be created in ${name}`,
      codeOf(error) === 'ENOENT' ? new Refusal('it is a broken link') : error,
    );
  }
  if (!isBelow(real, top))
    throw new Refusal(`${file} cannot be created: ${name} leads out of the repository`);
  mustBeWritable(real, name);
  return real;
}

function oldFile(top: string, change: FileChange): Target {
  const { file } = change;
  let path: string;
  let stat: Stats;
  try {
    path = realpathSync(join(top, file));
    stat = statSync(path);
  } catch (error) {
    throw codeOf(error) === 'ENOENT'
      ? new Refusal(`${file} is gone since it was read: run again`)
      : failure(`${file} cannot be changed`, error);
  }
  if (!isBelow(path, top))
    throw new Refusal(`${file} cannot be changed: it leads out of the repository`);
  if (!stat.isFile()) throw new Refusal(`${file} is not a file`);
  mustHold(path, change);
  mustBeWritable(
    dirname(path),
    relative(top, dirname(path)).replaceAll(sep, '/') || 'the root folder',
  );
  mustBeWritable(path, file);
  return { ...change, path, folders: [], stat };
}

/** A file must still hold, byte for byte, the text that the change was made from. */
export function mustHold(path: string, { file, before }: FileChange): void {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw failure(`${file} cannot be read`, error);
  }
  if (!bytes.equals(Buffer.from(before!)))
    throw new Refusal(`${file} has changed since it was read: run again`);
}

/** What the file system says, with the file it says it of. */
function inWords<T>(file: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    throw codeOf(error) === undefined ? error : failure(`${file} cannot be written`, error);
  }
}

function mustBeWritable(path: string, name: string): void {
  try {
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw failure(`${name} cannot be written`, error);
  }
}
