const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a file stands where a folder should be',
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
  const text =
    words[codeOf(error) ?? ''] ?? (error instanceof Error ? error.message : String(error));
  return text.trim().replace(/\s*[\r\n]+\s*/g, ' ');
}

/**
 * A plain error with one line. System errors carry a string `code`, and yo ends with
 * `process.exit(error.code)`, which crashes on it: none may leave this folder.
 */
export function failure(what: string, error: unknown): Error {
  return new Error(`${what}: ${reasonOf(error)}`);
}
