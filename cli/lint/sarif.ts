import { rules } from '../../core/lint/all.ts';
import type { Report } from '../../core/lint/report.ts';

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;

/** SARIF 2.1.0 for code scanning. `prefix` leads from git's top level to the root. */
export function sarifReport({ findings }: Report, version: string, prefix: string): string {
  const place = (file: string, region: object) => ({
    physicalLocation: {
      artifactLocation: { uri: encode(prefix + file), uriBaseId: '%SRCROOT%' },
      region,
    },
  });
  const index = new Map(rules.map((rule, i) => [rule.name, i]));
  return (
    JSON.stringify(
      {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [
          {
            tool: {
              driver: {
                name: 'chain-upgrade',
                semanticVersion: version,
                rules: rules.map(rule => ({
                  id: rule.name,
                  shortDescription: { text: rule.summary },
                  defaultConfiguration: { level: levels[rule.severity] },
                })),
              },
            },
            columnKind: 'utf16CodeUnits',
            results: findings.map(
              ({ rule, severity, message, file, line, column, endLine, endColumn, related }) => ({
                ruleId: rule,
                ...(index.has(rule) ? { ruleIndex: index.get(rule) } : {}),
                level: levels[severity],
                message: { text: message },
                locations: [
                  place(file, { startLine: line, startColumn: column, endLine, endColumn }),
                ],
                ...(related.length > 0
                  ? {
                      relatedLocations: related.map((r, id) => ({
                        id,
                        message: { text: r.message },
                        ...place(r.file, { startLine: r.line }),
                      })),
                    }
                  : {}),
              }),
            ),
          },
        ],
      },
      null,
      2,
    ) + '\n'
  );
}

/** A relative URI: what is no path character is escaped. */
function encode(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
