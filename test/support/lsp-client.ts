import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import type {
  ApplyWorkspaceEditParams,
  ClientCapabilities,
  Diagnostic,
  InitializeParams,
  InitializeResult,
  ProtocolConnection,
  PublishDiagnosticsParams,
} from 'vscode-languageserver/node.js';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node.js';
import { main } from './cli.ts';

/** What an editor of today says of itself, as far as the server asks. */
export const modernClient: ClientCapabilities = {
  workspace: {
    applyEdit: true,
    configuration: true,
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  textDocument: {
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
      isPreferredSupport: true,
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true },
  },
  window: { workDoneProgress: true },
};

/** How an editor that is played starts the server. */
export interface PlayedEditor {
  readonly folders?: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly settings?: unknown;
  readonly initialize?: Partial<InitializeParams>;
}

/** The server's process, and the editor's end of the connection. */
export class LspClient {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  readonly published = new Map<string, Diagnostic[]>();
  readonly sent: PublishDiagnosticsParams[] = [];
  readonly log: string[] = [];
  readonly messages: string[] = [];
  readonly progress: unknown[] = [];
  readonly registered: string[] = [];
  readonly edits: ApplyWorkspaceEditParams[] = [];
  /** Whether edits are made. */
  applies = true;
  settings: unknown;
  private version = 0;

  constructor(settings: unknown) {
    this.settings = settings;
    this.process = spawn(process.execPath, [main, 'lsp', '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.process.stdout!),
      new StreamMessageWriter(this.process.stdin!),
    );
    this.answer();
    this.connection.listen();
  }

  private answer(): void {
    const { connection } = this;
    connection.onNotification(
      'textDocument/publishDiagnostics',
      (file: PublishDiagnosticsParams) => {
        this.sent.push(file);
        this.published.set(file.uri, file.diagnostics);
      },
    );
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.log.push(message);
    });
    connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
      this.messages.push(message);
    });
    connection.onNotification('$/progress', (value: unknown) => this.progress.push(value));
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => this.settings ?? null),
    );
    connection.onRequest(
      'client/registerCapability',
      ({ registrations }: { registrations: { method: string }[] }) => {
        this.registered.push(...registrations.map(({ method }) => method));
        return null;
      },
    );
    connection.onRequest('workspace/applyEdit', (edit: ApplyWorkspaceEditParams) => {
      this.edits.push(edit);
      return { applied: this.applies };
    });
  }

  /** Opens a document with that text, or gives it another one. */
  async type(file: string, text: string): Promise<void> {
    this.version += 1;
    const uri = uriOf(file);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'go', version: this.version, text },
    });
  }

  /** Replaces a stretch of an open document. */
  async edit(file: string, range: Diagnostic['range'], text: string): Promise<void> {
    this.version += 1;
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: uriOf(file), version: this.version },
      contentChanges: [{ range, text }],
    });
  }

  ask<T>(method: string, params: object): Promise<T> {
    return this.connection.sendRequest(method, params);
  }

  /** Waits until something holds of what the server said. */
  async until(holds: () => boolean, what: string): Promise<void> {
    for (const end = Date.now() + 20_000; !holds(); ) {
      if (Date.now() > end)
        throw new Error(`the server never said ${what}\n${this.log.join('\n')}`);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  /** The messages of what is reported in a file. */
  in(file: string): Diagnostic[] {
    return this.published.get(uriOf(file)) ?? [];
  }

  /** Ends the server as an editor does, and gives its exit status. */
  async end(): Promise<number | null> {
    const ended = new Promise<number | null>(resolve => this.process.once('exit', resolve));
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const status = await ended;
    this.connection.dispose();
    return status;
  }
}

/** The URI of a file. */
export function uriOf(file: string): string {
  return pathToFileURL(file).href;
}

/** Starts the server for an editor with some folders. */
export async function startEditor({
  folders = [],
  capabilities = modernClient,
  settings,
  initialize = {},
}: PlayedEditor): Promise<{ client: LspClient; started: InitializeResult }> {
  const client = new LspClient(settings);
  const started = await client.ask<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities,
    workspaceFolders: folders.map(folder => ({ uri: uriOf(folder), name: folder })),
    ...initialize,
  });
  await client.connection.sendNotification('initialized', {});
  return { client, started };
}
