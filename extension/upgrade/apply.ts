import { l10n, Uri, WorkspaceEdit, workspace } from 'vscode';
import type { FileSource } from '../../core/files.ts';
import type { FileEdit } from '../../core/go/edit/file-edit.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { refuseMoves } from '../../core/plan/plan.ts';
import { asDocumentText } from '../../core/workspace/line-ends.ts';
import { readBytes } from '../workspace-files.ts';
import { replaceText } from './workspace-edits.ts';

/**
 * What was written: files saved, and files that had unsaved changes before and are left to the
 * developer.
 */
export interface Applied {
  readonly saved: readonly Uri[];
  readonly unsaved: readonly Uri[];
}

interface OpenEdit extends FileEdit {
  readonly uri: Uri;
  readonly wasDirty: boolean;
}

/**
 * Writes a plan as one edit that one undo takes back: all of it or nothing. Files that have changed
 * since the plan was made are not touched. Documents without unsaved changes are saved, the others
 * are left as they are.
 */
export async function applyPlan(root: Uri, plan: Plan, files: FileSource): Promise<Applied> {
  refuseMoves(plan);
  const edits = await Promise.all(plan.edits.map(edit => openUnchanged(root, edit, files)));
  const created = plan.creates.map(({ file, text }) => ({
    file,
    uri: Uri.joinPath(root, file),
    bytes: new TextEncoder().encode(text),
  }));
  for (const { file, uri } of created) {
    if (await readBytes(uri))
      throw new Error(l10n.t('{0} exists meanwhile; nothing was written. Start again.', file));
  }
  const all = new WorkspaceEdit();
  for (const { uri, bytes } of created) all.createFile(uri, { contents: bytes });
  for (const { uri, before, after } of edits) replaceText(all, uri, before, after);
  const done =
    (await workspace.applyEdit(all)) &&
    (await Promise.all(edits.map(({ uri, after }) => holds(uri, asDocumentText(after))))).every(
      Boolean,
    );
  if (!done) {
    await takeBack(edits, created);
    throw new Error(l10n.t('the editor could not apply the changes, so they were all taken back'));
  }
  for (const { file, uri, wasDirty } of edits) {
    if (!wasDirty && !(await (await workspace.openTextDocument(uri)).save())) {
      throw new Error(
        l10n.t(
          '{0} is changed in the editor, but could not be saved: save it yourself, or undo',
          file,
        ),
      );
    }
  }
  const uris = (dirty: boolean) =>
    edits.filter(edit => edit.wasDirty === dirty).map(edit => edit.uri);
  return { saved: [...created.map(c => c.uri), ...uris(false)], unsaved: uris(true) };
}

async function openUnchanged(root: Uri, edit: FileEdit, files: FileSource): Promise<OpenEdit> {
  const uri = Uri.joinPath(root, edit.file);
  // The document too: it may have been read in another encoding, or hold an older text than the
  // disk.
  const same =
    (await files.read(edit.file)) === edit.before &&
    (await holds(uri, asDocumentText(edit.before)));
  if (!same)
    throw new Error(
      l10n.t('{0} has changed meanwhile; nothing was written. Start again.', edit.file),
    );
  return { ...edit, uri, wasDirty: (await workspace.openTextDocument(uri)).isDirty };
}

/**
 * Whether a file's document holds a text; it is given a moment to notice a change. It is asked for
 * anew every time: VS Code may close and open a document behind one that is held.
 */
async function holds(uri: Uri, text: string): Promise<boolean> {
  for (const end = Date.now() + 3000; ; await new Promise(resolve => setTimeout(resolve, 50))) {
    const document = await workspace.openTextDocument(uri);
    if (asDocumentText(document.getText()) === text) return true;
    if (Date.now() > end) return false;
  }
}

/**
 * An edit with new files is no transaction in VS Code: it stops at the first failure and leaves
 * what came before.
 */
async function takeBack(
  edits: readonly OpenEdit[],
  created: readonly { uri: Uri; bytes: Uint8Array }[],
): Promise<void> {
  const all = new WorkspaceEdit();
  for (const { uri, bytes } of created) {
    const found = await readBytes(uri);
    if (found && Buffer.compare(found, bytes) === 0) all.deleteFile(uri);
  }
  for (const { uri, before } of edits) {
    const document = await workspace.openTextDocument(uri);
    replaceText(all, uri, document.getText(), before);
  }
  await workspace.applyEdit(all);
  for (const { uri, wasDirty } of edits)
    if (!wasDirty) await (await workspace.openTextDocument(uri)).save();
}
