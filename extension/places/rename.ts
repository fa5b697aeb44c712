import type { Range as EditorRange, LogOutputChannel, Position, TextDocument } from 'vscode';
import { Disposable, FileType, l10n, languages, Uri, WorkspaceEdit, window } from 'vscode';
import type { FileSource } from '../../core/files.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { planRenameIn } from '../../core/tasks/tasks.ts';
import { fileOperations } from '../../core/workspace/file-operations.ts';
import { ranBases, renameTarget } from '../../core/workspace/plan-rename.ts';
import { editorRange } from '../lint/diagnostics.ts';
import type { Linter } from '../lint/lint.ts';
import { notEditable } from '../upgrade/not-editable.ts';
import { replaceText } from '../upgrade/workspace-edits.ts';
import { holdsNoFile, typeAt, workspaceFiles } from '../workspace-files.ts';

/**
 * Renames a plan from its name, in every file and with its folder. Everything else, the constant of
 * the name included, is a Go extension's to rename.
 */
export function registerPlanRename(linter: Linter, log: LogOutputChannel): Disposable {
  const go = { language: 'go', scheme: '*' };
  return Disposable.from(
    languages.registerRenameProvider(go, {
      prepareRename(document, position): { range: EditorRange; placeholder: string } {
        const { range, name } = targetAt(linter, document, position);
        return { range: editorRange(range), placeholder: name };
      },
      async provideRenameEdits(document, position, to): Promise<WorkspaceEdit> {
        targetAt(linter, document, position);
        // Folders that came or went a moment ago, and new tags, nobody told of yet.
        await linter.again();
        const { linted, root, app, name } = targetAt(linter, document, position);
        const bases = ranBases(linted, await linter.releaseOf(linted, app));
        const files = workspaceFiles(root);
        const plan = await planRenameIn(
          { analysis: linted.analysis, app, base: linted.bases[0], bases },
          { name, to },
          files,
        );
        const refused = plan.refused ?? (await notEditable(root, plan));
        if (refused) throw new Error(refused.reason);
        await ensureAsRead(plan, files);
        tellNotes(log, l10n.t('{0} was renamed to {1}', name, to), plan.notes);
        return renameEdits(root, plan);
      },
    }),
  );
}

function targetAt(linter: Linter, document: TextDocument, position: Position) {
  linter.settle();
  const found = linter.of(document.uri);
  const target = found && renameTarget(found.linted, found.path, position);
  if (!found || !target) throw new Error(l10n.t('no name of an upgrade plan is written out here'));
  return { ...target, linted: found.linted, root: found.linted.root };
}

/** Files must be as the plan was made from. */
async function ensureAsRead({ edits, moves = [] }: Plan, files: FileSource) {
  const read = [...edits, ...moves.map(({ from, before }) => ({ file: from, before }))];
  for (const { file, before } of read)
    if ((await files.read(file)) !== before)
      throw new Error(l10n.t('{0} has changed meanwhile; rename again', file));
}

/**
 * Files and folders get their new names first, and then their texts change where they are: VS Code
 * does not move a folder whose files it has just changed.
 */
async function renameEdits(root: Uri, { edits, moves = [] }: Plan): Promise<WorkspaceEdit> {
  const all = new WorkspaceEdit();
  for (const { from, to } of fileOperations(moves)) {
    const place = Uri.joinPath(root, to);
    const there = await typeAt(place);
    // Undo takes new files away and leaves their folders, which stand in nobody's way.
    const overwrite = there === FileType.Directory && (await holdsNoFile(place));
    if (there !== undefined && !overwrite)
      throw new Error(l10n.t('{0} exists already; choose another name or remove it', to));
    all.renameFile(Uri.joinPath(root, from), place, { overwrite });
  }
  const texts = [...edits, ...moves.map(({ to, ...both }) => ({ ...both, file: to }))];
  for (const { file, before, after } of texts)
    replaceText(all, Uri.joinPath(root, file), before, after);
  return all;
}

function tellNotes(log: LogOutputChannel, what: string, notes: readonly string[]): void {
  for (const note of notes) log.info(note);
  if (notes.length > 0) void window.showInformationMessage(`${what}: ${notes.join('; ')}`);
}
