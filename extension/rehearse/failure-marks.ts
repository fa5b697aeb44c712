import type { Disposable, Uri } from 'vscode';
import { Diagnostic, DiagnosticSeverity, l10n, languages, Range, workspace } from 'vscode';
import type { Failure } from '../../core/rehearse/result.ts';

/** Which rehearsal: of what chain, and of which plan. */
export interface RehearsedPlan {
  readonly root: Uri;
  readonly plan: string;
}

/** A failed rehearsal, and the file and line that it leads to. */
export interface MarkedFailure extends RehearsedPlan {
  readonly uri: Uri;
  readonly line: number;
  readonly failure: Failure;
}

interface Mark {
  readonly uri: Uri;
  readonly diagnostic: Diagnostic;
}

/**
 * Marks the lines at which rehearsals failed, with the step, the node's words and the repair. A mark
 * goes with the next rehearsal of its plan, and when its file is saved: then it may be repaired.
 */
export class FailureMarks implements Disposable {
  private readonly collection = languages.createDiagnosticCollection('chain-upgrade rehearsal');
  private readonly marks = new Map<string, Mark>();
  private readonly saving = workspace.onDidSaveTextDocument(({ uri }) => {
    const inFile = [...this.marks].filter(([, mark]) => isSame(mark.uri, uri));
    for (const [key] of inFile) this.marks.delete(key);
    this.collection.delete(uri);
  });

  /** Marks where a rehearsal failed. */
  mark(failed: MarkedFailure): void {
    const { uri, line, plan, failure } = failed;
    const range = new Range(line - 1, 0, line - 1, Number.MAX_SAFE_INTEGER);
    const diagnostic = new Diagnostic(range, failureText(plan, failure), DiagnosticSeverity.Error);
    diagnostic.source = 'chain-upgrade rehearse';
    if (failure.rule !== null) diagnostic.code = failure.rule;
    this.clear(failed);
    this.marks.set(keyOf(failed), { uri, diagnostic });
    this.show(uri);
  }

  /** Takes the mark of a plan away, and leaves those of others. */
  clear(rehearsed: RehearsedPlan): void {
    const key = keyOf(rehearsed);
    const mark = this.marks.get(key);
    if (!mark) return;
    this.marks.delete(key);
    this.show(mark.uri);
  }

  dispose(): void {
    this.collection.dispose();
    this.saving.dispose();
  }

  /** Plans may have failed in one file. */
  private show(uri: Uri): void {
    const inFile = [...this.marks.values()].filter(mark => isSame(mark.uri, uri));
    this.collection.set(
      uri,
      inFile.map(({ diagnostic }) => diagnostic),
    );
  }
}

function keyOf({ root, plan }: RehearsedPlan): string {
  return JSON.stringify([root.toString(), plan]);
}

function isSame(a: Uri, b: Uri): boolean {
  return a.toString() === b.toString();
}

function failureText(plan: string, { step, words, fix }: Failure): string {
  return [
    l10n.t('the plan {0} failed its rehearsal at {1}: {2}', plan, step, words),
    ...(fix === null ? [] : [l10n.t('to fix it: {0}', fix)]),
  ].join('\n');
}
