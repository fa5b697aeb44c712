import { workspace } from 'vscode';
import type { Uri } from 'vscode';
import type { App, Chain } from '../core/chain/chain.ts';
import { readChain } from '../core/chain/read.ts';
import { dirname } from '../core/files.ts';
import type { GoParser } from '../core/go/parser.ts';
import { loadRepo } from '../core/go/repo.ts';
import { settingsFor } from './settings.ts';

/** The chain as of the last release, or why there is none to compare with. */
export type Baseline = { readonly ref: string; readonly chain: Chain } | { readonly reason: string };

/** Reads the chain as of the last release. Git is loaded and run only here: never in an untrusted workspace, and where there is a disk. */
export async function readBaseline(
  root: Uri, app: App, { parser, known, signal }: { parser: GoParser; known: Map<string, Chain>; signal: AbortSignal },
): Promise<Baseline> {
  if (!workspace.isTrusted) return { reason: 'the workspace is not trusted, so git is not run' };
  if (root.scheme !== 'file') return { reason: 'the files are not on a disk' };
  const [{ baseline }, { gitFiles }] = await Promise.all([import('../host/baseline.ts'), import('../host/git-files.ts')]);
  const found = await baseline(root.fsPath, { base: settingsFor(root).base || undefined, appModDir: dirname(app.sdk.gomod) });
  if ('reason' in found) return found;
  const key = `${root.toString()}@${found.commit}`;
  let chain = known.get(key);
  if (!chain) known.set(key, chain = readChain(await loadRepo(gitFiles(root.fsPath, found.commit), parser, { signal })));
  return { ref: found.ref, chain };
}
