import type { FileSource } from '../../core/files.ts';
import { dirname, join } from '../../core/files.ts';
import { decode } from '../disk/disk-files.ts';
import { isSkipped } from '../disk/walk.ts';
import { checkRef, GitError, git } from './git.ts';
import { openObjects } from './git-objects.ts';

interface Entry {
  readonly mode: string;
  readonly object: string;
}

/**
 * The files of a folder as of a git ref, read by one `git ls-tree` and one `git cat-file`. The
 * folder may lie below git's top level. `lacking` gets files whose contents this copy of the
 * repository does not hold.
 */
export function gitFiles(
  root: string,
  ref: string,
  lacking: (path: string) => void = () => {},
): FileSource {
  checkRef(ref);
  const objects = openObjects(root);
  let tree: Promise<ReadonlyMap<string, Entry>> | undefined;
  const entries = () => {
    tree ??= readTree(root, ref);
    return tree;
  };

  async function read(path: string, links = 0): Promise<string | undefined> {
    const entry = (await entries()).get(path);
    if (!entry) return undefined;
    const bytes = await objects.read(entry.object);
    if (!bytes) {
      await refusePartialClone(root, path);
      return void lacking(path);
    }
    if (entry.mode !== link) return decode(bytes);
    const target = decode(bytes);
    // Absolute links, and links out of the folder, lead out of what the commit holds.
    return target === undefined || target.startsWith('/') || links >= 8
      ? undefined
      : read(join(dirname(path), target), links + 1);
  }

  return {
    list: async () => [...(await entries()).keys()],
    read: path => read(path),
  };
}

const link = '120000';

/**
 * What a partial clone lacks is just what changed, so nothing could be compared; fetching it is not
 * for us to start.
 */
async function refusePartialClone(root: string, path: string): Promise<void> {
  const partial = await git(root, ['config', '--get-regexp', '^remote\\..*\\.promisor$']).catch(
    () => undefined,
  );
  if (partial)
    throw new GitError(`this is a partial clone and lacks ${path}: clone again without --filter`);
}

async function readTree(root: string, ref: string): Promise<ReadonlyMap<string, Entry>> {
  // Below git's top level ls-tree gives only the folder, with paths relative to it.
  const listing = await git(root, ['ls-tree', '-r', '-z', '--end-of-options', `${ref}^{commit}`]);
  const entries = new Map<string, Entry>();
  for (const record of listing.toString().split('\0')) {
    const parsed = /^(\d+) blob ([0-9a-f]+)\t(.+)$/s.exec(record);
    if (parsed && !parsed[3]!.split('/').slice(0, -1).some(isSkipped))
      entries.set(parsed[3]!, { mode: parsed[1]!, object: parsed[2]! });
  }
  return entries;
}
