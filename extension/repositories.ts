import type { LogOutputChannel, WorkspaceFolder } from 'vscode';
import { Uri, window, workspace } from 'vscode';
import type { Analysis } from '../core/chain/analysis.ts';
import type { ReleaseOrReason } from '../core/chain/baseline.ts';
import { baselineNotes } from '../core/chain/baseline.ts';
import type { App } from '../core/chain/chain.ts';
import type { FileSource } from '../core/files.ts';
import { basename } from '../core/files.ts';
import type { FactsCache, Repo } from '../core/go/repo/repo.ts';
import { loadRepo } from '../core/go/repo/repo.ts';
import type { GoParser } from '../core/go/syntax/parser.ts';
import { configIn } from '../core/lint/config.ts';
import { readBaseline } from './baseline.ts';
import type { Progress } from './progress.ts';
import { understand } from './read-chain.ts';
import { workspaceFiles } from './workspace-files.ts';

/** A folder of the workspace that holds a chain. */
export interface Repository {
  readonly folder: WorkspaceFolder;
  /**
   * The folder itself when a go.mod lies in or below it, else the folder of the nearest go.mod
   * above.
   */
  readonly root: Uri;
}

/** A repository as it was read at some moment. */
export interface Reading extends Repository, Analysis {
  readonly files: FileSource;
}

/**
 * The chains of the workspace. Facts of files are kept, so that a second command parses only what
 * changed.
 */
export class Repositories {
  private readonly startParser: () => Promise<GoParser>;
  private readonly log: LogOutputChannel;
  private readonly caches = new Map<string, FactsCache>();
  private readonly bases = new Map<string, Analysis>();

  constructor(startParser: () => Promise<GoParser>, log: LogOutputChannel) {
    this.startParser = startParser;
    this.log = log;
  }

  /** The workspace folders that hold a chain, the one of the active editor first. */
  async find(): Promise<Repository[]> {
    const found = await Promise.all((workspace.workspaceFolders ?? []).map(findChain));
    const byRoot = new Map(
      found
        .filter(repository => repository !== undefined)
        .map(repository => [repository.root.toString(), repository]),
    );
    const active =
      window.activeTextEditor && workspace.getWorkspaceFolder(window.activeTextEditor.document.uri);
    return [...byRoot.values()].sort(
      (a, b) => Number(b.folder === active) - Number(a.folder === active),
    );
  }

  /** Reads a repository and understands it. */
  async read(repository: Repository, progress: Progress): Promise<Reading> {
    const started = Date.now();
    const files = workspaceFiles(repository.root);
    const cache = this.cacheOf(repository.root.toString());
    const repo = await loadRepo(files, await this.startParser(), {
      cache,
      signal: progress.signal,
    });
    const analysis = await understand(repo, progress, cache.size === 0);
    const { chain } = analysis;
    this.log.info(
      `${repository.folder.name}: ${repo.texts.size} files read, ${chain.apps.length} ` +
        `app(s) understood in ${Date.now() - started} ms`,
    );
    for (const { location, why } of chain.unknown)
      this.log.warn(`${location.file}:${location.line}:${location.column}: not understood: ${why}`);
    return { ...repository, ...analysis, files };
  }

  /** The chain as of the last release, or why there is none to compare with. */
  async baseline(
    { root, repo }: Pick<Reading, 'root' | 'repo'>,
    app: App,
    progress: Progress,
  ): Promise<ReleaseOrReason> {
    const base = await readBaseline(root, app, configuredBase(repo), {
      parser: await this.startParser(),
      cache: this.cacheOf(root.toString()),
      known: this.bases,
      progress,
    });
    for (const note of baselineNotes(base)) this.log.info(note);
    return base;
  }

  private cacheOf(root: string): FactsCache {
    const known = this.caches.get(root);
    if (known) return known;
    const cache: FactsCache = new Map();
    this.caches.set(root, cache);
    return cache;
  }
}

/** The baseline that `.chain-upgrade.json` names; what is wrong with that file the linter says. */
function configuredBase(repo: Repo): string | undefined {
  const config = configIn(repo);
  return 'error' in config ? undefined : config.base;
}

async function findChain(folder: WorkspaceFolder): Promise<Repository | undefined> {
  for (let root = folder.uri; ; root = Uri.joinPath(root, '..')) {
    const files = workspaceFiles(root);
    const goMods =
      root === folder.uri
        ? (await files.list()).filter(path => basename(path) === 'go.mod')
        : ['go.mod'];
    const texts = (await Promise.all(goMods.map(path => files.read(path)))).filter(
      text => text !== undefined,
    );
    if (texts.length > 0)
      return texts.some(text => text.includes('github.com/cosmos/cosmos-sdk'))
        ? { folder, root }
        : undefined;
    if (root.path === '/' || root.path === '') return undefined;
  }
}
