import type { Uri, WorkspaceEdit } from 'vscode';
import { Range } from 'vscode';
import { hunksBetween } from '../../core/workspace/hunks.ts';
import { asDocumentText } from '../../core/workspace/line-ends.ts';

/** Replaces the lines of a document that differ. */
export function replaceText(all: WorkspaceEdit, uri: Uri, before: string, after: string): void {
  for (const { from, to, text } of hunksBetween(asDocumentText(before), asDocumentText(after)))
    all.replace(uri, new Range(from.line, from.character, to.line, to.character), text);
}
