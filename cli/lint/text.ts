import type { Report, ReportedFinding } from '../../core/lint/report.ts';
import { findingText } from '../../core/lint/report.ts';
import { plural } from '../../core/plural.ts';

const colours = { error: 31, warning: 33, info: 36 } as const;

/**
 * Findings for people and for editors' problem matchers: `file:line:col: severity rule message`,
 * and what the node will do on an indented line below.
 */
export function textReport({ findings }: Report, colour: boolean): string {
  return findings.map(finding => `${shown(finding, colour)}\n`).join('');
}

function shown(finding: ReportedFinding, colour: boolean): string {
  return findingText(finding, severity =>
    colour ? `\x1b[${colours[severity]}m${severity}\x1b[0m` : severity,
  );
}

/**
 * The last line beside the result: how many there are, and how many of them `--fix` takes, which is
 * not said where it was tried.
 */
export function summary({ findings }: Report, wasFixed: boolean): string {
  const count = (severity: string) => findings.filter(f => f.severity === severity).length;
  const errors = plural(count('error'), 'error');
  const warnings = plural(count('warning'), 'warning');
  const fixable = findings.filter(({ preferredFix }) => preferredFix !== null).length;
  const fixes = wasFixed || fixable === 0 ? '' : ` (${fixable} fixable with --fix)`;
  return `${errors}, ${warnings}, ${count('info')} info${fixes}`;
}
