import { execFileSync } from 'node:child_process';
import type { Uri } from 'vscode';
import { file, folder, onDisk, putOnDisk } from './editor.ts';

/**
 * Makes the folder a git repository with a release in which one file had another text; the folder
 * itself stays as it is.
 */
export async function release(tag: string, changed: Uri, text: string): Promise<void> {
  const now = (await onDisk(changed))!;
  const commit = (seconds: number) => {
    git(['add', '--all']);
    git(
      [
        '-c',
        'user.name=Test',
        '-c',
        'user.email=test@example.com',
        'commit',
        '--quiet',
        '--allow-empty',
        '--message',
        'A commit',
      ],
      { GIT_AUTHOR_DATE: `${seconds} +0000`, GIT_COMMITTER_DATE: `${seconds} +0000` },
    );
  };
  git(['init', '--quiet']);
  await putOnDisk(changed, text);
  commit(1_700_000_000);
  git(['tag', tag]);
  await putOnDisk(changed, now);
  commit(1_700_000_100);
}

/** Makes the chain without its upgrade v3 the release v2.0.0, so that v3 is pending. */
export async function releaseBeforeV3(): Promise<void> {
  const app = file('app/app.go');
  const text = (await onDisk(app))!;
  const without = text.replace(/^.*\/upgrades\/v3"\n/m, '').replace(/^.*v3\.Upgrade,\n/m, '');
  await release('v2.0.0', app, without);
}

function git(args: readonly string[], env: Record<string, string> = {}): void {
  execFileSync('git', args, {
    cwd: folder().fsPath,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}
