import type { Analysis } from '../../core/chain/analysis.ts';
import { analyse } from '../../core/chain/analysis.ts';
import type { ReleaseOrReason } from '../../core/chain/baseline.ts';
import type { App } from '../../core/chain/chain.ts';
import type { FileSource } from '../../core/files.ts';
import type { FactsCache } from '../../core/go/repo/repo.ts';
import { loadRepo } from '../../core/go/repo/repo.ts';
import type { GoParser } from '../../core/go/syntax/parser.ts';
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

/** What the readings of one repository share, for a program that reads it again and again. */
export interface Readings {
  readonly parser: GoParser;
  /** Shared with the baseline: most files are the same in both. */
  readonly cache: FactsCache;
  /** Releases that were read, by commit. */
  readonly releases: Map<string, Analysis>;
}

/** Starts the parser, with nothing read yet. */
export async function startReadings(): Promise<Readings> {
  const parser = await startParser(await loadAssets());
  return { parser, cache: new Map(), releases: new Map() };
}

/** Finds the root for a folder and reads the repository. */
export async function openSession(dir: string, tell: Log): Promise<Session> {
  return readSession(await findRoot(dir), tell, await startReadings());
}

/** How a repository is read. */
export interface ReadOptions {
  /** Lays texts over those of the disk. */
  readonly over?: (disk: FileSource) => FileSource;
  /** Ends the reading. */
  readonly signal?: AbortSignal;
}

/** Reads the repository at a root. */
export async function readSession(
  root: string,
  tell: Log,
  readings: Readings,
  { over = disk => disk, signal }: ReadOptions = {},
): Promise<Session> {
  const { parser, cache } = readings;
  const options = { cache, ...(signal && { signal }) };
  const closed: string[] = [];
  const files = over(diskFiles(root, folder => closed.push(folder)));
  const repo = await loadRepo(files, parser, options);
  if (closed.length > 0) tell(`warning: skipped ${someOf(closed)}: permission denied`);
  return {
    root,
    ...analyse(repo),
    files,
    readBase: (app, base) =>
      readBase(root, app, base, async (then, commit) => {
        const known = readings.releases.get(commit);
        if (known) return known;
        const reading = analyse(await loadRepo(then, parser, options));
        readings.releases.set(commit, reading);
        return reading;
      }),
  };
}

/** The first few names, and how many more there are. */
function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
