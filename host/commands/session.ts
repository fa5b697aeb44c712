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
 * Takes a line for the user that is no result, which begins with how grave it is: a folder that was
 * skipped, what a comparison was made with.
 */
export type Log = (line: `${'warning' | 'note'}: ${string}`) => void;

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
  if (closed.length > 0) tell(`warning: skipped ${someOf(closed)}: permission denied`);
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

/** The first few names, and how many more there are. */
function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
