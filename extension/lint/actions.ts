import type {
  CodeActionContext,
  CodeActionProvider,
  Diagnostic,
  Disposable,
  TextDocument,
  Uri,
} from 'vscode';
import { CodeAction, CodeActionKind, languages, Range, WorkspaceEdit } from 'vscode';
import { analyse } from '../../core/chain/analysis.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import { appliedPlans } from '../../core/lint/applied-plans.ts';
import type { Diagnostic as LintDiagnostic } from '../../core/lint/diagnostic.ts';
import { fullMessage } from '../../core/lint/diagnostic.ts';
import { fixEdits } from '../../core/lint/fix.ts';
import { fixAll, preferredFix } from '../../core/lint/fix-all.ts';
import { lint } from '../../core/lint/lint.ts';
import { bom } from '../workspace-files.ts';
import { diagnosticOf, source } from './diagnostics.ts';
import type { Linter } from './lint.ts';
import type { Linted } from './linted.ts';

const fixAllKind = CodeActionKind.SourceFixAll.append('chainUpgrade');

/** Offers the repairs of what is reported, one by one and all of a file at once. */
export function registerFixes(linter: Linter, pages: Uri): Disposable {
  return languages.registerCodeActionsProvider(
    { language: 'go', scheme: '*' },
    new Fixes(linter, pages),
    { providedCodeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
  );
}

class Fixes implements CodeActionProvider {
  private readonly linter: Linter;
  private readonly pages: Uri;

  constructor(linter: Linter, pages: Uri) {
    this.linter = linter;
    this.pages = pages;
  }

  provideCodeActions(
    document: TextDocument,
    _range: Range,
    context: CodeActionContext,
  ): CodeAction[] {
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
        diagnosticOf(linted, p, this.pages).range.isEqual(diagnostic.range),
    );
    return (problem?.fixes ?? []).map(fix => {
      const action = new CodeAction(fix.title, CodeActionKind.QuickFix);
      action.diagnostics = [diagnostic];
      action.isPreferred = fix.preferred;
      action.edit = edit(linted, fixEdits(linted.repo, fix));
      return action;
    });
  }

  private everything(linted: Linted, path: string): CodeAction[] {
    const ownFix = (problem: LintDiagnostic) =>
      problem.location.file === path ? preferredFix(problem) : undefined;
    if (!linted.problems.some(ownFix)) return [];
    const options = linted.options();
    const look = (repo: Repo) => {
      const analysis = repo === linted.repo ? linted.analysis : analyse(repo);
      const problems = repo === linted.repo ? linted.problems : lint(analysis, options);
      return { problems, applied: appliedPlans(analysis, options.bases ?? []) };
    };
    const fixed = fixAll(linted.repo, look, ownFix);
    const action = new CodeAction('Repair everything that chain-upgrade can repair', fixAllKind);
    action.edit = edit(
      linted,
      [...fixed.repo.texts]
        .filter(([file, text]) => linted.repo.texts.get(file) !== text)
        .map(([file, after]) => ({ file, before: linted.repo.texts.get(file) ?? '', after })),
    );
    return [action];
  }
}

/** Whole texts as one edit each: the smallest range that differs. */
function edit(
  linted: Linted,
  files: readonly { file: string; before: string; after: string }[],
): WorkspaceEdit {
  const out = new WorkspaceEdit();
  for (const { file, before, after } of files) {
    const [old, now] = [before, after].map(text => text.replace(bom, ''));
    let start = 0;
    let end = 0;
    while (start < old!.length && start < now!.length && old![start] === now![start]) start++;
    while (
      end < old!.length - start &&
      end < now!.length - start &&
      old![old!.length - 1 - end] === now![now!.length - 1 - end]
    )
      end++;
    out.replace(
      linted.uriOf(file),
      new Range(...positions(old!, start), ...positions(old!, old!.length - end)),
      now!.slice(start, now!.length - end),
    );
  }
  return out;
}

function positions(text: string, offset: number): [number, number] {
  const before = text.slice(0, offset);
  const line = before.split('\n').length - 1;
  return [line, offset - (before.lastIndexOf('\n') + 1)];
}
