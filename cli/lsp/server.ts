import { pathToFileURL } from 'node:url';
import type {
  Connection,
  ExecuteCommandParams,
  InitializeParams,
  InitializeResult,
  Position,
  WorkspaceEdit,
} from 'vscode-languageserver/node.js';
import {
  CodeLensRefreshRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
} from 'vscode-languageserver/node.js';
import { isPlainComparison } from '../../core/chain/baseline.ts';
import type { OfferedTask } from '../../core/plan/task.ts';
import { Refusal } from '../../core/refusal.ts';
import { newMigration, newUpgrade } from '../../core/tasks/tasks.ts';
import { failureOf } from '../../host/errors.ts';
import { packageInfo } from '../../host/package-info.ts';
import { codeActions } from './actions.ts';
import type { ChainFile } from './chains.ts';
import { Chains } from './chains.ts';
import type { ClientFeatures } from './client.ts';
import { capabilitiesFor, featuresOf, serverCommands } from './client.ts';
import { filePath, OpenDocuments } from './documents.ts';
import { planEdit } from './edits.ts';
import type { OpenChain } from './open-chain.ts';
import type { Presentation } from './publish.ts';
import { changedFiles } from './publish.ts';
import { renameableAt, renameEdit } from './rename.ts';
import { noSettings, readSettings } from './settings.ts';
import { codeLenses, documentLinks, hoverOf } from './texts.ts';
import { planInEditor } from './write-plan.ts';

/** Files whose change may change what is found, as globs. */
const watched = [
  '**/*.go',
  '**/go.mod',
  '**/go.work',
  '**/app.yaml',
  '**/app_config.yaml',
  '**/.chain-upgrade.json',
  '**/upgrades.lock/*.json',
];

/** What a command that wrote gives back. */
interface Written {
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly notes: readonly string[];
}

/** A language server on a connection: findings, repairs, lenses, hovers, and plans as edits. */
export class LanguageServer {
  private readonly connection: Connection;
  private readonly documents = new OpenDocuments();
  private readonly chains: Chains;
  private features: ClientFeatures = featuresOf({});
  private settings = noSettings;
  private folders: string[] = [];

  constructor(connection: Connection) {
    this.connection = connection;
    this.chains = new Chains({
      documents: this.documents,
      settings: () => this.settings,
      log: line => connection.console.log(line),
      withProgress: work => this.withProgress(work),
      linted: chain => this.publish(chain),
      closed: chain => this.clear(chain),
    });
  }

  /** Answers the editor until it ends the connection. */
  listen(): void {
    const { connection } = this;
    connection.onInitialize(params => this.initialize(params));
    connection.onInitialized(() => void this.initialized());
    connection.onShutdown(() => this.chains.close());
    this.listenToTexts();
    this.listenToQuestions();
    this.listenToRenames();
    connection.onExecuteCommand((params, token) => this.execute(params, token));
    this.documents.manager.listen(connection);
    connection.listen();
  }

  private get presentation(): Presentation {
    return { features: this.features, documents: this.documents };
  }

  private initialize(params: InitializeParams): InitializeResult {
    this.features = featuresOf(params.capabilities);
    this.take(params.initializationOptions);
    // Editors of before 3.6 know one folder.
    const { rootUri, rootPath } = params;
    const single = rootUri ?? (rootPath ? pathToFileURL(rootPath).href : undefined);
    const uris = params.workspaceFolders?.map(({ uri }) => uri) ?? (single ? [single] : []);
    this.folders = pathsOf(uris);
    this.chains.watches = !this.features.watchesFiles;
    const { version } = packageInfo();
    return {
      serverInfo: { name: 'chain-upgrade', version },
      capabilities: capabilitiesFor(this.features),
    };
  }

  private async initialized(): Promise<void> {
    const { connection, features } = this;
    if (features.tellsSettings) {
      const { type } = DidChangeConfigurationNotification;
      await connection.client.register(type, { section: 'chainUpgrade' });
    }
    if (features.watchesFiles) {
      const watchers = watched.map(globPattern => ({ globPattern }));
      await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
    if (features.severalFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(pathsOf(removed.map(({ uri }) => uri)));
        const left = this.folders.filter(folder => !gone.has(folder));
        this.folders = [...new Set([...left, ...pathsOf(added.map(({ uri }) => uri))])];
        void this.chains.open(this.folders);
      });
    }
    await this.askSettings();
    if (this.folders.length > 0) await this.chains.open(this.folders);
  }

  /** What is typed, saved, closed, or changed by something else. */
  private listenToTexts(): void {
    const { manager } = this.documents;
    const on = (act: (file: string) => void) => (event: { document: { uri: string } }) => {
      const file = filePath(event.document.uri);
      if (file !== undefined) act(file);
    };
    manager.onDidOpen(on(file => this.chains.opened(file)));
    manager.onDidChangeContent(on(file => this.chains.typed(file)));
    manager.onDidSave(on(file => this.chains.stored(file)));
    manager.onDidClose(on(file => this.chains.stored(file)));
    this.connection.onDidChangeWatchedFiles(({ changes }) => {
      for (const file of pathsOf(changes.map(({ uri }) => uri))) this.chains.stored(file);
    });
    this.connection.onDidChangeConfiguration(({ settings }) => {
      void this.changeSettings(settings);
    });
  }

  private listenToQuestions(): void {
    const { connection } = this;
    connection.onCodeAction(params => {
      const at = this.fileOf(params.textDocument.uri);
      return at ? codeActions(at, params, this.presentation) : [];
    });
    connection.onCodeLens(({ textDocument: { uri } }) => {
      const at = this.fileOf(uri);
      return at ? codeLenses(at, uri, this.features) : [];
    });
    connection.onHover(({ textDocument: { uri }, position }) => {
      const at = this.fileOf(uri);
      return at ? hoverOf(at, position, this.features) : null;
    });
    connection.onDocumentLinks(({ textDocument: { uri } }) => {
      const at = this.fileOf(uri);
      return at ? documentLinks(at) : [];
    });
  }

  private listenToRenames(): void {
    const { connection } = this;
    connection.onPrepareRename(({ textDocument: { uri }, position }) => {
      const at = this.fileOf(uri);
      return at ? renameableAt(at, position) : null;
    });
    connection.onRenameRequest(({ textDocument: { uri }, position, newName }) =>
      this.rename(uri, position, newName),
    );
  }

  /** A plan's other name as an edit, which the editor shows and makes. */
  private async rename(uri: string, position: Position, name: string): Promise<WorkspaceEdit> {
    try {
      // What was saved a moment ago, in documents that the editor does not tell of, counts too.
      await this.chains.again();
      const at = this.fileOf(uri);
      if (!at) throw new Refusal('this file belongs to no chain that is open');
      const { edit, notes } = await renameEdit(at, position, name, this.presentation);
      for (const note of notes) this.connection.console.info(note);
      if (notes.length > 0) this.show(MessageType.Info, `Rename to ${name}: ${notes.join('; ')}`);
      return edit;
    } catch (error) {
      const { message } = failureOf(error, packageInfo().issues);
      throw new ResponseError(LSPErrorCodes.RequestFailed, message);
    }
  }

  /** The chain of a document, with what is typed taken in. */
  private fileOf(uri: string): ChainFile | undefined {
    this.chains.settle();
    const file = filePath(uri);
    return file === undefined ? undefined : this.chains.of(file);
  }

  private async execute(
    { command, arguments: given = [] }: ExecuteCommandParams,
    token: Parameters<typeof planInEditor>[3],
  ): Promise<Written | null> {
    switch (command) {
      case serverCommands.newUpgrade:
        return this.write(newUpgrade, given[0], token);
      case serverCommands.newMigration:
        return this.write(newMigration, given[0], token);
      case serverCommands.lint:
        await this.chains.again();
        return null;
      default:
        throw new ResponseError(ErrorCodes.InvalidParams, `there is no command ${command}`);
    }
  }

  /** Has the editor apply a plan. A refusal is shown, and is the command's error. */
  private async write(
    task: OfferedTask,
    given: unknown,
    token: Parameters<typeof planInEditor>[3],
  ): Promise<Written> {
    try {
      const { chain, plan } = await planInEditor(this.chains, task, given, token);
      const edit = planEdit(chain, plan, this.presentation);
      const { applied, failureReason } = await this.connection.workspace.applyEdit({
        label: task.title,
        edit,
      });
      if (!applied)
        throw new Refusal(
          `the editor did not make the changes${failureReason ? `: ${failureReason}` : ''}`,
        );
      const created = plan.creates.map(({ file }) => file);
      const changed = plan.edits.map(({ file }) => file);
      for (const note of plan.notes) this.connection.console.info(note);
      const files = [...created, ...changed].join(', ');
      this.show(MessageType.Info, `${task.title}: ${files}${firstOf(plan.notes)}`);
      return { created, changed, notes: plan.notes };
    } catch (error) {
      if (token.isCancellationRequested)
        throw new ResponseError(LSPErrorCodes.RequestCancelled, 'it was cancelled');
      const { message } = failureOf(error, packageInfo().issues);
      this.show(MessageType.Error, `${task.title}: ${message}`);
      throw new ResponseError(LSPErrorCodes.RequestFailed, message);
    }
  }

  private publish(chain: OpenChain): void {
    const files = changedFiles(chain, this.settings.lint, this.presentation);
    for (const file of files) void this.connection.sendDiagnostics(file);
    if (this.features.refreshesLenses && files.length > 0)
      void this.connection.sendRequest(CodeLensRefreshRequest.type).catch(() => {});
  }

  private clear(chain: OpenChain): void {
    for (const file of chain.shown.keys()) {
      const uri = this.documents.uriOf(chain.fileAt(file));
      void this.connection.sendDiagnostics({ uri, diagnostics: [] });
    }
    chain.shown.clear();
  }

  private async changeSettings(sent: unknown): Promise<void> {
    const { base } = this.settings.config;
    // An editor that is asked sends nothing along.
    if (this.features.settings) await this.askSettings();
    else this.take(sent);
    if (this.settings.config.base === base) this.chains.lintAgain();
    else await this.chains.again();
  }

  private async askSettings(): Promise<void> {
    if (!this.features.settings) return;
    const section = 'chainUpgrade';
    const sent: unknown = await this.connection.workspace
      .getConfiguration(section)
      .catch(() => undefined);
    // Many editors have nothing to say: what they sent at the start counts still.
    if (sent !== undefined && sent !== null) this.take(sent);
  }

  private take(sent: unknown): void {
    this.settings = readSettings(sent);
    const { error } = this.settings;
    if (error !== undefined) this.show(MessageType.Warning, `chain-upgrade: ${error}`);
  }

  /** Shows a line to the user, without buttons: nobody waits for an answer. */
  private show(type: MessageType, message: string): void {
    void this.connection.sendNotification(ShowMessageNotification.type, { type, message });
  }

  private async withProgress(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const abort = new AbortController();
    const progress = await this.connection.window.createWorkDoneProgress();
    progress.begin('Chain Upgrade', undefined, 'reading the chain', true);
    progress.token.onCancellationRequested(() => abort.abort());
    try {
      await work(abort.signal);
    } finally {
      progress.done();
    }
  }
}

/** The first note that tells more than the release, for a message of one line; all are in the log. */
function firstOf(notes: readonly string[]): string {
  const [first, ...others] = notes.filter(note => !isPlainComparison(note));
  if (first === undefined) return '';
  return `; ${first}${others.length > 0 ? ` (${others.length} more in the log)` : ''}`;
}

function pathsOf(uris: readonly string[]): string[] {
  return uris.flatMap(uri => filePath(uri) ?? []);
}
