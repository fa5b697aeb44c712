import {
  Diagnostic,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  Location,
  Range,
  Uri,
} from 'vscode';
import type { Hunk } from '../../core/workspace/hunks.ts';
import type { ShownFinding } from '../../core/workspace/shown-findings.ts';
import { shownFindings } from '../../core/workspace/shown-findings.ts';
import type { TextRange } from '../../core/workspace/text-range.ts';
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
  return [...shownFindings(linted)].map(([file, findings]) => [
    linted.uriOf(file),
    findings.map(finding => diagnosticOf(linted, finding, pages)),
  ]);
}

/** One finding, with a link to its rule's page and to related places. */
function diagnosticOf(linted: Linted, finding: ShownFinding, pages: Uri): Diagnostic {
  const { range, message, severity, rule, hasPage, related } = finding;
  const diagnostic = new Diagnostic(editorRange(range), message, severities[severity]);
  diagnostic.source = source;
  if (rule !== undefined) {
    const target = Uri.joinPath(pages, `${rule}.md`);
    diagnostic.code = hasPage ? { value: rule, target } : rule;
  }
  diagnostic.relatedInformation = related.map(
    place =>
      new DiagnosticRelatedInformation(
        new Location(linted.uriOf(place.file), editorRange(place.range)),
        place.message,
      ),
  );
  return diagnostic;
}

/** A stretch of a document in the editor's own class. */
export function editorRange({ start, end }: TextRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

/** What a change takes the place of. */
export function hunkRange({ from, to }: Hunk): Range {
  return editorRange({ start: from, end: to });
}
