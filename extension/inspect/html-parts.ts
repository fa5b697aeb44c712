import type { Location } from '../../core/go/source/location.ts';
import { placeText } from '../../core/go/source/location.ts';
import { escapeHtml } from '../../core/html.ts';

/** Gives the address that opens a place in the editor. */
export type LinkTo = (place: Location) => string;

/** A table of cells that are HTML; `label` says what it lists. */
export function tableOf(
  label: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  if (rows.length === 0) return '<p class="none">None.</p>';
  const heads = head.map(cell => `<th scope="col">${cell}</th>`).join('');
  const body = rows.map(([first = '', ...more]) => {
    const cells = more.map(cell => `<td>${cell}</td>`).join('');
    return `<tr><th scope="row">${first}</th>${cells}</tr>`;
  });
  return scrolled(
    label,
    `<table><thead><tr>${heads}</tr></thead><tbody>${body.join('\n')}</tbody></table>`,
  );
}

/** What may be wider than the page; who has only a keyboard can scroll it, too. */
export function scrolled(label: string, html: string): string {
  return (
    `<div class="scroll" role="region" tabindex="0" aria-label="${escapeHtml(label)}">` +
    `${html}</div>`
  );
}

/** A place as a link that opens it. */
export function placeLink(place: Location, linkTo: LinkTo): string {
  return `<a href="${escapeHtml(linkTo(place))}">${escapeHtml(placeText(place))}</a>`;
}

/** Text as code. */
export function codeText(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}
