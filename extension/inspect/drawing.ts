import { escapeHtml } from '../../core/html.ts';
import type { KnownUpgrade } from '../../core/workspace/known-upgrades.ts';
import { storeSigns, storesText } from '../../core/workspace/known-upgrades.ts';

/** How many upgrades that every network has run are drawn; the page lists all. */
const mostDone = 8;

const step = 120;
const left = 20;
const line = 46;
const lineHeight = 18;

/** What stands on the line: an upgrade, or what the networks at that place are compared as. */
type Stop =
  | { readonly known: KnownUpgrade }
  | {
      readonly refs: readonly string[];
    };

/**
 * Draws the upgrades of an app on a line from the oldest to the newest, as SVG: each thing that it
 * is compared with has its mark behind the last upgrade that it has run. Shapes and words tell
 * upgrades that are pending from others, colours only help.
 */
export function drawUpgrades(upgrades: readonly KnownUpgrade[], refs: readonly string[]): string {
  const registered = upgrades.filter(({ upgrade }) => upgrade.registered);
  if (registered.length === 0) return '';
  const done = registered.filter(({ isPending }) => !isPending);
  const earlier = Math.max(0, done.length - mostDone);
  const marked = [...new Set(refs)];
  const stops = stopsOf([...done.slice(earlier), ...pendingOf(registered)], marked);
  const width = left * 2 + step * stops.length;
  const at = (i: number) => left + step * i + step / 2;
  const height =
    line + lineHeight * (1 + Math.max(...stops.map(stop => below(stop, marked).length)));
  const parts = [
    ...(earlier > 0 ? [caption(left, line + 4, `${earlier} earlier`, 'start')] : []),
    ...stops.map((stop, i) => drawn(stop, at(i), below(stop, marked))),
  ];
  return [
    `<svg class="drawing" role="img" aria-label="${escapeHtml(inWords(registered, marked))}" ` +
      `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<line class="time" x1="${left}" y1="${line}" x2="${width - left}" y2="${line}"/>`,
    ...parts,
    '</svg>',
  ].join('\n');
}

/** Those that a network has still to run, first what fewer of them lack. */
function pendingOf(upgrades: readonly KnownUpgrade[]): KnownUpgrade[] {
  return upgrades
    .filter(({ isPending }) => isPending)
    .sort((a, b) => a.pendingIn.length - b.pendingIn.length);
}

/** Upgrades with the marks between them; what stands at one place has one mark. */
function stopsOf(upgrades: readonly KnownUpgrade[], refs: readonly string[]): Stop[] {
  const places = refs.map(ref => upgrades.findLastIndex(known => !isPendingIn(known, ref)) + 1);
  const marksAt = (place: number): Stop[] => {
    const here = refs.filter((_, i) => places[i] === place);
    return here.length > 0 ? [{ refs: here }] : [];
  };
  return [...marksAt(0), ...upgrades.flatMap((known, i) => [{ known }, ...marksAt(i + 1)])];
}

function isPendingIn({ pendingIn }: KnownUpgrade, ref: string): boolean {
  return pendingIn.some(base => base.ref === ref);
}

/** The words below a stop, a line each. */
function below(stop: Stop, refs: readonly string[]): string[] {
  if ('refs' in stop) return ['', ...stop.refs];
  const { known } = stop;
  const signs = storeSigns(known.upgrade.stores);
  if (!known.isPending) return [signs];
  const lacking = refs.filter(ref => isPendingIn(known, ref));
  return lacking.length === refs.length ? [signs, 'pending'] : [signs, 'pending in', ...lacking];
}

function drawn(stop: Stop, x: number, words: readonly string[]): string {
  const shape = 'refs' in stop ? mark(stop.refs, x) : circle(stop.known, x);
  const captions = words.map((text, i) =>
    caption(x, line + 26 + lineHeight * i, shortened(text), 'middle'),
  );
  return ['<g>', ...shape, ...captions, '</g>'].join('');
}

/** One upgrade: a full circle where every network has run it, an open one where one has not. */
function circle({ upgrade, label, isPending }: KnownUpgrade, x: number): string[] {
  const title = [`upgrade ${label}`, storesText(upgrade.stores) || 'changes no stores'].join(', ');
  return [
    `<title>${escapeHtml(title)}</title>`,
    `<circle class="${isPending ? 'pending' : 'done'}" cx="${x}" cy="${line}" r="8"/>`,
    caption(x, line - lineHeight, shortened(upgrade.name ?? 'computed'), 'middle'),
  ];
}

function mark(refs: readonly string[], x: number): string[] {
  return [
    `<title>${escapeHtml(`compared with ${refs.join(', ')}`)}</title>`,
    `<line class="release" x1="${x}" y1="12" x2="${x}" y2="${line + 30}"/>`,
  ];
}

function caption(x: number, y: number, text: string, anchor: 'start' | 'middle'): string {
  if (text === '') return '';
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${escapeHtml(text)}</text>`;
}

/** Names that would run into the next one are cut; the whole one is in the title. */
function shortened(text: string): string {
  return text.length > 15 ? `${text.slice(0, 14)}…` : text;
}

function inWords(upgrades: readonly KnownUpgrade[], refs: readonly string[]): string {
  const names = (all: readonly KnownUpgrade[]) => all.map(({ label }) => label).join(', ');
  if (refs.length === 0) return `upgrades, not compared with a release: ${names(upgrades)}`;
  const told = refs.map(ref => {
    const pending = upgrades.filter(known => isPendingIn(known, ref));
    const done = upgrades.filter(known => !pending.includes(known));
    const has = done.length > 0 ? `${ref} has ${names(done)}` : `${ref} has no upgrade`;
    return `${has}; ${pending.length > 0 ? `pending: ${names(pending)}` : 'nothing is pending'}`;
  });
  return told.join('. ');
}
