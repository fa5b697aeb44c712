import type { Disposable, Uri } from 'vscode';
import { Diagnostic, DiagnosticSeverity, languages, Range, workspace } from 'vscode';
import type { Failure } from '../../core/rehearse/result.ts';

/** A failed rehearsal, and the file and line that it leads to. */
export interface MarkedFailure {
  readonly uri: Uri;
  readonly line: number;
  readonly plan: string;
  readonly failure: Failure;
}

/**
 * Marks the lines at which rehearsals failed, with the step, the node's words and the repair. A mark
 * goes with the next rehearsal, and when its file is saved: then it may be repaired.
 */
export class FailureMarks implements Disposable {
  private readonly collection = languages.createDiagnosticCollection('chain-upgrade rehearsal');
  private readonly saving = workspace.onDidSaveTextDocument(({ uri }) => {
    this.collection.delete(uri);
  });

  /** Marks where a rehearsal failed. */
  mark({ uri, line, plan, failure }: MarkedFailure): void {
    const range = new Range(line - 1, 0, line - 1, Number.MAX_SAFE_INTEGER);
    const diagnostic = new Diagnostic(range, failureText(plan, failure), DiagnosticSeverity.Error);
    diagnostic.source = 'chain-upgrade rehearse';
    if (failure.rule !== null) diagnostic.code = failure.rule;
    this.collection.set(uri, [diagnostic]);
  }

  /** Takes all marks away. */
  clear(): void {
    this.collection.clear();
  }

  dispose(): void {
    this.collection.dispose();
    this.saving.dispose();
  }
}

function failureText(plan: string, { step, words, fix }: Failure): string {
  return [
    `the plan ${plan} failed its rehearsal at ${step}: ${words}`,
    ...(fix === null ? [] : [`to fix it: ${fix}`]),
  ].join('\n');
}
