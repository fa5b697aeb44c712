import { Range, Uri, workspace, WorkspaceEdit } from 'vscode';
import type { TextDocument } from 'vscode';
import type { FileSource } from '../../core/files.ts';
import type { FileEdit, Plan, Refusal } from '../../core/plan/plan.ts';
import { readBytes } from '../workspace-files.ts';
import { hunksBetween } from './hunks.ts';
import { asDocumentText, mixesLineEnds } from './line-ends.ts';

/** What was written: files saved, and files that had unsaved changes before and are left to the developer. */
export interface Applied { readonly saved: readonly Uri[]; readonly unsaved: readonly Uri[] }

interface OpenEdit extends FileEdit { readonly document: TextDocument; readonly wasDirty: boolean }

/** Why an editor cannot write the plan byte for byte, if so. */
export function notEditable(plan: Plan): Refusal | undefined {
  const mixed = plan.edits.find(({ before, after }) => mixesLineEnds(before) || mixesLineEnds(after));
  return mixed && {
    file: mixed.file,
    reason: `${mixed.file} mixes LF and CRLF line ends, and saving it here would change lines that are not meant: choose one in the status bar, save, and start again`,
  };
}

/**
 * Writes a plan as one edit that one undo takes back: all of it or nothing. Files that have changed since the plan was made are not touched.
 * Documents without unsaved changes are saved, the others are left as they are.
 */
export async function applyPlan(root: Uri, plan: Plan, files: FileSource): Promise<Applied> {
  const edits = await Promise.all(plan.edits.map(edit => openUnchanged(root, edit, files)));
  const created = plan.creates.map(({ file, text }) => ({ file, uri: Uri.joinPath(root, file), bytes: new TextEncoder().encode(text) }));
  for (const { file, uri } of created) {
    if (await readBytes(uri)) throw new Error(`${file} exists meanwhile; nothing was written. Start again.`);
  }
  const all = new WorkspaceEdit();
  for (const { uri, bytes } of created) all.createFile(uri, { contents: bytes });
  for (const { document, before, after } of edits) replaceText(all, document, asDocumentText(before), asDocumentText(after));
  const done = await workspace.applyEdit(all) && edits.every(({ document, after }) => asDocumentText(document.getText()) === asDocumentText(after));
  if (!done) {
    await takeBack(edits, created);
    throw new Error('the editor could not apply the changes, so they were all taken back');
  }
  for (const { file, document, wasDirty } of edits) {
    if (!wasDirty && !await document.save()) throw new Error(`${file} is changed in the editor, but could not be saved: save it yourself, or undo`);
  }
  const uris = (dirty: boolean) => edits.filter(edit => edit.wasDirty === dirty).map(edit => edit.document.uri);
  return { saved: [...created.map(c => c.uri), ...uris(false)], unsaved: uris(true) };
}

async function openUnchanged(root: Uri, edit: FileEdit, files: FileSource): Promise<OpenEdit> {
  const document = await workspace.openTextDocument(Uri.joinPath(root, edit.file));
  // The document too: it may have been read in another encoding, or hold an older text than the disk.
  const same = await files.read(edit.file) === edit.before && await becomes(document, asDocumentText(edit.before));
  if (!same) throw new Error(`${edit.file} has changed meanwhile; nothing was written. Start again.`);
  return { ...edit, document, wasDirty: document.isDirty };
}

/** Whether a document holds a text; one without unsaved changes is given a moment to notice what changed on disk. */
async function becomes(document: TextDocument, text: string): Promise<boolean> {
  for (const end = Date.now() + 3000; asDocumentText(document.getText()) !== text;) {
    if (document.isDirty || Date.now() > end) return false;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  return true;
}

function replaceText(all: WorkspaceEdit, document: TextDocument, from: string, to: string): void {
  for (const hunk of hunksBetween(from, to)) {
    all.replace(document.uri, new Range(hunk.from.line, hunk.from.character, hunk.to.line, hunk.to.character), hunk.text);
  }
}

/** An edit with new files is no transaction in VS Code: it stops at the first failure and leaves what came before. */
async function takeBack(edits: readonly OpenEdit[], created: readonly { uri: Uri; bytes: Uint8Array }[]): Promise<void> {
  const all = new WorkspaceEdit();
  for (const { uri, bytes } of created) {
    const found = await readBytes(uri);
    if (found && Buffer.compare(found, bytes) === 0) all.deleteFile(uri);
  }
  for (const { document, before } of edits) replaceText(all, document, asDocumentText(document.getText()), asDocumentText(before));
  await workspace.applyEdit(all);
  for (const { document, wasDirty } of edits) if (!wasDirty && document.isDirty) await document.save();
}
