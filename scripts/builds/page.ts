import type { How } from './ask.ts';
import type { AppBuilds, Built } from './build-app.ts';

const heads = [
  'checkout',
  'by',
  'app',
  'registration',
  'stores loaded',
  'SDK',
  'as it is',
  'new upgrade',
  'with stores',
  'converted',
  'converted, with stores',
  'seconds',
  'refused, not fetched, or at fault',
];
const rule = `| ${heads.map(() => '---').join(' | ')} |\n`;

/**
 * The page with rows put in, in place of older ones of the same checkout and way; the others and
 * what is written by hand stay.
 */
export function withRows(page: string, rows: readonly string[]): string {
  const at = page.indexOf(rule);
  if (at < 0) throw new Error('the page has no table of builds to write into');
  const from = at + rule.length;
  const table = /^(?:\|.*\n)*/.exec(page.slice(from))![0];
  const key = (row: string) => row.split(' | ', 2).join();
  const anew = new Set(rows.map(key));
  const kept = table.split('\n').filter(row => row !== '' && !anew.has(key(row)));
  const sorted = [...kept, ...rows].sort(
    new Intl.Collator('en', { sensitivity: 'base', numeric: true }).compare,
  );
  return (
    page.slice(0, from) + sorted.map(row => `${row}\n`).join('') + page.slice(from + table.length)
  );
}

/** A checkout of which nothing could be built, and why. */
export function emptyRow(checkout: string, how: How, why: string): string {
  return row([checkout, how, ...Array<string>(heads.length - 3).fill(''), why]);
}

/** The row of an app. */
export function appRow(checkout: string, { app, how, lacking, before, built }: AppBuilds): string {
  const cell = (variant: string) => told(built.find(one => one.variant === variant));
  const seconds = before
    ? [before, ...built.filter(one => one.seconds > 0)].map(one => one.seconds.toFixed(0)).join(' ')
    : '';
  const as = !before
    ? 'not fetched'
    : before.words.length === 0
      ? 'builds'
      : lacking.length > 0
        ? 'in part'
        : 'does not build';
  const remarks = [
    ...(lacking.length > 0
      ? [`not fetched: ${shortened(lacking, ', ')}`]
      : before?.words.length
        ? [shortened(before.words, '; ')]
        : []),
    ...built
      .filter(one => one.words.length > 0)
      .map(one => `${one.variant}: ${shortened(one.words, '; ')}`),
  ];
  return row([
    checkout,
    how,
    app.dir || '.',
    app.registration.join(', '),
    app.storeStyle.join(', '),
    app.sdk.version ?? app.sdk.generation ?? '',
    as,
    cell('no stores'),
    cell('stores'),
    cell('convert, no stores'),
    cell('convert, stores'),
    seconds,
    remarks.join('; '),
  ]);
}

function told(built: Built | undefined): string {
  if (!built) return '';
  return built.outcome === 'faulty' ? 'AT FAULT' : built.outcome;
}

/** The first few: what comes after them mostly follows. */
function shortened(words: readonly string[], by: string): string {
  return words.slice(0, 3).join(by) + (words.length > 3 ? ` and ${words.length - 3} more` : '');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(cell => cell.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ')).join(' | ')} |`;
}
