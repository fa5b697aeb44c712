import type { Linted } from './lint-commit.ts';
import type { Pair } from './pairs-table.ts';

/** A pair and what the linter said of it. */
export interface PairResult {
  readonly pair: Pair;
  readonly bad: Linted;
  readonly good: Linted | undefined;
  readonly ok: boolean;
}

/** The table of the page. */
export function pairsTable(results: readonly PairResult[]): string {
  const rows = results.map(({ pair, bad, good, ok }) => {
    const hits = (linted: Linted | undefined) =>
      linted ? linted.problems.filter(p => pair.rules.includes(p.rule)) : [];
    const said = hits(bad).map(p => `${p.location.file}:${p.location.line}`);
    return [
      pair.repository,
      pair.bad.slice(0, 12),
      pair.rules.join(' or '),
      bad.base ?? 'none',
      said.slice(0, 3).join('<br>') || 'nothing',
      good ? (hits(good).length === 0 ? 'silent' : `${hits(good).length} left`) : '–',
      ok ? 'yes' : 'no',
    ];
  });
  const right = results.filter(r => r.ok).length;
  return `\n${right} of ${results.length} are reported at the mistake and silent at its repair.\n\n| repository | mistake | rule | baseline | reported at | after the repair | as it should be |\n| --- | --- | --- | --- | --- | --- | --- |\n${rows.map(row => `| ${row.join(' | ')} |\n`).join('')}\n`;
}
