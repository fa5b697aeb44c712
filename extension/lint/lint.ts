import type { DiagnosticCollection, Disposable, LogOutputChannel, TextDocument, Uri } from 'vscode';
import { EventEmitter, languages, RelativePattern, workspace } from 'vscode';
import { isLockFile } from '../../core/lock/lock.ts';
import type { Progress } from '../progress.ts';
import { withProgress } from '../progress.ts';
import type { Repositories, Repository } from '../repositories.ts';
import { uriBelow, workspaceFiles } from '../workspace-files.ts';
import { diagnosticsOf } from './diagnostics.ts';
import { Linted } from './linted.ts';
import { Status } from './status.ts';

/** How long nothing may be typed before the rules are applied, in milliseconds. */
const pause = 120;

/** Files whose change may change what is found, as globs. */
const watched = [
  '*.go',
  'go.mod',
  'go.work',
  'app.yaml',
  'app_config.yaml',
  '.chain-upgrade.json',
  'upgrades.lock/*.json',
];

/**
 * Lints the chains of the workspace while they are edited, unsaved text included. Repositories that
 * are no chains stay silent.
 */
export class Linter implements Disposable {
  private readonly repositories: Repositories;
  private readonly log: LogOutputChannel;
  private readonly pages: Uri;
  private readonly collection: DiagnosticCollection =
    languages.createDiagnosticCollection('chain-upgrade');
  private readonly status = new Status();
  private readonly linted = new Map<string, Linted>();
  private readonly shown = new Map<string, Uri[]>();
  private readonly waiting = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly disposables: Disposable[] = [];
  private readonly changed = new EventEmitter<void>();
  /** Fires when chains were read or linted anew, and when there are others. */
  readonly onDidLint = this.changed.event;
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

  private async begin(): Promise<void> {
    this.disposables.push(
      workspace.onDidChangeTextDocument(
        ({ document, contentChanges }) => contentChanges.length > 0 && this.typed(document),
      ),
      workspace.onDidOpenTextDocument(document => void this.opened(document)),
      workspace.onDidCloseTextDocument(document => void this.stored(document.uri)),
      workspace.onDidSaveTextDocument(document => void this.stored(document.uri)),
      workspace.onDidChangeWorkspaceFolders(() => void this.again()),
      workspace.onDidGrantWorkspaceTrust(() => void this.again()),
      workspace.onDidChangeConfiguration(
        event => event.affectsConfiguration('chainUpgrade') && void this.again(),
      ),
    );
    for (const folder of workspace.workspaceFolders ?? []) {
      const watcher = workspace.createFileSystemWatcher(
        new RelativePattern(folder, `**/{${watched.join(',')}}`),
      );
      const changed = (uri: Uri) => void this.stored(uri);
      this.disposables.push(
        watcher,
        watcher.onDidChange(changed),
        watcher.onDidCreate(changed),
        watcher.onDidDelete(changed),
      );
    }
    await this.again();
  }

  /** Reads everything anew and lints it. Runs one at a time. */
  again(): Promise<void> {
    this.running = this.running
      .then(() => withProgress('Linting the chain', progress => this.readAll(progress)))
      .catch(error => {
        this.log.error(error instanceof Error ? error : String(error));
      });
    return this.running;
  }

  /** Lints everything now and gives how much was found. */
  async lintNow(): Promise<{ errors: number; warnings: number; chains: number }> {
    const first = this.started === undefined;
    await this.start();
    if (!first) await this.again();
    const problems = [...this.linted.values()].flatMap(l => l.problems);
    return {
      errors: problems.filter(p => p.severity === 'error').length,
      warnings: problems.filter(p => p.severity === 'warning').length,
      chains: this.linted.size,
    };
  }

  /** All chains that are linted; undefined before they were looked for. */
  get all(): readonly Linted[] | undefined {
    return this.isRead ? [...this.linted.values()] : undefined;
  }

  /** Ends when the chains were read for the first time; undefined where nothing has them read. */
  get firstReading(): Promise<void> | undefined {
    return this.started;
  }

  /** The linted repository at a folder; undefined where there is no chain. */
  at(root: Uri): Linted | undefined {
    return this.linted.get(root.toString());
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
    for (const timer of this.waiting.values()) clearTimeout(timer);
    for (const disposable of [...this.disposables, this.collection, this.status, this.changed])
      disposable.dispose();
  }

  private async readAll(progress: Progress): Promise<void> {
    // Told of once, at the end: who shows it would ask for what is about to go.
    this.isReading = true;
    try {
      await this.readFound(progress);
    } finally {
      this.isReading = false;
      this.isRead = true;
      this.tellStatus();
      this.changed.fire();
    }
  }

  private async readFound(progress: Progress): Promise<void> {
    const found = await this.repositories.find();
    const roots = new Set(found.map(r => r.root.toString()));
    for (const key of [...this.linted.keys()].filter(root => !roots.has(root))) {
      this.linted.delete(key);
      this.show(key, []);
    }
    for (const repository of found) await this.read(repository, progress);
  }

  private async read(repository: Repository, progress: Progress): Promise<void> {
    const reading = await this.repositories.read(repository, progress);
    const key = repository.root.toString();
    if (reading.chain.apps.length === 0) return;
    const linted = new Linted(repository.root, reading);
    this.linted.set(key, linted);
    this.publish(linted);
    const base = await linted.compare(reading, this.repositories, progress);
    this.status.comparedWith(
      linted.options().bases?.map(({ ref }) => ref) ?? [],
      linted.notCompared,
    );
    if (base) this.publish(linted);
  }

  /** A document was edited: its repository is linted once nothing is typed for a moment. */
  private typed(document: TextDocument): void {
    const at = document.isUntitled ? undefined : this.of(document.uri);
    if (!at?.linted.concerns(at.path)) return;
    const key = document.uri.toString();
    clearTimeout(this.waiting.get(key));
    this.waiting.set(
      key,
      setTimeout(() => {
        this.waiting.delete(key);
        this.take(document.uri, document.isClosed ? undefined : document.getText());
      }, pause),
    );
  }

  /** Takes what was typed and waits still, so that places are those of the documents. */
  settle(): void {
    for (const document of workspace.textDocuments) {
      const key = document.uri.toString();
      if (!this.waiting.has(key)) continue;
      clearTimeout(this.waiting.get(key));
      this.waiting.delete(key);
      this.take(document.uri, document.getText());
    }
  }

  private async opened(document: TextDocument): Promise<void> {
    if (document.languageId !== 'go' || document.uri.scheme === 'git') return;
    if (
      !this.of(document.uri) &&
      workspace.getWorkspaceFolder(document.uri) &&
      this.linted.size === 0
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
    clearTimeout(this.waiting.get(uri.toString()));
    // A lock that comes or goes changes whether a release is read at all.
    if (isLockFile(at.path)) return this.again();
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
    this.show(linted.root.toString(), diagnosticsOf(linted, this.pages));
    this.tellStatus();
    if (!this.isReading) this.changed.fire();
  }

  private show(key: string, diagnostics: ReturnType<typeof diagnosticsOf>): void {
    const before = this.shown.get(key) ?? [];
    const now = new Set(diagnostics.map(([uri]) => uri.toString()));
    for (const uri of before) if (!now.has(uri.toString())) this.collection.delete(uri);
    for (const [uri, list] of diagnostics) this.collection.set(uri, list);
    this.shown.set(
      key,
      diagnostics.map(([uri]) => uri),
    );
  }

  private tellStatus(): void {
    this.status.show(
      [...this.linted.values()].flatMap(l => l.problems),
      this.linted.size > 0,
      [...this.linted.values()].find(l => l.configError)?.configError,
    );
  }
}
