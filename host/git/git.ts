import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { spawn } from 'node:child_process';
import { Refusal } from '../../core/refusal.ts';
import { codeOf, failure } from '../errors.ts';

/** Git could not do it; the message is git's own. */
export class GitError extends Refusal {}

/**
 * Starts git in a folder: no shell, no prompt, no network, and never another repository than the
 * folder's own.
 */
export function startGit(root: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn('git', ['-C', root, '-c', 'protocol.allow=never', ...args], {
    env: environment(),
    stdio: 'pipe',
    windowsHide: true,
  });
}

/** Runs git to its end and gives its standard output. Throws GitError with the reason. */
export function git(root: string, args: readonly string[], input = ''): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = startGit(root, args);
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', error => reject(notStarted(error)));
    child.on('close', code =>
      code === 0
        ? resolve(Buffer.concat(out))
        : reject(new GitError(gitReason(Buffer.concat(err).toString(), code))),
    );
    // Git may end before it has read everything; its exit status says why.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** Why git did not start. */
export function notStarted(error: Error): Error {
  return codeOf(error) === 'ENOENT'
    ? new GitError('git is not installed')
    : failure('git could not be started', error);
}

/** The line of git's standard error that says what went wrong. */
export function gitReason(stderr: string, code: number | null): string {
  const lines = stderr
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
  const fatal = lines.findIndex(line => /^(fatal|error): /.test(line));
  const line =
    lines[Math.max(fatal, 0)]?.replace(/^(fatal|error): /, '') ??
    `git ended with ${code === null ? 'a signal' : `status ${code}`}`;
  const trust = lines.find(other => other.startsWith('git config --global --add safe.directory'));
  return trust ? `${line}; if you trust it: ${trust}` : line;
}

/** Refuses what git would take for an option, or for more than one commit. */
export function checkRef(ref: string): string {
  if (!ref || ref.startsWith('-') || /\.\.|[\0\r\n]/.test(ref))
    throw new Refusal(`${JSON.stringify(ref)} is not a git ref`);
  return ref;
}

// Git hooks run with variables that point to one repository, whatever -C says
// (`git rev-parse --local-env-vars`).
const local = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_NAMESPACE',
  'GIT_SHALLOW_FILE',
  'GIT_GRAFT_FILE',
];

function environment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    LC_ALL: 'C',
    LANGUAGE: '',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
  };
  for (const name of local) delete env[name];
  return env;
}
