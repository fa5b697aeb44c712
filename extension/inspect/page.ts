import { comparedText } from '../../core/chain/baseline.ts';
import type { App, Chain, Module, Store } from '../../core/chain/chain.ts';
import type { Eras } from '../../core/chain/eras/eras.ts';
import { escapeHtml } from '../../core/html.ts';
import { styleWords } from '../../core/inspect/style-words.ts';
import type { StyleCode } from '../../core/wiring/style.ts';
import type { KnownUpgrade } from '../../core/workspace/known-upgrades.ts';
import { storeLabel, storesText } from '../../core/workspace/known-upgrades.ts';
import { drawUpgrades } from './drawing.ts';
import { erasPart } from './eras-part.ts';
import type { LinkTo } from './html-parts.ts';
import { codeText, placeLink, scrolled, tableOf } from './html-parts.ts';
import { pageStyle } from './page-style.ts';

/** What the page tells of an app. */
export interface ShownApp {
  readonly app: App;
  readonly upgrades: readonly KnownUpgrade[];
  /** What it is compared with. */
  readonly refs: readonly string[];
  readonly eras: Eras | undefined;
}

/** What the page tells of. */
export interface Inspected {
  /** What the chain's folder is called. */
  readonly name: string;
  readonly chain: Chain;
  readonly apps: readonly ShownApp[];
  /** Why nothing is compared, where that is known. */
  readonly notCompared: string | undefined;
}

/**
 * The page of what was understood of a chain, as HTML: it runs nothing and loads nothing, and every
 * place that it names is a link.
 */
export function understoodPage(inspected: Inspected, linkTo: LinkTo): string {
  const { name, chain } = inspected;
  const apps = inspected.apps.flatMap(app => appPart(inspected, app, linkTo));
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

function appPart({ notCompared }: Inspected, shown: ShownApp, linkTo: LinkTo): string[] {
  const { app, upgrades, refs, eras } = shown;
  const where = app.dir || '.';
  const drawing = drawUpgrades(upgrades, refs);
  const facts = [
    escapeHtml(sentence(comparedText(refs, notCompared))),
    ...appFacts(app, linkTo),
  ].map(fact => `<li>${fact}</li>`);
  return [
    `<h2>App ${codeText(where)} (${codeText(app.type)})</h2>`,
    `<ul class="facts">${facts.join('')}</ul>`,
    '<h3>Upgrades</h3>',
    ...(drawing === '' ? [] : [scrolled(`Drawing of the upgrades of ${where}`, drawing)]),
    upgradesTable(where, upgrades, linkTo),
    '<h3>Stores</h3>',
    storesTable(where, app.stores, linkTo),
    ...(eras ? erasPart(eras, where, linkTo) : []),
  ];
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function appFacts(app: App, linkTo: LinkTo): string[] {
  const { sdk, preBlocker, initChainer } = app;
  const known = sdk.generation && `generation ${escapeHtml(sdk.generation)}`;
  const generation = known || 'generation not known';
  const from = sdk.gomod ? `, from ${codeText(sdk.gomod)}` : '';
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

function upgradesTable(where: string, upgrades: readonly KnownUpgrade[], linkTo: LinkTo): string {
  const rows = upgrades.map(({ upgrade, state }) => {
    const { name, location, loader, registered, buildTags, storesUnread } = upgrade;
    const tags = buildTags.length > 0 ? `, only with ${escapeHtml(buildTags.join(', '))}` : '';
    const stores = escapeHtml(storesText(upgrade.stores) || 'none');
    const unread = storesUnread ? `; not all is known: ${escapeHtml(storesUnread.why)}` : '';
    return [
      name === null ? 'computed at run time' : codeText(name),
      escapeHtml(registered ? (state ?? 'registered') : 'not registered'),
      stores + unread,
      codeText(upgrade.package || '.'),
      `${registered ? '' : 'defined at '}${placeLink(location, linkTo)}${tags}`,
      loader ? placeLink(loader, linkTo) : '',
    ];
  });
  const head = ['Plan', 'State', 'Stores', 'Package', 'Registered at', 'Stores loaded at'];
  return tableOf(`Upgrades of ${where}`, head, rows);
}

function storesTable(where: string, stores: readonly Store[], linkTo: LinkTo): string {
  const rows = stores.map(store => [
    codeText(storeLabel(store)),
    store.kind,
    store.const === undefined ? '' : codeText(store.const),
    placeLink(store.location, linkTo),
  ]);
  return tableOf(`Stores of ${where}`, ['Store', 'Kind', 'Constant', 'Mounted at'], rows);
}

function modulesTable(modules: readonly Module[], linkTo: LinkTo): string {
  const rows = modules.map(({ name, dir, consensusVersion, versionPlace, migrations }) => {
    const version = String(consensusVersion ?? 'not known');
    const place = versionPlace ? ` at ${placeLink(versionPlace, linkTo)}` : '';
    const steps = migrations.map(
      ({ from, location }) => `${from} → ${from + 1} at ${placeLink(location, linkTo)}`,
    );
    return [codeText(name), codeText(dir || '.'), version + place, steps.join('<br>')];
  });
  return tableOf('Modules', ['Module', 'Folder', 'Consensus version', 'Migrations'], rows);
}

function notUnderstood({ unknown }: Chain, linkTo: LinkTo): string {
  if (unknown.length === 0)
    return '<p class="none">Nothing that looks like a part of upgrades was left over.</p>';
  const rows = unknown.map(({ location, why }) => [placeLink(location, linkTo), escapeHtml(why)]);
  return tableOf('Not understood', ['Place', 'Why'], rows);
}
