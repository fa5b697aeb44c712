import { analyse, readChain } from '../../core/chain/analysis.ts';
import type { FileSource } from '../../core/files.ts';
import { memoryFiles } from '../../core/files.ts';
import type { FactsCache, Repo } from '../../core/go/repo/repo.ts';
import { loadRepo } from '../../core/go/repo/repo.ts';
import type { GoParser } from '../../core/go/syntax/parser.ts';
import { lint } from '../../core/lint/lint.ts';
import { lintFolder } from '../../host/commands/lint.ts';
import { bestOf, parseAll, processorTime, wallTime } from './reading.ts';
import type { Released } from './released.ts';

/**
 * A cold lint of some chains with their baselines, and parsing the distinct texts of both trees.
 */
export interface Linting {
  readonly lintMs: number;
  readonly parseMs: number;
  readonly megabytes: number;
}

/**
 * Below so many megabytes of distinct Go text parsing takes no longer than starting git: there both
 * trees are read from memory, elsewhere the working copy from the disk and the baseline through
 * git.
 */
export const few = 0.2;

/** Measures one chain; the best of some interleaved rounds. */
export async function measureLint(
  { root, now, released, texts }: Released,
  parser: GoParser,
): Promise<Linting> {
  const megabytes = texts.reduce((sum, text) => sum + text.length, 0) / 1e6;
  const trees = [now, released].map(({ texts: all }) => memoryFiles(Object.fromEntries(all)));
  const cold =
    megabytes < few
      ? () => fromMemory(trees[0]!, trees[1]!, parser)
      : () => lintFolder({ dir: root, requireBase: true, tell() {} });
  const [lintMs, parseMs] = await bestOf(
    async () => void (await cold()),
    () => parseAll(parser, texts),
    megabytes < few ? processorTime : wallTime,
  );
  return { lintMs, parseMs, megabytes };
}

async function fromMemory(nowFiles: FileSource, thenFiles: FileSource, parser: GoParser) {
  const cache: FactsCache = new Map();
  const [now, then] = [
    await loadRepo(nowFiles, parser, { cache }),
    await loadRepo(thenFiles, parser, { cache }),
  ];
  return lint(analyse(now), { bases: [baseOf(then)] });
}

/** A repository as a baseline. */
export function baseOf(repo: Repo) {
  return { ref: 'release', merged: true, repo, chain: readChain(repo) };
}
