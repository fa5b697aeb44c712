import { checkoutName } from '../corpus/table.ts';
import type { Difference } from './compare.ts';
import type { Judgement } from './judge.ts';
import { reasonFor } from './reasons.ts';
import type { Kind } from './report.ts';

const kinds: readonly { readonly kind: Kind; readonly title: string }[] = [
  { kind: 'upgradeHandlers', title: 'SetUpgradeHandler' },
  { kind: 'storeLoaders', title: 'SetStoreLoader' },
  { kind: 'storeUpgrades', title: 'StoreUpgrades' },
  { kind: 'consensusVersions', title: 'ConsensusVersion' },
  { kind: 'migrations', title: 'RegisterMigration' },
];

/** What nobody has explained, one line each. */
export function unexplained({ row, comparison, added }: Judgement): string[] {
  const open = (comparison?.differences ?? []).filter(d => whyOf(row.repository, d) === undefined);
  return [
    ...open.map(d => `${d.file}:${d.line} ${d.kind}: only the ${d.only} has it`),
    ...added.flatMap(a => a.fault ?? []),
  ];
}

function whyOf(repository: string, difference: Difference): string | undefined {
  return difference.why ?? reasonFor(repository, difference);
}

/** The page: counts, differences by reason, and what a new upgrade adds. */
export function oraclePage(judged: readonly Judgement[]): string {
  const read = judged.filter(j => j.comparison);
  const added = judged.flatMap(j => j.added);
  const rows = read.map(({ row, comparison }) => [
    checkoutName(row),
    ...kinds.map(({ kind }) => counted(comparison!.counts[kind])),
    String(comparison!.differences.length),
  ]);
  const why = new Map<string, { count: number; example: string }>();
  for (const { row, comparison } of read) {
    for (const d of comparison!.differences) {
      const { title } = kinds.find(({ kind }) => kind === d.kind)!;
      const text = `${title}: ${whyOf(row.repository, d) ?? 'NOT EXPLAINED'}`;
      const known = why.get(text);
      why.set(text, {
        count: (known?.count ?? 0) + 1,
        example: known?.example ?? `${checkoutName(row)} ${d.file}:${d.line}`,
      });
    }
  }
  const styles = [...new Set(added.map(a => a.style))].sort();
  return [
    '# A second opinion',
    '',
    'A small Go program on `go/ast` (`test/go/oracle`), which shares nothing with this ' +
      "package's reader, looks at every checkout of the corpus: " +
      '`npm run oracle -- MIRRORS TABLE`. It counts by name alone; the reader knows what ' +
      'belongs to an app. Where they differ, the table below says why.',
    '',
    '## Differences',
    '',
    table(
      ['what, and why', 'places', 'for example'],
      [...why]
        .sort((a, b) => b[1].count - a[1].count)
        .map(([text, { count, example }]) => [text, String(count), example]),
    ),
    '',
    '## One more registration',
    '',
    'After New Upgrade the oracle counts again: a SetUpgradeHandler call, an element of a list ' +
      'or map of upgrades, or a call that registers one. A chain that rewrites its single ' +
      'handler keeps their number, and so does a list that holds only the newest upgrade ' +
      '(gaia, for one).',
    '',
    table(
      ['registration', 'upgrades written', 'handlers', 'elements', 'register calls'],
      styles.map(style => {
        const own = added.filter(a => a.style === style);
        const range = (values: readonly number[]) => [...new Set(values)].join(', ');
        return [
          style,
          String(own.length),
          range(own.map(a => a.handlers)),
          range(own.map(a => a.elements)),
          range(own.map(a => a.registers)),
        ];
      }),
    ),
    '',
    '## Checkouts',
    '',
    'Places that the oracle counts, and those that the reader holds where these are others.',
    '',
    table(['checkout', ...kinds.map(k => k.title), 'differences'], rows),
    '',
  ].join('\n');
}

function counted({ oracle, reader }: { readonly oracle: number; readonly reader: number }): string {
  return oracle === reader ? String(oracle) : `${oracle}, ${reader}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map(c => c.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
