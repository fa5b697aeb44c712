import type {
  ConfigurationChangeEvent,
  Disposable,
  LogOutputChannel,
  TextDocument,
  Uri,
} from 'vscode';
import { EventEmitter, l10n, workspace } from 'vscode';
import type { ReleaseOrReason } from '../../core/chain/baseline.ts';
import type { App } from '../../core/chain/chain.ts';
import { configFile } from '../../core/config-file.ts';
import { isLockFile } from '../../core/lock/lock.ts';
import type { FindingCounts } from '../../core/workspace/view/finding-counts.ts';
import { countFindings } from '../../core/workspace/view/finding-counts.ts';
import type { Progress } from '../progress.ts';
import { withProgress } from '../progress.ts';
import { errorText, wasCancelled } from '../report.ts';
import type { Repositories, Repository } from '../repositories.ts';
import { uriBelow, workspaceFiles } from '../workspace-files.ts';
import { diagnosticsOf } from './diagnostics.ts';
import type { FailedReading } from './failed-reading.ts';
import { FolderWatchers } from './folder-watchers.ts';
import { Linted } from './linted.ts';
import { ShownDiagnostics } from './shown-diagnostics.ts';
import { Status } from './status.ts';
import { WaitingEdits } from './waiting-edits.ts';

/** What a lint of everything found. */
export interface LintedNow extends FindingCounts {
  readonly chains: number;
  readonly failures: readonly FailedReading[];
}

/**
 * Lints the chains of the workspace while they are edited, unsaved text included. Repositories that
 * are no chains stay silent.
 */
export class Linter implements Disposable {
  private readonly repositories: Repositories;
  private readonly log: LogOutputChannel;
  private readonly pages: Uri;
  private readonly diagnostics = new ShownDiagnostics();
  private readonly status = new Status();
  private readonly linted = new Map<string, Linted>();
  private readonly failed = new Map<string, FailedReading>();
  private readonly edits = new WaitingEdits(document => {
    if (!document.isClosed) this.take(document.uri, document.getText());
  });
  /** What listens while chains are linted. */
  private listening: Disposable[] = [];
  private readonly changed = new EventEmitter<void>();
  /** Fires when chains were read or linted anew, and when there are others. */
  readonly onDidLint = this.changed.event;
  private found: ReadonlySet<string> = new Set();
  private started: Promise<void> | undefined;
  private isRead = false;
  private isReading = false;
  private running: Promise<void> = Promise.resolve();

  constructor(repositories: Repositories, log: LogOutputChannel, pages: Uri) {
    this.repositories = repositories;
    this.log = log;
    this.pages = pages;
  }

  /** Reads the workspace's chains and begins to watch them. */
  start(): Promise<void> {
    this.started ??= this.begin();
    return this.started;
  }

  /** Watches nothing any more, and takes away what is shown. */
  stop(): void {
    for (const disposable of this.listening.splice(0)) disposable.dispose();
    this.edits.dispose();
    this.started = undefined;
    this.isRead = false;
    this.linted.clear();
    this.failed.clear();
    this.diagnostics.clear();
    this.tellStatus();
    this.changed.fire();
  }

  private isOn(): boolean {
    return this.started !== undefined;
  }

  private begin(): Promise<void> {
    const watchers = new FolderWatchers(uri => void this.stored(uri));
    this.listening = [
      watchers,
      workspace.onDidChangeTextDocument(
        ({ document, contentChanges }) => contentChanges.length > 0 && this.typed(document),
      ),
      workspace.onDidOpenTextDocument(document => void this.opened(document)),
      workspace.onDidCloseTextDocument(document => void this.stored(document.uri)),
      workspace.onDidSaveTextDocument(document => void this.stored(document.uri)),
      workspace.onDidChangeWorkspaceFolders(() => {
        watchers.follow();
        void this.again();
      }),
      workspace.onDidGrantWorkspaceTrust(() => void this.again()),
      workspace.onDidChangeConfiguration(event => this.configured(event)),
    ];
    return this.again();
  }

  /** Reads everything anew and lints it. Runs one at a time, and never fails: see `failures`. */
  again(): Promise<void> {
    this.running = this.running.then(() => this.readAll());
    return this.running;
  }

  /** Lints everything now and gives how much was found. */
  async lintNow(): Promise<LintedNow> {
    const first = this.started === undefined;
    await this.start();
    if (!first) await this.again();
    const problems = [...this.linted.values()].flatMap(l => l.problems);
    return { ...countFindings(problems), chains: this.linted.size, failures: this.failures };
  }

  /** All chains that are linted; undefined before they were looked for. */
  get all(): readonly Linted[] | undefined {
    return this.isRead ? [...this.linted.values()] : undefined;
  }

  /** The last release of an app of a chain, where a lock speaks of it too. */
  releaseOf(linted: Linted, app: App): Promise<ReleaseOrReason> {
    return withProgress(l10n.t('Reading the last release …'), progress =>
      this.repositories.baseline(linted, app, progress),
    );
  }

  /** What the last reading could not read. */
  get failures(): readonly FailedReading[] {
    return [...this.failed.values()];
  }

  /** Ends when the chains were read for the first time; undefined where nothing has them read. */
  get firstReading(): Promise<void> | undefined {
    return this.started;
  }

  /** Whether the last reading found a repository at a folder. */
  has(root: Uri): boolean {
    return this.found.has(root.toString());
  }

  /** The linted repository at a folder; undefined where there is no chain. */
  at(root: Uri): Linted | undefined {
    return this.linted.get(root.toString());
  }

  /**
   * The linted repository at a folder with all that was typed, compared with the release that there
   * is now: nothing else tells of a new tag. Undefined where it is not linted.
   */
  async upToDate(root: Uri, progress: Progress): Promise<Linted | undefined> {
    await this.started;
    await this.running;
    this.settle();
    const linted = this.at(root);
    if (!linted) return undefined;
    if (await linted.compare(this.repositories, progress)) this.publish(linted);
    return linted;
  }

  /** The linted repository of a file and the file's path in it. */
  of(uri: Uri): { linted: Linted; path: string } | undefined {
    for (const linted of this.linted.values()) {
      const path = uriBelow(linted.root, uri);
      if (path !== undefined) return { linted, path };
    }
    return undefined;
  }

  dispose(): void {
    for (const disposable of this.listening) disposable.dispose();
    for (const one of [this.edits, this.diagnostics, this.status, this.changed]) one.dispose();
  }

  private async readAll(): Promise<void> {
    // Told of once, at the end: who shows it would ask for what is about to go.
    this.isReading = true;
    let work: Promise<void> | undefined;
    try {
      await withProgress(l10n.t('Linting the chain'), progress => {
        work = this.readFound(progress);
        return work;
      });
    } catch (error) {
      // After a cancel the work comes to its end by itself.
      await work?.catch(() => {});
      if (this.failed.size === 0) this.fail(undefined, error);
    } finally {
      this.isReading = false;
      if (this.isOn()) {
        this.isRead = true;
        this.tellStatus();
        this.changed.fire();
      }
    }
  }

  private async readFound(progress: Progress): Promise<void> {
    this.failed.clear();
    const found = await this.repositories.find();
    this.found = new Set(found.map(r => r.root.toString()));
    for (const key of [...this.linted.keys()].filter(root => !this.found.has(root)))
      this.leave(key);
    for (const repository of found) {
      try {
        progress.signal.throwIfAborted();
        await this.read(repository, progress);
      } catch (error) {
        this.fail(repository, error);
      }
    }
  }

  /** Notes what could not be read; what was read of it before stays. */
  private fail(repository: Repository | undefined, error: unknown): void {
    const isCancelled = wasCancelled(error);
    if (!isCancelled) this.log.error(error instanceof Error ? error : String(error));
    this.failed.set(repository?.root.toString() ?? '', {
      name: repository?.folder.name,
      root: repository?.root,
      why: isCancelled ? undefined : errorText(error),
    });
  }

  private async read(repository: Repository, progress: Progress): Promise<void> {
    const reading = await this.repositories.read(repository, progress);
    const key = repository.root.toString();
    // Meanwhile it may have been turned off.
    if (!this.isOn()) return;
    if (reading.chain.apps.length === 0) return this.leave(key);
    const linted = new Linted(repository.root, reading);
    this.linted.set(key, linted);
    this.publish(linted);
    const base = await linted.compare(this.repositories, progress);
    if (base && this.isOn()) this.publish(linted);
  }

  private leave(key: string): void {
    this.linted.delete(key);
    this.diagnostics.show(key, []);
  }

  /** Severities and globs are looked up by the next lint; only another release has to be read. */
  private configured(event: ConfigurationChangeEvent): void {
    const changes = (name: string) => event.affectsConfiguration(`chainUpgrade.${name}`);
    if (changes('base')) void this.again();
    else if (changes('rules') || changes('exclude'))
      for (const linted of this.linted.values()) this.publish(linted);
    else if (changes('codeLens')) this.changed.fire();
  }

  /** A document was edited: its repository is linted once nothing is typed for a moment. */
  private typed(document: TextDocument): void {
    const at = document.isUntitled ? undefined : this.of(document.uri);
    if (at?.linted.concerns(at.path)) this.edits.wait(document);
  }

  /** Takes what was typed and waits still, so that places are those of the documents. */
  settle(): void {
    this.edits.takeAll();
  }

  private async opened(document: TextDocument): Promise<void> {
    if (document.languageId !== 'go' || document.uri.scheme === 'git') return;
    if (
      !this.of(document.uri) &&
      workspace.getWorkspaceFolder(document.uri) &&
      this.linted.size + this.failed.size === 0
    )
      await this.again();
  }

  /**
   * What is stored counts again: the file was saved, closed without saving, or changed by something
   * else.
   */
  private async stored(uri: Uri): Promise<void> {
    const at = this.of(uri);
    if (!at?.linted.concerns(at.path)) return;
    this.edits.forget(uri);
    // What comes or goes there changes which release is read, or whether one is.
    if (isLockFile(at.path) || at.path === configFile) return this.again();
    this.take(uri, await workspaceFiles(at.linted.root).read(at.path));
  }

  private take(uri: Uri, text: string | undefined): void {
    const at = this.of(uri);
    if (!at) return;
    if (at.linted.update(at.path, text)) this.publish(at.linted);
  }

  private publish(linted: Linted): void {
    linted.lint();
    if (linted.configError) this.log.warn(linted.configError);
    this.diagnostics.show(linted.root.toString(), diagnosticsOf(linted, this.pages));
    this.tellStatus();
    if (!this.isReading) this.changed.fire();
  }

  private tellStatus(): void {
    this.status.show([...this.linted.values()]);
  }
}
