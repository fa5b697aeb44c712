import type { App, Chain, Module, Store } from '../../core/chain/chain.ts';
import type { Location } from '../../core/go/source/location.ts';
import { escapeHtml } from '../../core/html.ts';
import type { StyleCode } from '../../core/wiring/style.ts';
import type { KnownUpgrade } from '../../core/workspace/known-upgrades.ts';
import { storeLabel, storesText } from '../../core/workspace/known-upgrades.ts';
import { drawUpgrades } from './drawing.ts';
import { pageStyle } from './page-style.ts';
import { styleWords } from './styles.ts';

/** What the page tells of. */
export interface Inspected {
  /** What the chain's folder is called. */
  readonly name: string;
  readonly chain: Chain;
  readonly upgrades: readonly KnownUpgrade[];
  /** The releases that it is compared with. */
  readonly refs: readonly string[];
  /** Why there is none, where that is known. */
  readonly notCompared: string | undefined;
}

/** Gives the address that opens a place in the editor. */
export type LinkTo = (place: Location) => string;

/**
 * The page of what was understood of a chain, as HTML: it runs nothing and loads nothing, and every
 * place that it names is a link.
 */
export function understoodPage(inspected: Inspected, linkTo: LinkTo): string {
  const { name, chain, refs, notCompared } = inspected;
  const reason = notCompared === undefined ? '' : `: ${notCompared}`;
  const compared =
    refs.length > 0 ? `Compared with ${refs.join(', ')}` : `Not compared with a release${reason}`;
  const apps = chain.apps.flatMap(app => appPart(inspected, app, linkTo));
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; ' +
      "style-src 'unsafe-inline'\">",
    `<title>${escapeHtml(name)}</title>`,
    `<style>${pageStyle}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${escapeHtml(`What was understood of ${name}`)}</h1>`,
    `<p>${escapeHtml(compared)}.</p>`,
    ...(apps.length > 0 ? apps : [noApp]),
    '<h2>Modules</h2>',
    modulesTable(chain.modules, linkTo),
    '<h2>Not understood</h2>',
    notUnderstood(chain, linkTo),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const noApp =
  '<p>No app was found: no struct that embeds <code>baseapp.BaseApp</code> or ' +
  '<code>runtime.App</code> and that a command builds.</p>';

function appPart({ upgrades, refs }: Inspected, app: App, linkTo: LinkTo): string[] {
  const own = upgrades.filter(known => known.app === app);
  const drawing = drawUpgrades(own, refs);
  return [
    `<h2>App ${code(app.dir || '.')} (${code(app.type)})</h2>`,
    `<ul class="facts">${appFacts(app, linkTo)
      .map(fact => `<li>${fact}</li>`)
      .join('')}</ul>`,
    '<h3>Upgrades</h3>',
    ...(drawing === '' ? [] : [`<div class="scroll">${drawing}</div>`]),
    upgradesTable(own, linkTo),
    '<h3>Stores</h3>',
    storesTable(app.stores, linkTo),
  ];
}

function appFacts(app: App, linkTo: LinkTo): string[] {
  const { sdk, preBlocker, initChainer } = app;
  const generation = sdk.generation ? `generation ${sdk.generation}` : 'generation not known';
  const from = sdk.gomod ? `, from ${code(sdk.gomod)}` : '';
  const styles = (codes: readonly StyleCode[]) =>
    escapeHtml(codes.map(styleWords).join('; ') || 'not at all');
  const stores = initChainer?.setsVersionMap ? 'stores' : 'does not store';
  return [
    `Cosmos SDK: ${escapeHtml(sdk.version ?? 'version not known')}, ${generation}${from}`,
    `Registers upgrades: ${styles(app.registration)}`,
    `Loads stores: ${styles(app.storeStyle)}`,
    ...(preBlocker ? [`Pre-blocker: ${placeLink(preBlocker, linkTo)}`] : []),
    ...(initChainer
      ? [`Init-chainer: ${placeLink(initChainer.location, linkTo)}, ${stores} the module versions`]
      : []),
  ];
}

function upgradesTable(upgrades: readonly KnownUpgrade[], linkTo: LinkTo): string {
  const rows = upgrades.map(({ upgrade, state }) => {
    const { name, location, loader, registered, buildTags, storesUnread } = upgrade;
    const tags = buildTags.length > 0 ? `, only with ${escapeHtml(buildTags.join(', '))}` : '';
    const stores = escapeHtml(storesText(upgrade.stores) || 'none');
    const unread = storesUnread ? `; not all is known: ${escapeHtml(storesUnread.why)}` : '';
    return [
      name === null ? 'computed at run time' : code(name),
      escapeHtml(registered ? (state ?? 'registered') : 'not registered'),
      stores + unread,
      code(upgrade.package || '.'),
      `${registered ? '' : 'defined at '}${placeLink(location, linkTo)}${tags}`,
      loader ? placeLink(loader, linkTo) : '',
    ];
  });
  return table(['Plan', 'State', 'Stores', 'Package', 'Registered at', 'Stores loaded at'], rows);
}

function storesTable(stores: readonly Store[], linkTo: LinkTo): string {
  const rows = stores.map(store => [
    code(storeLabel(store)),
    store.kind,
    store.const === undefined ? '' : code(store.const),
    placeLink(store.location, linkTo),
  ]);
  return table(['Store', 'Kind', 'Constant', 'Mounted at'], rows);
}

function modulesTable(modules: readonly Module[], linkTo: LinkTo): string {
  const rows = modules.map(({ name, dir, consensusVersion, versionPlace, migrations }) => {
    const version = String(consensusVersion ?? 'not known');
    const place = versionPlace ? ` at ${placeLink(versionPlace, linkTo)}` : '';
    const steps = migrations.map(
      ({ from, location }) => `${from} → ${from + 1} at ${placeLink(location, linkTo)}`,
    );
    return [code(name), code(dir || '.'), version + place, steps.join('<br>')];
  });
  return table(['Module', 'Folder', 'Consensus version', 'Migrations'], rows);
}

function notUnderstood({ unknown }: Chain, linkTo: LinkTo): string {
  if (unknown.length === 0)
    return '<p class="none">Nothing that looks like a part of upgrades was left over.</p>';
  const rows = unknown.map(({ location, why }) => [placeLink(location, linkTo), escapeHtml(why)]);
  return table(['Place', 'Why'], rows);
}

/** A table of cells that are HTML. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '<p class="none">None.</p>';
  const heads = head.map(cell => `<th scope="col">${cell}</th>`).join('');
  const body = rows.map(([first = '', ...more]) => {
    const cells = more.map(cell => `<td>${cell}</td>`).join('');
    return `<tr><th scope="row">${first}</th>${cells}</tr>`;
  });
  return [
    `<div class="scroll"><table><thead><tr>${heads}</tr></thead>`,
    `<tbody>${body.join('\n')}</tbody></table></div>`,
  ].join('');
}

function placeLink(place: Location, linkTo: LinkTo): string {
  return `<a href="${escapeHtml(linkTo(place))}">${escapeHtml(`${place.file}:${place.line}`)}</a>`;
}

function code(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}
