import { Refusal } from '../core/refusal.ts';

const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a file is where a folder should be',
  EISDIR: 'it is a folder',
  EEXIST: 'it exists already',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the disk',
  EDQUOT: 'the disk quota is used up',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
};

/** The string code of a system error, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** What went wrong, in one line and without a stack. */
export function reasonOf(error: unknown): string {
  const known = words[codeOf(error) ?? ''];
  const text = known ?? (error instanceof Error ? error.message : String(error));
  return text.trim().replace(/\s*[\r\n]+\s*/g, ' ');
}

/**
 * An error with more words, in one line: a refusal where it was one or came from the system, else
 * still a fault of this program. System errors carry a string `code`, and yo ends with
 * `process.exit(error.code)`, which crashes on it: none may leave this folder.
 */
export function failure(what: string, error: unknown): Error {
  return reworded(error, `${what}: ${reasonOf(error)}`);
}

/** An error of the same kind with other words. */
export function reworded(error: unknown, message: string): Error {
  return isInternal(error) ? new Error(message) : new Refusal(message);
}

/** Whether an error is a fault of this program: neither a refusal nor what the system answered. */
function isInternal(error: unknown): boolean {
  if (error instanceof Refusal) return false;
  // Node's own complaints about wrong arguments are `ERR_…`.
  return !/^E[A-Z0-9]+$/.test(codeOf(error) ?? '');
}

/** What a user reads of an error, and whether the fault is this program's. */
export interface ReportedFailure {
  readonly message: string;
  readonly internal: boolean;
}

/** Puts an error into one line; `issues` is where a fault of this program can be reported. */
export function failureOf(error: unknown, issues?: string): ReportedFailure {
  const reason = reasonOf(error);
  if (!isInternal(error)) return { message: reason, internal: false };
  const where = issues === undefined ? '' : ` (${issues})`;
  return {
    message: `internal error: ${reason}; please report this${where}`,
    internal: true,
  };
}
