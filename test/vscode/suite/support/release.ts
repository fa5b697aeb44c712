import { execFileSync } from 'node:child_process';
import type { Uri } from 'vscode';
import { folder, onDisk, putOnDisk } from './editor.ts';

/**
 * Makes the folder a git repository with a release in which one file had another text; the folder
 * itself stays as it is.
 */
export async function release(tag: string, file: Uri, text: string): Promise<void> {
  const now = (await onDisk(file))!;
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
  await putOnDisk(file, text);
  commit(1_700_000_000);
  git(['tag', tag]);
  await putOnDisk(file, now);
  commit(1_700_000_100);
}

function git(args: readonly string[], env: Record<string, string> = {}): void {
  execFileSync('git', args, {
    cwd: folder().fsPath,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}
