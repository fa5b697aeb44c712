import type { TextDocument, Uri } from 'vscode';
import { unsavedDocuments, uriBelow } from '../workspace-files.ts';
import { agree } from './confirm-run.ts';

/**
 * What is built is what is on the disk: asks to save what is typed and not saved below a folder.
 * Says whether all of it is saved now.
 */
export async function saveUnsaved(root: Uri, title: string, ask = agree): Promise<boolean> {
  const unsaved = unsavedDocuments().filter(({ uri }) => uriBelow(root, uri) !== undefined);
  if (unsaved.length === 0) return true;
  const files = unsaved.length === 1 ? 'this file' : `these ${unsaved.length} files`;
  const agreed = await ask({
    title: `${title}: Save`,
    question: `Save ${files}? What is built is what is on the disk.`,
    does: 'Save',
    cancel: 'rehearse nothing',
    heading: 'Not saved',
    lines: unsaved.map(({ uri }) => uriBelow(root, uri)!),
  });
  if (!agreed) return false;
  for (const document of unsaved) await saveOne(root, document);
  return true;
}

async function saveOne(root: Uri, document: TextDocument): Promise<void> {
  if (!(await document.save()) && document.isDirty)
    throw new Error(
      `${uriBelow(root, document.uri) ?? document.uri.fsPath} could not be saved, so nothing is rehearsed`,
    );
}
