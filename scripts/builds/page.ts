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
  const keyOf = (line: string) => line.split(' | ', 2).join();
  const anew = new Set(rows.map(keyOf));
  const kept = table.split('\n').filter(line => line !== '' && !anew.has(keyOf(line)));
  const { compare } = new Intl.Collator('en', { sensitivity: 'base', numeric: true });
  const lines = [...kept, ...rows].sort(compare).map(line => `${line}\n`);
  return page.slice(0, from) + lines.join('') + page.slice(from + table.length);
}

/** A checkout of which nothing could be built, and why. */
export function emptyRow(checkout: string, how: How, why: string): string {
  return row([checkout, how, ...Array<string>(heads.length - 3).fill(''), why]);
}

/** The row of an app. */
export function appRow(checkout: string, builds: AppBuilds): string {
  const { app, how, before, built } = builds;
  const cell = (variant: string) => outcomeText(built.find(one => one.variant === variant));
  const timed = before ? [before, ...built.filter(one => one.seconds > 0)] : [];
  const seconds = timed.map(one => one.seconds.toFixed(0)).join(' ');
  return row([
    checkout,
    how,
    app.dir || '.',
    app.registration.join(', '),
    app.storeStyle.join(', '),
    app.sdk.version ?? app.sdk.generation ?? '',
    beforeText(builds),
    cell('no stores'),
    cell('stores'),
    cell('convert, no stores'),
    cell('convert, stores'),
    seconds,
    remarksOf(builds).join('; '),
  ]);
}

/** How the app builds without a new upgrade. */
function beforeText({ before, lacking }: AppBuilds): string {
  if (!before) return 'not fetched';
  if (before.words.length === 0) return 'builds';
  return lacking.length > 0 ? 'in part' : 'does not build';
}

function remarksOf({ before, lacking, built }: AppBuilds): string[] {
  const faulty = built.filter(one => one.words.length > 0);
  return [
    ...remarksBefore(before, lacking),
    ...faulty.map(one => `${one.variant}: ${shortened(one.words, '; ')}`),
  ];
}

/** Why the app does not build without a new upgrade. */
function remarksBefore(before: AppBuilds['before'], lacking: readonly string[]): string[] {
  if (lacking.length > 0) return [`not fetched: ${shortened(lacking, ', ')}`];
  return before?.words.length ? [shortened(before.words, '; ')] : [];
}

function outcomeText(built: Built | undefined): string {
  if (!built) return '';
  return built.outcome === 'faulty' ? 'AT FAULT' : built.outcome;
}

/** The first few: what comes after them mostly follows. */
function shortened(words: readonly string[], by: string): string {
  return words.slice(0, 3).join(by) + (words.length > 3 ? ` and ${words.length - 3} more` : '');
}

function row(cells: readonly string[]): string {
  const escaped = cells.map(cell => cell.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' '));
  return `| ${escaped.join(' | ')} |`;
}
