import type { Diagnostic } from '../lint/diagnostic.ts';
import { fullMessage } from '../lint/diagnostic.ts';
import { silenceText } from '../lint/not-judged.ts';
import type { Severity } from '../lint/rule.ts';
import type { LintedRepo } from './linted-repo.ts';
import type { TextRange } from './text-range.ts';
import { textRange } from './text-range.ts';

/** What an editor shows at a place. */
export interface ShownFinding {
  readonly range: TextRange;
  readonly severity: Severity;
  readonly message: string;
  /** The rule that found it; undefined for a place that was not understood. */
  readonly rule: string | undefined;
  /** Whether there is a page about the rule. */
  readonly hasPage: boolean;
  readonly related: readonly ShownPlace[];
  /** Whether a new upgrade would repair it. */
  readonly wantsUpgrade: boolean;
}

/** A place that a finding leads to. */
export interface ShownPlace {
  readonly file: string;
  readonly range: TextRange;
  readonly message: string;
}

/**
 * A repository's findings by file. Places that were not understood are among them: a clean list
 * must not read as "all is well".
 */
export function shownFindings(linted: LintedRepo): ReadonlyMap<string, readonly ShownFinding[]> {
  const byFile = new Map<string, ShownFinding[]>();
  const add = (file: string, finding: ShownFinding) => {
    const list = byFile.get(file) ?? [];
    byFile.set(file, list);
    list.push(finding);
  };
  for (const problem of linted.problems) add(problem.location.file, shownFinding(linted, problem));
  for (const silent of linted.notJudged) {
    add(silent.location.file, {
      range: textRange(linted.repo, silent.location),
      severity: 'info',
      message: silenceText(silent),
      rule: undefined,
      hasPage: false,
      related: [],
      wantsUpgrade: false,
    });
  }
  return byFile;
}

/** One problem and what it leads to, with its rule and the related places. */
export function shownFinding({ repo }: LintedRepo, problem: Diagnostic): ShownFinding {
  const { rule, severity, location, related } = problem;
  return {
    range: textRange(repo, location),
    severity,
    message: fullMessage(problem),
    rule,
    hasPage: rule !== 'suppression',
    wantsUpgrade: problem.wantsUpgrade === true,
    related: related.map(({ location: place, message }) => ({
      file: place.file,
      range: textRange(repo, place),
      message,
    })),
  };
}
