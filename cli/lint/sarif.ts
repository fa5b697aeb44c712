import { rules } from '../../core/lint/all.ts';
import { fullMessage } from '../../core/lint/diagnostic.ts';
import { silenceText } from '../../core/lint/not-judged.ts';
import type { Report, ReportedFinding, ReportedSilence } from '../../core/lint/report.ts';

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;

/** SARIF 2.1.0 for code scanning. `prefix` leads from git's top level to the root. */
export function sarifReport(report: Report, version: string, prefix: string): string {
  const { findings, notJudged } = report;
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: driverOf(version) },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: notJudged.map(silent => notificationOf(silent, prefix)),
          },
        ],
        results: findings.map(finding => resultOf(finding, prefix)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** The tool and its rules. */
function driverOf(version: string): object {
  return {
    name: 'chain-upgrade',
    semanticVersion: version,
    rules: rules.map(rule => ({
      id: rule.name,
      shortDescription: { text: rule.summary },
      defaultConfiguration: { level: levels[rule.severity] },
    })),
  };
}

function resultOf(finding: ReportedFinding, prefix: string): object {
  const { rule, severity, file, line, column, endLine, endColumn, related } = finding;
  const ruleIndex = rules.findIndex(({ name }) => name === rule);
  const region = { startLine: line, startColumn: column, endLine, endColumn };
  const relatedLocations = related.map((other, id) => ({
    id,
    message: { text: other.message },
    ...locationOf(prefix + other.file, { startLine: other.line }),
  }));
  return {
    ruleId: rule,
    ...(ruleIndex >= 0 ? { ruleIndex } : {}),
    level: levels[severity],
    message: { text: fullMessage(finding) },
    locations: [locationOf(prefix + file, region)],
    ...(relatedLocations.length > 0 ? { relatedLocations } : {}),
  };
}

/** What was not judged, which is no result. */
function notificationOf({ file, line, ...said }: ReportedSilence, prefix: string): object {
  return {
    level: 'note',
    message: { text: silenceText(said) },
    locations: [locationOf(prefix + file, { startLine: line })],
  };
}

function locationOf(path: string, region: object): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: encode(path), uriBaseId: '%SRCROOT%' },
      region,
    },
  };
}

/** A relative URI: what is no path character is escaped. */
function encode(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
