import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A work tree of a real chain in a folder of its own, which shares the history of the repository it
 * was taken from.
 */
export interface Checkout {
  readonly dir: string;
  /** Files whose contents the repository does not hold, so that they are missing here. */
  readonly lacking: readonly string[];
  /** Puts every file back as it was, and takes away what was added. */
  restore(): void;
  remove(): void;
}

/** Checks `ref` out of a bare repository. Throws git's own words where that cannot be done. */
export function checkOut(repository: string, ref: string): Checkout {
  const commit = git(
    repository,
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${ref}^{commit}`,
  );
  if (commit.status !== 0) throw new Error(`${repository} has no ref ${ref}`);
  const dir = mkdtempSync(join(tmpdir(), 'chain-upgrade-build-'));
  const remove = () => rmSync(dir, { recursive: true, force: true });
  try {
    must(git(dir, 'clone', '--quiet', '--shared', '--no-checkout', repository, '.'));
    must(git(dir, 'update-ref', '--no-deref', 'HEAD', commit.stdout.trim()));
    must(git(dir, 'read-tree', 'HEAD'));
    // Goes on past files whose contents are not there; `git checkout` would stop.
    const { stderr } = git(dir, 'checkout-index', '--all', '--force', '--index');
    const lacking = [...stderr.matchAll(/unable to read sha1 file of (.+) \([0-9a-f]+\)/g)].map(
      match => match[1]!,
    );
    const restore = () => {
      git(dir, 'checkout-index', '--all', '--force', '--quiet', '--index');
      must(git(dir, 'clean', '--force', '-d', '-x', '--quiet'));
    };
    return { dir, lacking, restore, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function git(
  dir: string,
  ...args: string[]
): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr, error } = spawnSync('git', ['-C', dir, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (error) throw new Error(`git could not be started: ${error.message}`);
  return { status, stdout, stderr };
}

function must({ status, stderr }: ReturnType<typeof git>): void {
  if (status !== 0) throw new Error(stderr.trim().split('\n')[0] ?? `git ended with ${status}`);
}
