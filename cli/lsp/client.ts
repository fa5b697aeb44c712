import type { ClientCapabilities, ServerCapabilities } from 'vscode-languageserver/node.js';
import {
  CodeActionKind,
  MarkupKind,
  PositionEncodingKind,
  ResourceOperationKind,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node.js';

/** What an editor can do, as far as the server asks. */
export interface ClientFeatures {
  /** Edits name the version of the document that they are for. */
  readonly documentChanges: boolean;
  /** Edits may make files. */
  readonly createsFiles: boolean;
  /** Edits may move files. */
  readonly renamesFiles: boolean;
  /** The editor asks what would be renamed before it asks for the name. */
  readonly preparesRenames: boolean;
  /** The server may ask for an edit. */
  readonly appliesEdits: boolean;
  /** Repairs are offered as edits, not as commands. */
  readonly codeActions: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly markdownHovers: boolean;
  /** The server may ask for settings. */
  readonly settings: boolean;
  /** The editor tells of changed settings when it is asked to. */
  readonly tellsSettings: boolean;
  /** The editor tells of changed files when it is asked to. */
  readonly watchesFiles: boolean;
  readonly severalFolders: boolean;
  readonly refreshesLenses: boolean;
}

/** The commands of the server, by what they do. */
export const serverCommands = {
  newUpgrade: 'chainUpgrade.newUpgrade',
  newMigration: 'chainUpgrade.newMigration',
  lint: 'chainUpgrade.lint',
} as const;

/** The kind of the action that makes every repair of a file that is sure. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.chainUpgrade`;

/** Reads what an editor says of itself; what it does not say it cannot do. */
export function featuresOf({ workspace, textDocument }: ClientCapabilities): ClientFeatures {
  const { workspaceEdit } = workspace ?? {};
  const operations = workspaceEdit?.resourceOperations ?? [];
  const createsFiles = operations.includes(ResourceOperationKind.Create);
  const renamesFiles = operations.includes(ResourceOperationKind.Rename);
  return {
    // Files are made by such edits only: Neovim says nothing more of them.
    documentChanges: workspaceEdit?.documentChanges === true || createsFiles || renamesFiles,
    createsFiles,
    renamesFiles,
    preparesRenames: textDocument?.rename?.prepareSupport === true,
    appliesEdits: workspace?.applyEdit === true,
    codeActions: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    relatedInformation: textDocument?.publishDiagnostics?.relatedInformation === true,
    codeDescription: textDocument?.publishDiagnostics?.codeDescriptionSupport === true,
    markdownHovers: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) === true,
    settings: workspace?.configuration === true,
    tellsSettings: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    severalFolders: workspace?.workspaceFolders === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
  };
}

/** Whether New Upgrade and New Migration can be offered: they make files. */
export function writesPlans({ appliesEdits, createsFiles }: ClientFeatures): boolean {
  return appliesEdits && createsFiles;
}

/** What the server offers to such an editor. Columns are UTF-16 units, which every editor knows. */
export function capabilitiesFor(features: ClientFeatures): ServerCapabilities {
  const { newUpgrade, newMigration, lint } = serverCommands;
  const writing = writesPlans(features) ? [newUpgrade, newMigration] : [];
  return {
    positionEncoding: PositionEncodingKind.UTF16,
    textDocumentSync: {
      openClose: true,
      change: TextDocumentSyncKind.Incremental,
      save: { includeText: false },
    },
    ...(features.codeActions && {
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
    }),
    hoverProvider: true,
    codeLensProvider: { resolveProvider: false },
    documentLinkProvider: { resolveProvider: false },
    ...(features.renamesFiles && {
      renameProvider: features.preparesRenames ? { prepareProvider: true } : true,
    }),
    executeCommandProvider: { commands: [...writing, lint] },
    ...(features.severalFolders && {
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    }),
  };
}
