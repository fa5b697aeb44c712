import type {
  CodeActionContext,
  CodeActionProvider,
  Diagnostic,
  Disposable,
  Range,
  TextDocument,
} from 'vscode';
import { CodeAction, CodeActionKind, l10n, languages, WorkspaceEdit } from 'vscode';
import type { FileEdit } from '../../core/go/edit/file-edit.ts';
import { fullMessage } from '../../core/lint/diagnostic.ts';
import { offeredName } from '../../core/plan/upgrade/upgrade-questions.ts';
import { smallestHunk } from '../../core/workspace/hunks.ts';
import { bom } from '../../core/workspace/linted-repo.ts';
import { repairAll, repairAllTitle, repairsOf } from '../../core/workspace/repairs.ts';
import { textRange } from '../../core/workspace/text-range.ts';
import type { CommandTarget } from '../command-target.ts';
import { editorRange, hunkRange, source } from './diagnostics.ts';
import type { Linter } from './lint.ts';
import type { Linted } from './linted.ts';

const fixAllKind = CodeActionKind.SourceFixAll.append('chainUpgrade');

/** Offers the repairs of what is reported, one by one and all of a file at once. */
export function registerFixes(linter: Linter): Disposable {
  return languages.registerCodeActionsProvider({ language: 'go', scheme: '*' }, new Fixes(linter), {
    providedCodeActionKinds: [CodeActionKind.QuickFix, fixAllKind],
  });
}

class Fixes implements CodeActionProvider {
  private readonly linter: Linter;

  constructor(linter: Linter) {
    this.linter = linter;
  }

  provideCodeActions(
    document: TextDocument,
    _range: Range,
    context: CodeActionContext,
  ): CodeAction[] {
    this.linter.settle();
    const at = this.linter.of(document.uri);
    // What is typed since the last reading moves every place.
    if (!at || at.linted.repo.texts.get(at.path)?.replace(bom, '') !== document.getText())
      return [];
    const { linted, path } = at;
    if (context.only?.intersects(fixAllKind)) return this.everything(linted, path);
    return context.diagnostics
      .filter(d => d.source === source)
      .flatMap(diagnostic => this.forOne(linted, path, diagnostic));
  }

  private forOne(linted: Linted, path: string, diagnostic: Diagnostic): CodeAction[] {
    const problem = linted.problems.find(
      p =>
        p.location.file === path &&
        fullMessage(p) === diagnostic.message &&
        editorRange(textRange(linted.repo, p.location)).isEqual(diagnostic.range),
    );
    if (!problem) return [];
    const repairs = repairsOf(linted, problem).map(repair => {
      const action = new CodeAction(repair.title, CodeActionKind.QuickFix);
      action.isPreferred = repair.preferred;
      action.edit = workspaceEdit(linted, repair.edits);
      return action;
    });
    const actions = problem.wantsUpgrade ? [...repairs, newUpgrade(linted, path)] : repairs;
    for (const action of actions) action.diagnostics = [diagnostic];
    return actions;
  }

  private everything(linted: Linted, path: string): CodeAction[] {
    const edits = repairAll(linted, path);
    if (edits.length === 0) return [];
    const action = new CodeAction(repairAllTitle, fixAllKind);
    action.edit = workspaceEdit(linted, edits);
    return [action];
  }
}

/** Starts the upgrade that would repair a finding: it asks and shows what it would write. */
function newUpgrade(linted: Linted, path: string): CodeAction {
  const app = linted.appOf(path);
  const name = app && offeredName(app);
  const title = name === undefined ? l10n.t('New Upgrade …') : l10n.t('New Upgrade "{0}" …', name);
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  const root = linted.root.toString();
  const target: CommandTarget = app ? { root, app: app.dir } : { root };
  action.command = { command: 'chainUpgrade.newUpgrade', title, arguments: [target] };
  return action;
}

/** Whole texts as one edit each: the smallest range that differs. */
function workspaceEdit(linted: Linted, files: readonly FileEdit[]): WorkspaceEdit {
  const out = new WorkspaceEdit();
  for (const { file, before, after } of files) {
    const hunk = smallestHunk(before.replace(bom, ''), after.replace(bom, ''));
    out.replace(linted.uriOf(file), hunkRange(hunk), hunk.text);
  }
  return out;
}
