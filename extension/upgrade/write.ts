import { l10n, Uri, window } from 'vscode';
import type { Plan } from '../../core/plan/plan.ts';
import { say } from '../report.ts';
import type { Reading } from '../repositories.ts';
import type { Tools } from '../services.ts';
import { uriBelow } from '../workspace-files.ts';
import { applyPlan } from './apply.ts';

/** Writes the plan, opens what was written, and says what is left to do. */
export async function write(
  { log }: Tools,
  { root, files }: Reading,
  plan: Plan,
  what: string,
): Promise<void> {
  const { saved, unsaved } = await applyPlan(root, plan, files);
  const names = (uris: readonly Uri[]) =>
    uris.map(uri => uriBelow(root, uri) ?? uri.path).join(', ');
  const open = unsaved.length > 0 ? `; changed without saving ${names(unsaved)}` : '';
  log.info(`${what}: wrote ${names(saved)}${open}`);
  for (const note of plan.notes) log.info(note);
  // Changed files stay open: off the disk, VS Code forgets how to undo in a file that nobody shows.
  const changed = plan.edits.map(({ file }) => Uri.joinPath(root, file));
  for (const uri of [...changed, ...saved.slice(0, 1)])
    await window.showTextDocument(uri, { preview: false });
  const count = saved.length + unsaved.length;
  const written =
    count === 1
      ? l10n.t('{0}: 1 file written; one undo and Save All take it back.', what)
      : l10n.t('{0}: {1} files written; one undo and Save All take it back.', what, count);
  if (unsaved.length === 0) say('info', written);
  else say('warning', `${written} ${unsavedText(unsaved.length, names(unsaved))}`);
}

function unsavedText(count: number, names: string): string {
  return count === 1
    ? l10n.t('{0} had unsaved changes and is not saved.', names)
    : l10n.t('{0} had unsaved changes and are not saved.', names);
}
