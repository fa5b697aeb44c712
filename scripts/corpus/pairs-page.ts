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
      good ? afterRepair(hits(good).length) : '–',
      ok ? 'yes' : 'no',
    ];
  });
  const right = results.filter(r => r.ok).length;
  const share = `${right} of ${results.length}`;
  const summary = `${share} are reported at the mistake and silent at its repair.`;
  const lines = [heads, heads.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |\n`);
  return `\n${summary}\n\n${lines.join('')}\n`;
}

const heads = [
  'repository',
  'mistake',
  'rule',
  'baseline',
  'reported at',
  'after the repair',
  'as it should be',
];

function afterRepair(left: number): string {
  return left === 0 ? 'silent' : `${left} left`;
}
