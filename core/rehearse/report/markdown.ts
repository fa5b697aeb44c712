import type { RehearsalReport, ReportTable, StoreBar } from './report.ts';
import { countWords, sizeWords } from './words.ts';

/** The rows of a table beyond which it is folded. */
const mostRows = 12;

/** A report as Markdown, for a pull request or a summary of GitHub. */
export function reportMarkdown(report: RehearsalReport): string {
  const { title, passed, facts, failure, changes, tables } = report;
  const parts = [
    `## ${plain(title)}: ${passed ? 'passed ✅' : 'failed ❌'}`,
    ...(failure.length > 0 ? [failureList(failure)] : []),
    facts.map(fact => `- ${plain(fact)}`).join('\n'),
    ...(changes.length > 0 ? [folded('Differences by store', changeTable(changes), changes)] : []),
    ...tables.map(table => folded(table.title, markdownTable(table), table.rows)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function failureList(failure: RehearsalReport['failure']): string {
  return failure.map(([label, text]) => `**${label}:** ${code(text)}  `).join('\n');
}

function changeTable(changes: readonly StoreBar[]): string {
  return markdownTable({
    title: '',
    head: ['store', 'added', 'changed', 'deleted', 'bytes', ''],
    rows: changes.map(({ store, added, changed, deleted, bytes, remark }) => ({
      cells: [
        store,
        countWords(added),
        countWords(changed),
        countWords(deleted),
        sizeWords(bytes),
        remark,
      ],
      ok: remark === '',
    })),
  });
}

function markdownTable({ head, rows }: ReportTable): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(head),
    line(head.map(() => '---')),
    ...rows.map(({ cells, ok }) =>
      line(cells.map((cell, i) => (i === 0 && !ok ? `⚠️ ${plain(cell)}` : plain(cell)))),
    ),
  ].join('\n');
}

/** A section; a long one is folded. */
function folded(title: string, body: string, rows: readonly unknown[]): string {
  const summary = `${plain(title)} (${rows.length})`;
  return rows.length > mostRows
    ? `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`
    : `### ${plain(title)}\n\n${body}`;
}

/** Words that nothing in Markdown or HTML takes for its own, on one line. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]|~#@]/g, sign => `&#${sign.charCodeAt(0)};`);
}

/** A node's words as they are: a fence is longer than any in the text. */
function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const longestRun = Math.max(0, ...(line.match(/`+/g) ?? []).map(run => run.length));
  const fence = '`'.repeat(longestRun + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}
