import { fullMessage } from '../../core/lint/diagnostic.ts';
import type { Report } from '../../core/lint/report.ts';

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const;

/**
 * Workflow commands that GitHub shows as annotations. `prefix` leads from git's top level to the
 * root.
 */
export function githubReport({ findings }: Report, prefix: string): string {
  return findings
    .map(finding => {
      const { severity, rule, file, line, column, endLine, endColumn } = finding;
      // GitHub wants columns only where start and end are on one line.
      const columns = line === endLine ? { col: column, endColumn } : {};
      const properties = Object.entries({
        file: prefix + file,
        line,
        endLine,
        ...columns,
        title: rule,
      }).map(([name, value]) => `${name}=${property(String(value))}`);
      return `::${commands[severity]} ${properties.join(',')}::${data(fullMessage(finding))}\n`;
    })
    .join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
