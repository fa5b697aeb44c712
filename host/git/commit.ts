import { checkRef, GitError, git } from './git.ts';

/** The commit that a tag or branch names; undefined where git knows none, or is not there. */
export async function commitOf(root: string, ref: string): Promise<string | undefined> {
  try {
    const found = await git(root, [
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${checkRef(ref)}^{commit}`,
    ]);
    const commit = found.toString().trim();
    return /^[0-9a-f]{40,64}$/.test(commit) ? commit : undefined;
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}
