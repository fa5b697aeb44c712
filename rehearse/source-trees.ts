import { createHash } from 'node:crypto';
import { copyFile, lstat, mkdir, readFile, readlink, realpath, symlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { codeOf, failure } from '../host/errors.ts';
import { git } from '../host/git/git.ts';
import { gitPrefix } from '../host/git/git-prefix.ts';
import { rehearsalFolder } from './rehearsal-folder.ts';

/** Source to build from: a version of the repository, and what it is known by. */
export interface SourceTree {
  /** Differs whenever a file differs. */
  readonly hash: string;
  /** As `git describe` names it, for the binary's version. */
  readonly version: string;
  readonly commit: string;
  /**
   * Puts the files into a folder and gives the chain's root in it. The repository itself is not
   * touched.
   */
  lay(dir: string): Promise<string>;
}

/** The repository as of a commit. */
export async function committedSource(root: string, commit: string): Promise<SourceTree> {
  const prefix = await gitPrefix(root);
  return {
    hash: commit,
    commit,
    version: await describe(root, commit),
    async lay(dir) {
      await clone(root, dir);
      await inClone(
        dir,
        ['checkout', '-q', '--detach', commit],
        'the old version cannot be checked out',
      );
      return join(dir, prefix);
    },
  };
}

/**
 * The working tree as it is: what was edited and added and is not committed yet, and Go files that
 * git ignores, included.
 */
export async function workingSource(root: string): Promise<SourceTree> {
  const prefix = await gitPrefix(root);
  const top = (await git(root, ['rev-parse', '--show-toplevel'])).toString().trim();
  const files = await workingFiles(top);
  const commit = (await git(root, ['rev-parse', 'HEAD'])).toString().trim();
  const described = await describe(root, 'HEAD');
  const changed = (await git(root, ['status', '--porcelain', '-uno'])).length > 0;
  return {
    hash: await contentHash(top, files),
    commit,
    version: changed ? `${described}-dirty` : described,
    async lay(dir) {
      await clone(root, dir);
      // `git describe` and the like see the commit that is worked on.
      await inClone(dir, ['reset', '-q', commit], 'the working tree cannot be laid out');
      await inLanes(files, file =>
        copy(top, dir, file).catch(error => {
          throw failure(`${file} cannot be copied to build from`, error);
        }),
      );
      return join(dir, prefix);
    },
  };
}

async function clone(root: string, dir: string): Promise<void> {
  const top = (await git(root, ['rev-parse', '--show-toplevel'])).toString().trim();
  try {
    // Objects are shared, not copied; `protocol.file` is the repository itself, no network.
    await git(root, [
      '-c',
      'protocol.file.allow=always',
      'clone',
      '-q',
      '--shared',
      '--no-checkout',
      '--template=',
      '--',
      top,
      dir,
    ]);
  } catch (error) {
    throw failure('the repository cannot be cloned to build from', error);
  }
}

async function inClone(dir: string, args: readonly string[], what: string): Promise<void> {
  await git(dir, [
    '-c',
    'core.hooksPath=/dev/null',
    '-c',
    'advice.detachedHead=false',
    ...args,
  ]).catch(error => {
    throw failure(what, error);
  });
}

async function describe(root: string, commit: string): Promise<string> {
  const out = await git(root, ['describe', '--tags', '--always', commit]).catch(() =>
    Buffer.from(commit.slice(0, 12)),
  );
  return out
    .toString()
    .trim()
    .replace(/^v(?=\d)/, '');
}

async function workingFiles(top: string): Promise<string[]> {
  const list = async (...args: string[]) =>
    (await git(top, ['ls-files', '-z', ...args])).toString().split('\0').filter(Boolean);
  const kept = await list('-c', '-o', '--exclude-standard');
  // Generated code is often ignored by git, and still what Go builds.
  const ignored = (await list('-o', '-i', '--exclude-standard')).filter(
    file => /(\.go|(^|\/)go\.work(\.sum)?)$/.test(file) && !/(^|\/)node_modules\//.test(file),
  );
  const own = await ownFolder(top);
  return [...new Set([...kept, ...ignored])]
    .filter(file => own === undefined || !file.startsWith(own))
    .sort();
}

/**
 * The folder of rehearsals where it lies in the repository, as caches of CI may: what is kept there
 * is no part of the chain.
 */
async function ownFolder(top: string): Promise<string | undefined> {
  const way = relative(
    await realpath(top),
    await realpath(rehearsalFolder()).catch(() => rehearsalFolder()),
  )
    .split(sep)
    .join('/');
  return way === '' || way.startsWith('..') || isAbsolute(way) ? undefined : `${way}/`;
}

async function contentHash(top: string, files: readonly string[]): Promise<string> {
  const parts = new Map<string, string>();
  await inLanes(files, async file => {
    const content = await contentOf(join(top, file));
    if (content !== undefined) parts.set(file, createHash('sha256').update(content).digest('hex'));
  });
  return createHash('sha256')
    .update(files.map(file => `${file}\0${parts.get(file) ?? ''}\n`).join(''))
    .digest('hex');
}

/** A file's bytes, or where a link leads; undefined where it is gone or a folder (a submodule). */
async function contentOf(path: string): Promise<Buffer | string | undefined> {
  try {
    const stat = await lstat(path);
    if (stat.isSymbolicLink()) return await readlink(path);
    return stat.isFile() ? await readFile(path) : undefined;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return undefined;
    throw failure(`${path} cannot be read`, error);
  }
}

async function copy(from: string, to: string, file: string): Promise<void> {
  const source = join(from, file);
  const target = join(to, file);
  const stat = await lstat(source).catch(() => undefined);
  if (!stat || stat.isDirectory()) return;
  await mkdir(dirname(target), { recursive: true });
  if (stat.isSymbolicLink()) await symlink(await readlink(source), target);
  else if (stat.isFile()) await copyFile(source, target);
}

/**
 * Works on several files at a time. When one cannot be done, the others are left, and nothing works
 * on when this throws.
 */
async function inLanes(
  files: readonly string[],
  work: (file: string) => Promise<void>,
): Promise<void> {
  const waiting = [...files];
  const lanes = await Promise.allSettled(
    Array.from({ length: 16 }, async () => {
      for (let file = waiting.pop(); file !== undefined; file = waiting.pop())
        await work(file).catch(error => {
          waiting.length = 0;
          throw error;
        });
    }),
  );
  const failed = lanes.find(lane => lane.status === 'rejected');
  if (failed) throw failed.reason;
}
