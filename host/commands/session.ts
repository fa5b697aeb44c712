import type { Analysis } from '../../core/chain/analysis.ts';
import { analyse } from '../../core/chain/analysis.ts';
import type { ReleaseOrReason } from '../../core/chain/baseline.ts';
import type { App } from '../../core/chain/chain.ts';
import type { FileSource } from '../../core/files.ts';
import type { FactsCache } from '../../core/go/repo/repo.ts';
import { loadRepo } from '../../core/go/repo/repo.ts';
import { startParser } from '../../core/go/syntax/parser.ts';
import { loadAssets } from '../disk/assets.ts';
import { diskFiles } from '../disk/disk-files.ts';
import { findRoot } from '../disk/root.ts';
import { readBase } from '../git/base.ts';

/**
 * Says a line to the user that is no result: a folder that was passed over, what a comparison was
 * made with.
 */
export type Log = (line: string) => void;

/** A repository that was read, for one run of a command. */
export interface Session extends Analysis {
  readonly root: string;
  /** All files on disk, those included that `repo` does not hold. */
  readonly files: FileSource;
  /**
   * Reads the chain as the network runs it now. Throws only where `base` names what is not there.
   */
  readBase(app: App, base?: string): Promise<ReleaseOrReason>;
}

/** Finds the root for a folder and reads the repository. */
export async function openSession(dir: string, tell: Log): Promise<Session> {
  const root = await findRoot(dir);
  const parser = await startParser(await loadAssets());
  // Shared with the baseline: most files are the same in both.
  const cache: FactsCache = new Map();
  const closed: string[] = [];
  const disk = diskFiles(root, folder => closed.push(folder));
  const repo = await loadRepo(disk, parser, { cache });
  if (closed.length > 0)
    tell(
      `passed over ${closed.slice(0, 3).join(', ')}${closed.length > 3 ? ` and ${closed.length - 3} more` : ''}: permission denied`,
    );
  return {
    root,
    ...analyse(repo),
    files: disk,
    readBase: (app, base) =>
      readBase(root, app, base, async files => {
        const then = await loadRepo(files, parser, { cache });
        return { repo: then, chain: analyse(then).chain };
      }),
  };
}
