import { escapeHtml } from '../../html.ts';
import type { RehearsalReport, ReportTable, StoreBar } from './report.ts';
import { reportStyle } from './style.ts';
import { countWords, sizeWords } from './words.ts';

/**
 * A report as a page of HTML that stands alone: it loads nothing, runs nothing, and follows the
 * reader's choice of light or dark.
 */
export function reportHtml(report: RehearsalReport): string {
  const { title, passed, facts, failure, changes, tables } = report;
  const verdict = passed ? 'passed' : 'failed';
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; ' +
      "style-src 'unsafe-inline'\">",
    `<title>${escapeHtml(title)}: ${verdict}</title>`,
    `<style>${reportStyle}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${escapeHtml(title)} <span class="verdict ${verdict}">${verdict}</span></h1>`,
    ...failurePart(failure),
    `<ul class="facts">${facts.map(fact => `<li>${escapeHtml(fact)}</li>`).join('')}</ul>`,
    ...chartPart(changes),
    ...tables.flatMap(tablePart),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function failurePart(failure: RehearsalReport['failure']): string[] {
  if (failure.length === 0) return [];
  const rows = failure.map(
    ([label, text]) => `<dt>${escapeHtml(label)}</dt><dd><code>${escapeHtml(text)}</code></dd>`,
  );
  return [`<dl class="failure">${rows.join('')}</dl>`];
}

const kinds = ['added', 'changed', 'deleted'] as const;

/** The chart of differences: a row a store, with its numbers beside its bar. */
function chartPart(changes: readonly StoreBar[]): string[] {
  if (changes.length === 0) return [];
  const largest = Math.max(...changes.map(keysOf));
  const rows = [...changes]
    .sort((a, b) => keysOf(b) - keysOf(a))
    .map(bar => chartRow(bar, largest));
  const legend = kinds.map(kind => `<li class="${kind}">${kind}</li>`).join('');
  const heads = kinds.map(kind => `<th scope="col" class="number">${kind}</th>`).join('');
  return [
    '<section>',
    '<h2>Differences by store</h2>',
    `<p class="legend">Keys in the upgrade block</p><ul class="legend">${legend}</ul>`,
    '<div class="scroll"><table class="chart">',
    '<thead><tr><th scope="col">store</th><th scope="col" class="bars">keys</th>' +
      `${heads}<th scope="col" class="number">bytes</th><th scope="col">remark</th></tr></thead>`,
    `<tbody>${rows.join('\n')}</tbody>`,
    '</table></div>',
    '</section>',
  ];
}

function keysOf({ added, changed, deleted }: StoreBar): number {
  return added + changed + deleted;
}

function chartRow(bar: StoreBar, largest: number): string {
  const numbers = kinds.map(kind => `<td class="number">${countWords(bar[kind])}</td>`);
  const remark = bar.remark === '' ? '<td></td>' : `<td class="odd">${escapeHtml(bar.remark)}</td>`;
  return (
    `<tr><th scope="row">${escapeHtml(bar.store)}</th><td class="bars">${barOf(bar, largest)}</td>` +
    `${numbers.join('')}<td class="number">${sizeWords(bar.bytes)}</td>${remark}</tr>`
  );
}

/** The stretches of a bar; its numbers are in the row, so it is hidden from readers of text. */
function barOf(bar: StoreBar, largest: number): string {
  const parts = kinds
    .filter(kind => bar[kind] > 0)
    .map(kind => {
      const width = ((bar[kind] / largest) * 100).toFixed(3);
      const title = `${bar.store}: ${countWords(bar[kind])} ${kind}`;
      return `<i class="${kind}" style="width:${width}%" title="${escapeHtml(title)}"></i>`;
    });
  return `<span class="bar" aria-hidden="true">${parts.join('')}</span>`;
}

function tablePart({ title, head, rows }: ReportTable): string[] {
  const heads = head.map(cell => `<th scope="col">${escapeHtml(cell)}</th>`).join('');
  const body = rows.map(({ cells, ok }) => {
    const [first = '', ...more] = cells.map(escapeHtml);
    const rest = more.map(cell => `<td>${cell}</td>`).join('');
    return `<tr${ok ? '' : ' class="odd"'}><th scope="row">${first}</th>${rest}</tr>`;
  });
  return [
    '<section>',
    `<h2>${escapeHtml(title)}</h2>`,
    `<div class="scroll"><table><thead><tr>${heads}</tr></thead>`,
    `<tbody>${body.join('\n')}</tbody></table></div>`,
    '</section>',
  ];
}
