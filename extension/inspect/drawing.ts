import { escapeHtml } from '../../core/html.ts';
import type { KnownUpgrade } from '../../core/workspace/known-upgrades.ts';
import { storesText } from '../../core/workspace/known-upgrades.ts';

/** How many upgrades that a network has run are drawn; the page lists all. */
const mostDone = 8;

const step = 120;
const left = 20;
const line = 46;
const height = 104;

/**
 * Draws the upgrades of an app on a line from the oldest to the newest, as SVG: those that the
 * release has before its mark, those that are pending behind it. Shapes and words tell them apart,
 * colours only help.
 */
export function drawUpgrades(upgrades: readonly KnownUpgrade[], refs: readonly string[]): string {
  const registered = upgrades.filter(({ upgrade }) => upgrade.registered);
  if (registered.length === 0) return '';
  const done = registered.filter(({ isPending }) => !isPending);
  const pending = registered.filter(({ isPending }) => isPending);
  const shown = done.slice(-mostDone);
  const earlier = done.length - shown.length;
  const marked = refs.length > 0;
  const width = left * 2 + step * (shown.length + pending.length + (marked ? 1 : 0));
  const at = (i: number) => left + step * i + step / 2;
  const ref = refs.join(', ');
  const parts = [
    ...(earlier > 0 ? [caption(left, line + 4, `${earlier} earlier`, 'start')] : []),
    ...shown.map((known, i) => stop(known, at(i))),
    ...(marked ? [mark(at(shown.length), ref)] : []),
    ...pending.map((known, i) => stop(known, at(shown.length + 1 + i))),
  ];
  const spoken = inWords(done, pending, ref);
  return [
    `<svg class="drawing" role="img" aria-label="${escapeHtml(spoken)}" width="${width}" ` +
      `height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<line class="time" x1="${left}" y1="${line}" x2="${width - left}" y2="${line}"/>`,
    ...parts,
    '</svg>',
  ].join('\n');
}

/** One upgrade: a full circle where it has run, an open one where it is pending. */
function stop({ upgrade, label, isPending }: KnownUpgrade, x: number): string {
  const { added = [], deleted = [], renamed = [] } = upgrade.stores ?? {};
  const signs = [
    ...(added.length > 0 ? [`+${added.length}`] : []),
    ...(deleted.length > 0 ? [`−${deleted.length}`] : []),
    ...(renamed.length > 0 ? [`${renamed.length} renamed`] : []),
  ].join(' ');
  const title = [`upgrade ${label}`, storesText(upgrade.stores) || 'changes no stores'].join(', ');
  return [
    '<g>',
    `<title>${escapeHtml(title)}</title>`,
    `<circle class="${isPending ? 'pending' : 'done'}" cx="${x}" cy="${line}" r="8"/>`,
    caption(x, line - 18, shortened(upgrade.name ?? 'computed'), 'middle'),
    caption(x, line + 26, signs, 'middle'),
    ...(isPending ? [caption(x, line + 44, 'pending', 'middle')] : []),
    '</g>',
  ].join('');
}

function mark(x: number, ref: string): string {
  return [
    '<g>',
    `<title>${escapeHtml(`compared with ${ref}`)}</title>`,
    `<line class="release" x1="${x}" y1="12" x2="${x}" y2="${line + 30}"/>`,
    caption(x, line + 46, shortened(ref), 'middle'),
    '</g>',
  ].join('');
}

function caption(x: number, y: number, text: string, anchor: 'start' | 'middle'): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${escapeHtml(text)}</text>`;
}

/** Names that would run into the next one are cut; the whole one is in the title. */
function shortened(text: string): string {
  return text.length > 15 ? `${text.slice(0, 14)}…` : text;
}

function inWords(
  done: readonly KnownUpgrade[],
  pending: readonly KnownUpgrade[],
  ref: string,
): string {
  const names = (all: readonly KnownUpgrade[]) => all.map(({ label }) => label).join(', ');
  if (ref === '') return `upgrades, not compared with a release: ${names(done)}`;
  const has = done.length > 0 ? `${ref} has ${names(done)}` : `${ref} has no upgrade`;
  return `${has}; ${pending.length > 0 ? `pending: ${names(pending)}` : 'nothing is pending'}`;
}
