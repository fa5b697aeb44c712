import type { WorkspaceEdit } from 'vscode';
import { Range, Uri } from 'vscode';
import type { Renaming } from '../../core/workspace/file-operations.ts';
import { hunksBetween } from '../../core/workspace/hunks.ts';
import { asDocumentText } from '../../core/workspace/line-ends.ts';

/** Replaces the lines of a document that differ. */
export function replaceText(all: WorkspaceEdit, uri: Uri, before: string, after: string): void {
  for (const { from, to, text } of hunksBetween(asDocumentText(before), asDocumentText(after)))
    all.replace(uri, new Range(from.line, from.character, to.line, to.character), text);
}

/** Gives files and folders below a root their new names; the editor refuses one that is taken. */
export function renameFiles(all: WorkspaceEdit, root: Uri, operations: readonly Renaming[]): void {
  for (const { from, to } of operations)
    all.renameFile(Uri.joinPath(root, from), Uri.joinPath(root, to));
}
