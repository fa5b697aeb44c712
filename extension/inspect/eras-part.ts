import type { Eras } from '../../core/chain/eras/eras.ts';
import { escapeHtml } from '../../core/html.ts';
import { lackingEras, sinceText } from '../../core/workspace/era-words.ts';
import type { LinkTo } from './html-parts.ts';
import { codeText, placeLink, tableOf } from './html-parts.ts';

/** The eras of an app and their switches, as HTML. */
export function erasPart(eras: Eras, where: string, linkTo: LinkTo): string[] {
  const rows = eras.supported.map(({ name, location }) => [
    named(name),
    escapeHtml(sinceText(eras, name)),
    placeLink(location, linkTo),
  ]);
  const switches = eras.switches.map(one => [
    named(one.name),
    [...one.eras.map(({ name }) => named(name)), ...(one.isWhole ? [] : ['not all are read'])].join(
      ', ',
    ),
    lackingEras(eras, one).map(codeText).join(', '),
    placeLink(one.location, linkTo),
  ]);
  return [
    '<h3>Eras</h3>',
    ...(eras.isWhole ? [] : ['<p>Not all eras are read.</p>']),
    tableOf(`Eras of ${where}`, ['Era', 'Known', 'Listed at'], rows),
    tableOf(
      `Era switches of ${where}`,
      ['Switch', 'Behaviours for', 'None for', 'Made at'],
      switches,
    ),
  ];
}

function named(name: string | null): string {
  return name === null ? 'name not known' : codeText(name);
}
