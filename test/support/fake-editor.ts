import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { EventEmitter } from './editor-events.ts';
import { editor } from './editor-stub.ts';
import { fakeL10n } from './fake-l10n.ts';
import type { FakeRenameProvider } from './fake-rename.ts';
import { FakeEdit } from './fake-rename.ts';

/** As much of the editor's `Uri` as the extension asks of one. */
export class FakeUri {
  readonly scheme = 'file';
  readonly authority = '';
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  get fsPath(): string {
    return this.path;
  }

  toString(): string {
    return `file://${this.path}`;
  }

  with(change: Readonly<Record<string, string>>): FakeUri {
    const { path = this.path, ...others } = change;
    return Object.assign(new FakeUri(path), others);
  }

  static joinPath({ path }: FakeUri, ...parts: string[]): FakeUri {
    return new FakeUri(posix.join(path, ...parts));
  }
}

/** A position, for what only carries it. */
class FakeRange {
  readonly given: readonly number[];

  constructor(...given: number[]) {
    this.given = given;
  }
}

class FakeError extends Error {
  readonly code = 'FileNotFound';
}

function nothingToDispose() {
  return { dispose: () => {} };
}

/** A pick or a box that is accepted as it is offered, and left where that is no answer. */
function answeredInput() {
  let accept = () => {};
  let hide = () => {};
  return {
    value: '',
    items: [],
    selectedItems: [],
    activeItems: [],
    onDidAccept: (listener: () => void) => {
      accept = listener;
    },
    onDidHide: (listener: () => void) => {
      hide = listener;
    },
    onDidTriggerButton: () => {},
    onDidChangeValue: () => {},
    show: () => {
      accept();
      hide();
    },
    dispose: () => {},
  };
}

interface FakeFolder {
  readonly uri: FakeUri;
  readonly name: string;
  readonly index: number;
}

/** A document of the editor, as much of it as is asked. */
export interface FakeDocument {
  readonly uri: FakeUri;
  readonly languageId: string;
  readonly isUntitled: boolean;
  isDirty: boolean;
  isClosed: boolean;
  getText(): string;
  /** Types a text in place of what is there. */
  type(text: string): void;
}

const eventNames = [
  'onDidChangeTextDocument',
  'onDidOpenTextDocument',
  'onDidCloseTextDocument',
  'onDidSaveTextDocument',
  'onDidChangeWorkspaceFolders',
  'onDidGrantWorkspaceTrust',
  'onDidChangeConfiguration',
] as const;
type EventName = (typeof eventNames)[number];

/** An editor that is open on folders held in memory. What it was told to show is noted. */
export class FakeEditor {
  /** Texts by path. */
  readonly files = new Map<string, string>();
  readonly settings: Record<string, unknown> = {};
  readonly documents: FakeDocument[] = [];
  /** The paths of folders that are watched. */
  readonly watched: string[] = [];
  /** Findings by file. */
  readonly marks = new Map<string, readonly { message: string }[]>();
  readonly contexts: unknown[][] = [];
  /** The commands of the editor that were run, with what they were given. */
  readonly executed: unknown[][] = [];
  readonly opened: { path: string; line: number | undefined }[] = [];
  readonly commands = new Map<string, (...given: unknown[]) => unknown>();
  readonly panels: { html: string; visible: boolean; closed: boolean }[] = [];
  readonly said: string[] = [];
  isTrusted = false;
  renames: FakeRenameProvider | undefined;
  /** What was logged as an error. */
  readonly errors: unknown[] = [];
  readonly log = {
    info: () => {},
    warn: () => {},
    error: (error: unknown) => this.errors.push(error),
    show: () => {},
    dispose: () => {},
  };
  /** What reading a file or folder throws, where that is set. */
  fails: ((path: string) => Error | undefined) | undefined;
  folders: FakeFolder[] = [];
  private readonly onDisk: string[] = [];
  readonly events = Object.fromEntries(
    eventNames.map(name => [name, new EventEmitter()]),
  ) as Record<EventName, EventEmitter>;

  /** Opens a folder with these files; the event that tells of it is not fired. */
  open(path: string, texts: Readonly<Record<string, string>>): void {
    const name = posix.basename(path);
    this.folders.push({ uri: new FakeUri(path), name, index: this.folders.length });
    for (const [file, text] of Object.entries(texts)) this.files.set(`${path}/${file}`, text);
  }

  /** A document that is open. */
  document(path: string): FakeDocument {
    let text = this.files.get(path)!;
    const document: FakeDocument = {
      uri: new FakeUri(path),
      languageId: 'go',
      isUntitled: false,
      isDirty: false,
      isClosed: false,
      getText: () => text,
      type: (now: string) => {
        text = now;
        document.isDirty = true;
        this.events.onDidChangeTextDocument.fire({ document, contentChanges: [now] });
      },
    };
    this.documents.push(document);
    return document;
  }

  /** Says that settings changed. */
  configured(...names: string[]): void {
    this.events.onDidChangeConfiguration.fire({
      affectsConfiguration: (asked: string) =>
        names.some(name => asked === 'chainUpgrade' || asked === `chainUpgrade.${name}`),
    });
  }

  /** Makes this what the extension's modules see as `vscode`. */
  use(): void {
    Object.assign(editor, {
      Uri: FakeUri,
      Range: FakeRange,
      EventEmitter,
      WorkspaceEdit: FakeEdit,
      RelativePattern: class {
        readonly base: FakeFolder;
        constructor(base: FakeFolder) {
          this.base = base;
        }
      },
      CancellationError: class extends Error {},
      FileSystemError: FakeError,
      FileType: { File: 1, Directory: 2, SymbolicLink: 64 },
      StatusBarAlignment: { Left: 1 },
      ThemeColor: class {},
      ThemeIcon: class {},
      TreeItem: class {
        readonly label: string;
        constructor(label: string) {
          this.label = label;
        }
      },
      TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
      ViewColumn: { Active: -1 },
      ExtensionMode: { Production: 1, Development: 2 },
      ProgressLocation: { Notification: 15 },
      Diagnostic: class {
        readonly range: FakeRange;
        readonly message: string;
        constructor(range: FakeRange, message: string) {
          this.range = range;
          this.message = message;
        }
      },
      DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2 },
      DiagnosticRelatedInformation: class {},
      Location: class {},
      CodeActionKind: { QuickFix: { append: () => ({}) }, SourceFixAll: { append: () => ({}) } },
      Disposable: { from: nothingToDispose },
      InputBoxValidationSeverity: { Error: 3, Warning: 2 },
      QuickInputButtons: { Back: {} },
      QuickPickItemKind: { Separator: -1 },
      tasks: { registerTaskProvider: nothingToDispose },
      languages: {
        createDiagnosticCollection: () => this.collection(),
        registerCodeActionsProvider: nothingToDispose,
        registerCodeLensProvider: nothingToDispose,
        registerHoverProvider: nothingToDispose,
        registerDefinitionProvider: nothingToDispose,
        registerReferenceProvider: nothingToDispose,
        registerRenameProvider: (_: unknown, provider: FakeRenameProvider) => {
          this.renames = provider;
          return nothingToDispose();
        },
      },
      commands: {
        registerCommand: (id: string, run: (...given: unknown[]) => unknown) => {
          this.commands.set(id, run);
          return { dispose: () => this.commands.delete(id) };
        },
        executeCommand: async (...given: unknown[]) => {
          if (given[0] === 'setContext') this.contexts.push(given.slice(1));
          else this.executed.push(given);
        },
      },
      l10n: fakeL10n(),
      window: this.window(),
      workspace: this.workspace(),
    });
  }

  private collection() {
    const own = new Map<string, readonly { message: string }[]>();
    const tell = () => {
      for (const [path, all] of own) this.marks.set(path, all);
    };
    return {
      set: ({ path }: FakeUri, all: readonly { message: string }[]) => {
        own.set(path, all);
        tell();
      },
      delete: ({ path }: FakeUri) => {
        own.delete(path);
        this.marks.delete(path);
      },
      clear: () => {
        for (const path of own.keys()) this.marks.delete(path);
        own.clear();
      },
      dispose: () => {},
    };
  }

  private window() {
    const say = async (text: string) => {
      this.said.push(text);
    };
    return {
      showInformationMessage: say,
      showWarningMessage: say,
      showErrorMessage: say,
      withProgress: () => Promise.resolve(),
      activeTextEditor: null,
      createOutputChannel: () => this.log,
      showQuickPick: async ([first]: readonly unknown[]) => first,
      tabGroups: { all: [], close: async () => true },
      createQuickPick: () => answeredInput(),
      createInputBox: () => answeredInput(),
      registerTerminalLinkProvider: nothingToDispose,
      onDidCloseTerminal: nothingToDispose,
      createStatusBarItem: () => ({ show: () => {}, hide: () => {}, dispose: () => {} }),
      createTreeView: nothingToDispose,
      createWebviewPanel: () => this.panel(),
      showTextDocument: async ({ path }: FakeUri, how?: { selection?: FakeRange }) => {
        this.opened.push({ path, line: how?.selection?.given[0] });
      },
    };
  }

  private panel() {
    const ended = new EventEmitter();
    const panel = { html: '', visible: true, closed: false };
    this.panels.push(panel);
    return {
      webview: {
        set html(text: string) {
          panel.html = text;
        },
      },
      get visible() {
        return panel.visible;
      },
      reveal: () => {},
      onDidDispose: ended.event,
      onDidChangeViewState: () => ({ dispose: () => {} }),
      dispose: () => {
        panel.closed = true;
        ended.fire();
      },
    };
  }

  private workspace() {
    const events = Object.fromEntries(eventNames.map(name => [name, this.events[name].event]));
    const isTrusted = () => this.isTrusted;
    const folders = () => this.folders;
    return {
      ...events,
      get isTrusted() {
        return isTrusted();
      },
      get workspaceFolders() {
        return folders();
      },
      textDocuments: this.documents,
      registerTextDocumentContentProvider: nothingToDispose,
      getWorkspaceFolder: ({ path }: FakeUri) =>
        this.folders.find(({ uri }) => path === uri.path || path.startsWith(`${uri.path}/`)),
      getConfiguration: () => ({
        get: (name: string, value: unknown) => this.settings[name] ?? value,
      }),
      createFileSystemWatcher: ({ base }: { base: FakeFolder }) => this.watcher(base.uri.path),
      fs: {
        readFile: async ({ path }: FakeUri) => this.bytesOf(path),
        stat: async ({ path }: FakeUri) => {
          const isFolder = [...this.files.keys()].some(file => file.startsWith(`${path}/`));
          return { type: isFolder ? 2 : this.read(path) && 1 };
        },
        readDirectory: async ({ path }: FakeUri) => this.entries(path),
      },
    };
  }

  private watcher(path: string) {
    this.watched.push(path);
    const no = () => ({ dispose: () => {} });
    const dispose = () => this.watched.splice(this.watched.indexOf(path), 1);
    return { onDidChange: no, onDidCreate: no, onDidDelete: no, dispose };
  }

  /** Lets the files of a folder on the disk be read. */
  bytes(folder: string): void {
    this.onDisk.push(folder);
  }

  private failAt(path: string): void {
    const failure = this.fails?.(path);
    if (failure) throw failure;
  }

  private bytesOf(path: string): Uint8Array {
    this.failAt(path);
    return this.onDisk.includes(posix.dirname(path))
      ? readFileSync(path)
      : new TextEncoder().encode(this.read(path));
  }

  private read(path: string): string {
    this.failAt(path);
    const text = this.files.get(path);
    if (text === undefined) throw new FakeError(`there is no ${path}`);
    return text;
  }

  private entries(path: string): [string, number][] {
    const below = [...this.files.keys()].filter(file => file.startsWith(`${path}/`));
    const names = new Map<string, number>();
    for (const file of below) {
      const [name, ...more] = file.slice(path.length + 1).split('/');
      names.set(name!, more.length > 0 ? 2 : 1);
    }
    return [...names];
  }
}
