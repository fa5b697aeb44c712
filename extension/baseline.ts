import type { Uri } from 'vscode';
import { l10n, workspace } from 'vscode';
import type { Analysis } from '../core/chain/analysis.ts';
import type { ReleaseOrReason } from '../core/chain/baseline.ts';
import type { App } from '../core/chain/chain.ts';
import type { FactsCache } from '../core/go/repo/repo.ts';
import { loadRepo } from '../core/go/repo/repo.ts';
import type { GoParser } from '../core/go/syntax/parser.ts';
import type { Progress } from './progress.ts';
import { understand } from './read-chain.ts';
import { settingsFor } from './settings.ts';

/**
 * What reading a release needs. Facts are shared with the present: most files are the same in both.
 */
export interface Reader {
  readonly parser: GoParser;
  readonly cache: FactsCache;
  readonly known: Map<string, Analysis>;
  readonly progress: Progress;
}

/**
 * Reads the chain as of the last release. Git is loaded and run only here: never in an untrusted
 * workspace, and where there is a disk.
 */
export async function readBaseline(
  root: Uri,
  app: App,
  configured: string | undefined,
  { parser, cache, known, progress }: Reader,
): Promise<ReleaseOrReason> {
  if (!workspace.isTrusted)
    return { reason: l10n.t('the workspace is not trusted, so git is not run') };
  if (root.scheme !== 'file') return { reason: l10n.t('the files are not on a disk') };
  const { readBase } = await import('../host/git/base.ts');
  return readBase(root.fsPath, app, settingsFor(root).base || configured, async (files, commit) => {
    const key = `${root.toString()}@${commit}`;
    const before = known.get(key);
    if (before) return before;
    const repo = await loadRepo(files, parser, { cache, signal: progress.signal });
    const reading = await understand(repo, progress, cache.size === 0);
    known.set(key, reading);
    return reading;
  });
}
