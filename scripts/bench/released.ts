import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readChain } from '../../core/chain/analysis.ts';
import { dirname as folderOf } from '../../core/files.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import { loadRepo } from '../../core/go/repo/repo.ts';
import type { GoParser } from '../../core/go/syntax/parser.ts';
import { diskFiles } from '../../host/disk/disk-files.ts';
import { findRelease } from '../../host/git/baseline.ts';
import { gitFiles } from '../../host/git/git-files.ts';
import { appFile } from './app-file.ts';

/** A chain with the release it is compared with, in a git repository. */
export interface Released {
  readonly root: string;
  readonly now: Repo;
  readonly released: Repo;
  /** The commit of the release. */
  readonly commit: string;
  /** The Go texts of both trees, each once. */
  readonly texts: readonly string[];
}

/**
 * Gives a checkout's chains to `use`, each with its release; one that has none, such as an exported
 * tree, as a repository of two commits that differ by a line of app.go. Folders without an app are
 * left out.
 */
export async function withRelease(
  roots: readonly string[],
  parser: GoParser,
  use: (chain: Released) => void | Promise<void>,
): Promise<void> {
  for (const root of roots) {
    const now = await loadRepo(diskFiles(root), parser);
    const app = readChain(now).apps[0];
    const file = app && appFile(now, app.dir);
    if (!file) continue;
    const appModDir = folderOf(app.sdk.gomod);
    const own = await findRelease(root, { appModDir });
    const dir = 'reason' in own ? twoCommits(now, file) : root;
    try {
      const found = await findRelease(dir, { appModDir });
      if ('reason' in found)
        throw new Error(`no release of ${root} to compare with: ${found.reason}`);
      const [present, then] = await Promise.all(
        [diskFiles(dir), gitFiles(dir, found.commit)].map(files => loadRepo(files, parser)),
      );
      const texts = [present!, then!]
        .flatMap(repo => [...repo.texts])
        .flatMap(([path, text]) => (path.endsWith('.go') ? [text] : []));
      await use({
        root: dir,
        now: present!,
        released: then!,
        commit: found.commit,
        texts: [...new Set(texts)],
      });
    } finally {
      if (dir !== root) rmSync(dir, { recursive: true, force: true });
    }
  }
}

/** A repository of its own with a release and one edit after it. */
function twoCommits({ texts }: Repo, edited: string): string {
  const dir = mkdtempSync(join(tmpdir(), 'chain-upgrade-bench-'));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  };
  for (const [path, text] of texts) write(path, text);
  git(dir, 'init', '--quiet');
  commit(dir, '2024-01-01T00:00:00Z');
  git(dir, 'tag', 'v0.0.1');
  write(edited, `${texts.get(edited)!}\n// The next version.\n`);
  commit(dir, '2024-01-02T00:00:00Z');
  return dir;
}

function commit(dir: string, date: string): void {
  git(dir, 'add', '--all', '--force');
  git(
    dir,
    '-c',
    'user.name=bench',
    '-c',
    'user.email=bench@example.org',
    'commit',
    '--quiet',
    '--no-verify',
    '--no-gpg-sign',
    '--message',
    'a version',
    `--date=${date}`,
  );
}

function git(dir: string, ...args: string[]): void {
  const date = args.find(arg => arg.startsWith('--date='))?.slice('--date='.length);
  const { status, stderr, error } = spawnSync('git', ['-C', dir, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...(date && { GIT_COMMITTER_DATE: date }) },
  });
  if (status !== 0) throw new Error(`git ${args[0]}: ${error?.message ?? stderr.trim()}`);
}
