import type { Repo } from '../go/repo/repo.ts';
import type { Location } from '../go/source/location.ts';
import { locationOf } from '../go/source/location.ts';
import type { Diagnostic } from './diagnostic.ts';
import { preferredFix } from './fix-all.ts';
import type { NotJudged } from './not-judged.ts';
import { notJudgedText } from './not-judged.ts';
import type { Severity } from './rule.ts';

/** A finding as scripts read it: 1-based lines and columns (UTF-16 units), ends exclusive. */
export interface ReportedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly related: readonly {
    readonly file: string;
    readonly line: number;
    readonly message: string;
  }[];
  readonly fixes: readonly string[];
  /** The title of the fix that is made unasked. */
  readonly preferredFix: string | null;
  /** What the node will do and when, where the rule says it. */
  readonly consequence?: string;
}

/** What `lint` reports, in the order and with the names that scripts rely on. */
export interface Report {
  readonly root: string;
  readonly base: string | null;
  readonly findings: readonly ReportedFinding[];
  readonly notes: readonly string[];
  /** What was not understood, and the rules that were silent about it. */
  readonly notJudged: readonly ReportedSilence[];
}

/** A place that was not understood, and the rules that ask for it. */
export interface ReportedSilence {
  readonly rules: readonly string[];
  readonly file: string;
  readonly line: number;
  readonly why: string;
}

/** Diagnostics as plain data. */
export function reportOf(
  root: string,
  base: string | undefined,
  repo: Repo,
  problems: readonly Diagnostic[],
  notes: readonly string[],
  silent: readonly NotJudged[] = [],
): Report {
  return {
    root,
    base: base ?? null,
    findings: problems.map(problem => reported(repo, problem)),
    notes: [...notes, ...silent.map(notJudgedText)],
    notJudged: silent.map(({ rules, location, why }) => ({
      rules,
      file: location.file,
      line: location.line,
      why,
    })),
  };
}

function reported(
  repo: Repo,
  { rule, severity, location, message, consequence, related, fixes }: Diagnostic,
): ReportedFinding {
  const end = endOf(repo, location);
  return {
    rule,
    severity,
    file: location.file,
    line: location.line,
    column: location.column,
    endLine: end.line,
    endColumn: end.column,
    message,
    related: related.map(r => ({
      file: r.location.file,
      line: r.location.line,
      message: r.message,
    })),
    fixes: fixes.map(fix => fix.title),
    preferredFix: preferredFix({ fixes })?.title ?? null,
    ...(consequence === undefined ? {} : { consequence }),
  };
}

/** Where a place ends. A finding marks its first line only where it would mark a whole function. */
function endOf(repo: Repo, place: Location): { line: number; column: number } {
  const text = repo.texts.get(place.file);
  if (text === undefined) return { line: place.line, column: place.column };
  return locationOf(repo.facts(place.file) ?? { path: place.file, text }, {
    start: place.end,
    end: place.end,
  });
}

/**
 * A finding for people and problem matchers: `file:line:col: severity rule message`, and the
 * consequence, where there is one, on an indented line below.
 */
export function findingText(
  { file, line, column, severity, rule, message, consequence }: ReportedFinding,
  shown: (severity: Severity) => string = text => text,
): string {
  const first = `${file}:${line}:${column}: ${shown(severity)} ${rule} ${oneLine(message)}`;
  return consequence === undefined ? first : `${first}\n    ${oneLine(consequence)}`;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}
