import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  Location,
  Range,
  Uri,
} from 'vscode';
import type { Place } from '../../core/go/source/location.ts';
import { placeOf } from '../../core/go/source/location.ts';
import type { Problem } from '../../core/lint/diagnostic.ts';
import type { Linted } from './linted.ts';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;

/** The name that stands beside our diagnostics. */
export const source = 'chain-upgrade';

/** A repository's problems by file, as the editor shows them. */
export function diagnosticsOf(linted: Linted, pages: Uri): [Uri, Diagnostic[]][] {
  const byFile = new Map<string, Diagnostic[]>();
  for (const problem of linted.problems) {
    const list = byFile.get(problem.place.file) ?? [];
    byFile.set(problem.place.file, list);
    list.push(diagnosticOf(linted, problem, pages));
  }
  return [...byFile].map(([file, list]) => [linted.uriOf(file), list]);
}

/** One problem, with a link to its rule's page and to related places. */
export function diagnosticOf(
  linted: Linted,
  { rule, severity, place, message, related }: Problem,
  pages: Uri,
): Diagnostic {
  const diagnostic = new Diagnostic(rangeOf(linted, place), message, severities[severity]);
  diagnostic.source = source;
  diagnostic.code =
    rule === 'suppression' ? rule : { value: rule, target: Uri.joinPath(pages, `${rule}.md`) };
  diagnostic.relatedInformation = related.map(
    r =>
      new DiagnosticRelatedInformation(
        new Location(linted.uriOf(r.place.file), rangeOf(linted, r.place)),
        r.message,
      ),
  );
  return diagnostic;
}

/** A place as the editor counts, from 0. A document has no byte order mark, a file may have one. */
function rangeOf({ repo }: Linted, place: Place): Range {
  const text = repo.texts.get(place.file) ?? '';
  const bom = text.startsWith('\ufeff') ? 1 : 0;
  const end = placeOf({ path: place.file, text }, { start: place.end, end: place.end });
  const column = (line: number, value: number) => Math.max(0, value - 1 - (line === 1 ? bom : 0));
  return new Range(
    place.line - 1,
    column(place.line, place.column),
    end.line - 1,
    column(end.line, end.column),
  );
}
