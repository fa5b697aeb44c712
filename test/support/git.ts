import { spawnSync } from 'node:child_process';

// The machine's own settings must not matter.
const quiet = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.org',
};

/** Runs git in a folder and gives what it printed. */
export function git(dir: string, ...args: string[]): string {
  return gitWith({}, dir, ...args);
}

/** The same with more environment or input. */
export function gitWith(
  { env = {}, input }: { env?: Record<string, string>; input?: string },
  dir: string,
  ...args: string[]
): string {
  const { status, stdout, stderr } = spawnSync(
    'git',
    ['-C', dir, '-c', 'init.defaultBranch=main', ...args],
    {
      encoding: 'utf8',
      env: { ...process.env, ...quiet, ...env },
      ...(input !== undefined && { input }),
    },
  );
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

/** A history whose commits are a minute apart, unless a time is given. */
export class History {
  readonly dir: string;
  private minute = 0;

  constructor(dir: string) {
    this.dir = dir;
    git(dir, 'init', '--quiet');
  }

  /** Commits all that is in the folder, and tags it. */
  commit(tag?: string, minute = ++this.minute): string {
    const date = new Date(Date.UTC(2024, 0, 1, 0, minute)).toISOString();
    git(this.dir, 'add', '--all');
    gitWith(
      { env: { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date } },
      this.dir,
      'commit',
      '--quiet',
      '--allow-empty',
      '--message',
      tag ?? `commit ${minute}`,
    );
    if (tag) git(this.dir, 'tag', tag);
    return git(this.dir, 'rev-parse', 'HEAD');
  }

  /** Goes to a commit, on a new branch where one is named. */
  go(to: string, branch?: string): void {
    git(this.dir, 'checkout', '--quiet', ...(branch ? ['-b', branch] : []), to);
  }
}
