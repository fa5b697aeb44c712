import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  Location,
  Range,
  Uri,
} from 'vscode';
import type { Location as SourceLocation } from '../../core/go/source/location.ts';
import { locationOf } from '../../core/go/source/location.ts';
import type { Diagnostic as LintDiagnostic } from '../../core/lint/diagnostic.ts';
import { fullMessage } from '../../core/lint/diagnostic.ts';
import type { NotJudged } from '../../core/lint/not-judged.ts';
import { silenceText } from '../../core/lint/not-judged.ts';
import type { Linted } from './linted.ts';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;

/** The source that the editor shows beside our diagnostics. */
export const source = 'chain-upgrade';

/** A repository's problems by file, as the editor shows them. */
export function diagnosticsOf(linted: Linted, pages: Uri): [Uri, Diagnostic[]][] {
  const byFile = new Map<string, Diagnostic[]>();
  const add = (file: string, diagnostic: Diagnostic) => {
    const list = byFile.get(file) ?? [];
    byFile.set(file, list);
    list.push(diagnostic);
  };
  for (const problem of linted.problems)
    add(problem.location.file, diagnosticOf(linted, problem, pages));
  for (const silent of linted.notJudged) add(silent.location.file, silenceOf(linted, silent));
  return [...byFile].map(([file, list]) => [linted.uriOf(file), list]);
}

/** A place that was not understood: a clean list must not read as "all is well". */
function silenceOf(linted: Linted, silent: NotJudged): Diagnostic {
  const diagnostic = new Diagnostic(
    rangeOf(linted, silent.location),
    silenceText(silent),
    DiagnosticSeverity.Information,
  );
  diagnostic.source = source;
  return diagnostic;
}

/** One problem and what it leads to, with a link to its rule's page and to related places. */
export function diagnosticOf(linted: Linted, problem: LintDiagnostic, pages: Uri): Diagnostic {
  const { rule, severity, location, related } = problem;
  const diagnostic = new Diagnostic(
    rangeOf(linted, location),
    fullMessage(problem),
    severities[severity],
  );
  diagnostic.source = source;
  diagnostic.code =
    rule === 'suppression' ? rule : { value: rule, target: Uri.joinPath(pages, `${rule}.md`) };
  diagnostic.relatedInformation = related.map(
    r =>
      new DiagnosticRelatedInformation(
        new Location(linted.uriOf(r.location.file), rangeOf(linted, r.location)),
        r.message,
      ),
  );
  return diagnostic;
}

/** A place as the editor counts, from 0. A document has no byte order mark, a file may have one. */
function rangeOf({ repo }: Linted, location: SourceLocation): Range {
  const text = repo.texts.get(location.file) ?? '';
  const bom = text.startsWith('\ufeff') ? 1 : 0;
  const end = locationOf({ path: location.file, text }, { start: location.end, end: location.end });
  const column = (line: number, value: number) => Math.max(0, value - 1 - (line === 1 ? bom : 0));
  return new Range(
    location.line - 1,
    column(location.line, location.column),
    end.line - 1,
    column(end.line, end.column),
  );
}
