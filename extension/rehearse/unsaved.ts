import { window } from 'vscode';
import type { TextDocument, Uri } from 'vscode';
import { pathBelow, unsavedDocuments } from '../workspace-files.ts';

const save = 'Save';

/** What is built is what is on the disk: asks to save what is typed and not saved below a folder. Says whether all of it is saved now. */
export async function saveUnsaved(root: Uri): Promise<boolean> {
  const unsaved = unsavedDocuments().filter(({ uri }) => pathBelow(root, uri) !== undefined);
  if (unsaved.length === 0) return true;
  const names = unsaved.map(({ uri }) => pathBelow(root, uri)).join(', ');
  if (await window.showWarningMessage(`Save ${unsaved.length === 1 ? '1 file' : `${unsaved.length} files`} before the rehearsal?`, { modal: true, detail: `It builds what is on the disk; not saved: ${names}` }, save) !== save) return false;
  for (const document of unsaved) await saveOne(root, document);
  return true;
}

async function saveOne(root: Uri, document: TextDocument): Promise<void> {
  if (!await document.save() && document.isDirty) throw new Error(`${pathBelow(root, document.uri)} could not be saved, so nothing is rehearsed`);
}
