import { git } from './git.ts';

/**
 * The path from git's top level to a folder, with a `/` at its end; empty at the top level and
 * outside of git.
 */
export async function gitPrefix(root: string): Promise<string> {
  return git(root, ['rev-parse', '--show-prefix']).then(
    out => out.toString().trim(),
    () => '',
  );
}
