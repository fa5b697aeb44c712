import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Refusal } from '../core/refusal.ts';
import { codeOf, failure, reasonOf, reworded } from './errors.ts';
import { git } from './git/git.ts';

/** An example chain as the build bundles it, in two versions. Texts are by path. */
export interface ExampleChain {
  /** The release's tag. */
  readonly tag: string;
  /** All of the release. */
  readonly release: Readonly<Record<string, string>>;
  /** What the next version has otherwise, and what it has besides. */
  readonly next: Readonly<Record<string, string>>;
}

/**
 * Makes a git repository of an example chain: the release with its tag, and after it a commit of the
 * next version. The folder must not be there, or be empty. It is made beside its place and moved in
 * once it is complete. Throws a refusal that says what to do, and leaves nothing behind.
 */
export async function makeExample(
  folder: string,
  example: ExampleChain,
  signal?: AbortSignal,
): Promise<void> {
  ensureFree(folder);
  await ensureGit(dirname(folder));
  const half = makeBeside(folder);
  try {
    await fill(half, example, signal);
    signal?.throwIfAborted();
    moveIn(half, folder);
  } catch (error) {
    rmSync(half, { recursive: true, force: true, maxRetries: 5 });
    if (error instanceof Refusal || signal?.aborted) throw error;
    throw failure(`the example chain could not be copied to ${folder}`, error);
  }
}

/** The release, and what came after it, as a team would have committed them. */
async function fill(dir: string, example: ExampleChain, signal?: AbortSignal): Promise<void> {
  await run(dir, ['init', '--quiet']);
  await commit(dir, example.release, `Release ${example.tag}`, signal);
  await run(dir, ['tag', example.tag]);
  await commit(dir, example.next, 'A module ledger, and a wider count', signal);
}

async function commit(
  dir: string,
  texts: Readonly<Record<string, string>>,
  subject: string,
  signal?: AbortSignal,
): Promise<void> {
  for (const [path, text] of Object.entries(texts)) {
    signal?.throwIfAborted();
    const file = join(dir, path);
    mkdirSync(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  // Whatever the user ignores everywhere: the chain has to be complete.
  await run(dir, ['add', '--all', '--force']);
  await run(dir, ['commit', '--quiet', '--no-verify', '--message', subject]);
}

/** Git without the user's own hooks, names and keys, none of which an example needs. */
function run(dir: string, args: readonly string[]): Promise<Buffer> {
  const settings = [
    'init.defaultBranch=main',
    'init.templateDir=',
    'core.hooksPath=.git/no-hooks',
    'core.autocrlf=false',
    'commit.gpgSign=false',
    'tag.gpgSign=false',
    'user.name=Example',
    'user.email=example@localhost',
  ];
  return git(dir, [...settings.flatMap(setting => ['-c', setting]), ...args]);
}

async function ensureGit(folder: string): Promise<void> {
  try {
    await git(folder, ['--version']);
  } catch (error) {
    throw new Refusal(
      `the example chain is made with git, and ${reasonOf(error)}: ` +
        'install git (https://git-scm.com/downloads), and try again',
    );
  }
}

function ensureFree(folder: string): void {
  const there = entriesOf(folder);
  if (there === undefined) {
    if (entriesOf(dirname(folder)) === undefined)
      throw new Refusal(`there is no folder ${dirname(folder)}: pick one that is there`);
  } else if (there.length > 0)
    throw new Refusal(
      `${folder} exists and is not empty, and nothing in it is overwritten: ` +
        'open it, or pick another folder',
    );
}

/** What is in a folder; undefined where there is none. */
function entriesOf(folder: string): readonly string[] | undefined {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw failure(`${folder} cannot be read`, error);
  }
}

function makeBeside(folder: string): string {
  const name = `.${basename(folder)}-${randomBytes(4).toString('hex')}`;
  const half = join(dirname(folder), name);
  try {
    mkdirSync(half);
    return half;
  } catch (error) {
    throw reworded(
      error,
      `nothing can be written in ${dirname(folder)}: ${reasonOf(error)}: pick another folder`,
    );
  }
}

/** Both calls fail where something was put into the folder meanwhile: nothing is overwritten. */
function moveIn(half: string, folder: string): void {
  if (entriesOf(folder) !== undefined) rmdirSync(folder);
  renameSync(half, folder);
}
