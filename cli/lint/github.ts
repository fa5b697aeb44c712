import { fullMessage } from '../../core/lint/diagnostic.ts';
import { silenceText } from '../../core/lint/not-judged.ts';
import type { Report } from '../../core/lint/report.ts';

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;

/**
 * Workflow commands that GitHub shows as annotations. `prefix` leads from git's top level to the
 * root.
 */
export function githubReport({ findings, notJudged }: Report, prefix: string): string {
  const found = findings.map(finding => {
    const { severity, rule, file, line, column, endLine, endColumn } = finding;
    // GitHub wants columns only where start and end are on one line.
    const columns = line === endLine ? { col: column, endColumn } : {};
    const place = { file: prefix + file, line, endLine, ...columns };
    return annotation(commands[severity], { ...place, title: rule }, fullMessage(finding));
  });
  const silent = notJudged.map(({ file, line, ...said }) =>
    annotation('notice', { file: prefix + file, line, title: 'not judged' }, silenceText(said)),
  );
  return [...found, ...silent].join('');
}

function annotation(
  command: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const written = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${property(String(value))}`],
  );
  return `::${command} ${written.join(',')}::${data(message)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
