import { checkRef, GitError, git } from './git.ts';

/** The commit that a ref names. Throws where it names none. */
export async function commitOf(root: string, ref: string): Promise<string> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options'];
  return (await git(root, [...args, `${checkRef(ref)}^{commit}`])).toString().trim();
}

/** The commit that a tag or branch names; undefined where git knows none, or is not there. */
export async function findCommit(root: string, ref: string): Promise<string | undefined> {
  try {
    const commit = await commitOf(root, ref);
    return /^[0-9a-f]{40,64}$/.test(commit) ? commit : undefined;
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}
