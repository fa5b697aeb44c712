import type { TextDocument, Uri } from 'vscode';
import { l10n } from 'vscode';
import { unsavedDocuments, uriBelow } from '../workspace-files.ts';
import { agree } from './confirm-run.ts';

/**
 * What is built is what is on the disk: asks to save what is typed and not saved below a folder.
 * Says whether all of it is saved now.
 */
export async function saveUnsaved(root: Uri, title: string, ask = agree): Promise<boolean> {
  const unsaved = unsavedDocuments().filter(({ uri }) => uriBelow(root, uri) !== undefined);
  if (unsaved.length === 0) return true;
  const agreed = await ask({
    title: l10n.t('{0}: Save', title),
    question:
      unsaved.length === 1
        ? l10n.t('Save this file? What is built is what is on the disk.')
        : l10n.t('Save these {0} files? What is built is what is on the disk.', unsaved.length),
    does: l10n.t('Save'),
    cancel: l10n.t('rehearse nothing'),
    heading: l10n.t('Not saved'),
    lines: unsaved.map(({ uri }) => uriBelow(root, uri)!),
  });
  if (!agreed) return false;
  for (const document of unsaved) await saveOne(root, document);
  return true;
}

async function saveOne(root: Uri, document: TextDocument): Promise<void> {
  if (!(await document.save()) && document.isDirty)
    throw new Error(
      l10n.t(
        '{0} could not be saved, so nothing is rehearsed',
        uriBelow(root, document.uri) ?? document.uri.fsPath,
      ),
    );
}
