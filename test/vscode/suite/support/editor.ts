import { readFile, writeFile } from 'node:fs/promises';
import type { TextDocument } from 'vscode';
import { commands, Range, Uri, WorkspaceEdit, window, workspace } from 'vscode';

/** The first folder of the workspace. */
export function folder(): Uri {
  return workspace.workspaceFolders![0]!.uri;
}

/** A file of a folder of the workspace; of the first one unless told. */
export function file(path: string, root = folder()): Uri {
  return Uri.joinPath(root, path);
}

/** A file's bytes on disk, as text that keeps every byte; undefined where there is none. */
export async function onDisk(uri: Uri): Promise<string | undefined> {
  return readFile(uri.fsPath, 'latin1').catch(() => undefined);
}

/** Puts bytes (given as `onDisk` gives them) where they were, behind the editor's back. */
export async function putOnDisk(uri: Uri, bytes: string): Promise<void> {
  await writeFile(uri.fsPath, bytes, 'latin1');
}

/** Types one text in place of another, without saving. */
export async function typeOver(uri: Uri, old: string, text: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(uri);
  const at = document.getText().indexOf(old);
  if (at < 0) throw new Error(`${uri.path} does not hold ${old}`);
  const edit = new WorkspaceEdit();
  edit.replace(uri, new Range(document.positionAt(at), document.positionAt(at + old.length)), text);
  await workspace.applyEdit(edit);
  return document;
}

/** One undo, in the editor that shows the file. */
export async function undoIn(uri: Uri): Promise<void> {
  await window.showTextDocument(uri);
  await commands.executeCommand('undo');
}

/** The names of the open tabs that begin so. */
export function tabsNamed(start: string): string[] {
  return window.tabGroups.all
    .flatMap(group => group.tabs)
    .map(tab => tab.label)
    .filter(label => label.startsWith(start));
}

/** Saves every document that has unsaved changes. */
export async function saveAll(): Promise<void> {
  for (const document of workspace.textDocuments) if (document.isDirty) await document.save();
}

/** Throws unsaved changes away and closes everything. */
export async function closeAll(): Promise<void> {
  for (const document of workspace.textDocuments) {
    if (!document.isDirty || document.isUntitled) continue;
    await window.showTextDocument(document);
    await commands.executeCommand('workbench.action.files.revert');
  }
  await commands.executeCommand('workbench.action.closeAllEditors');
}
