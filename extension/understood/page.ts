import type { App, Chain, Module, Place, StoreName, Upgrade } from '../../core/chain/chain.ts';
import { styleWords } from './styles.ts';

/** A page of Markdown and the places it names, as `[file:line]` in its text. */
export interface Page { readonly text: string; readonly places: readonly Place[] }

/** What was understood of a chain, for a person to read: readable as text, and with links where it is rendered. */
export function understoodPage(name: string, chain: Chain, linkTo: (place: Place) => string): Page {
  const places = new Map<string, Place>();
  const ref = (place: Place): string => {
    const label = `${place.file}:${place.line}`;
    places.set(label, place);
    return `[${label}]`;
  };
  const body = [
    `# What was understood of ${name}`,
    ...(chain.apps.length > 0 ? chain.apps.flatMap(app => appPart(app, ref)) : ['No app was found: no struct that embeds `baseapp.BaseApp` or `runtime.App` and that a command builds.']),
    ...modulesPart(chain.modules, ref),
    '## Not understood',
    chain.unknown.length === 0 ? 'Nothing that looks like a part of upgrades was left over.'
      : chain.unknown.map(({ place, why }) => `- ${ref(place)} ${plain(why)}`).join('\n'),
  ];
  const links = [...places].map(([label, place]) => `[${label}]: ${linkTo(place)}`);
  return { text: [...body, links.join('\n')].filter(Boolean).join('\n\n') + '\n', places: [...places.values()] };
}

type Ref = (place: Place) => string;

function appPart(app: App, ref: Ref): string[] {
  const { sdk } = app;
  const generation = sdk.generation ? `generation ${sdk.generation}` : 'generation not known';
  const list = (items: readonly string[], none: string) => items.length > 0 ? items.join('; ') : none;
  return [
    `## App ${code(app.dir || '.')} (${code(app.type)})`,
    [
      `- Cosmos SDK: ${sdk.version ?? 'version not known'}, ${generation}${sdk.gomod ? `, from ${code(sdk.gomod)}` : ''}`,
      `- Registers upgrades: ${list(app.registration.map(styleWords), 'not at all')}`,
      `- Loads stores: ${list(app.storeStyle.map(styleWords), 'not at all')}`,
      ...app.preBlocker ? [`- Pre-blocker: ${ref(app.preBlocker)}`] : [],
      ...app.initChainer ? [`- Init-chainer: ${ref(app.initChainer.place)}, ${app.initChainer.setsVersionMap ? 'stores' : 'does not store'} the module versions`] : [],
    ].join('\n'),
    '### Upgrades',
    app.upgrades.length === 0 ? 'None.' : table(
      ['Name', 'Package', 'Registered', 'Stores', 'Store loader'],
      app.upgrades.map(upgrade => upgradeRow(upgrade, ref)),
    ),
    '### Stores',
    app.stores.length === 0 ? 'None was understood.' : table(
      ['Store', 'Kind', 'Constant', 'Mounted'],
      app.stores.map(store => [nameOf(store), store.kind, store.const ? code(store.const) : '', ref(store.place)]),
    ),
  ];
}

function upgradeRow(upgrade: Upgrade, ref: Ref): string[] {
  const tags = upgrade.buildTags.length > 0 ? ` (only with ${upgrade.buildTags.join(', ')})` : '';
  return [
    upgrade.name === null ? 'computed at run time' : code(upgrade.name),
    code(upgrade.package || '.'),
    upgrade.registered ? `${ref(upgrade.place)}${tags}` : `no, defined in ${ref(upgrade.place)}`,
    storesOf(upgrade),
    upgrade.loader ? ref(upgrade.loader) : '',
  ];
}

function storesOf({ stores }: Upgrade): string {
  if (!stores) return '';
  return [
    ...stores.added.map(store => `adds ${nameOf(store)}`),
    ...stores.deleted.map(store => `deletes ${nameOf(store)}`),
    ...stores.renamed.map(({ from, to }) => `renames ${nameOf(from)} to ${nameOf(to)}`),
  ].join(', ');
}

function modulesPart(modules: readonly Module[], ref: Ref): string[] {
  if (modules.length === 0) return ['## Modules', 'None of the repository’s own.'];
  return ['## Modules', table(['Module', 'Folder', 'Consensus version', 'Migrations from'], modules.map(module => [
    code(module.name), code(module.dir || '.'),
    [module.consensusVersion ?? 'not known', module.versionPlace ? ref(module.versionPlace) : ''].join(' ').trim(),
    module.migrations.map(({ from, place }) => `${from} ${ref(place)}`).join(', '),
  ]))];
}

function nameOf({ name, const: constant }: StoreName): string {
  return name !== null ? code(name) : constant ? code(constant) : 'computed';
}

function code(text: string): string {
  return `\`${text}\``;
}

/** Words that came from Go: nothing in them is Markdown. */
function plain(text: string): string {
  return text.replace(/[\\`*_<>[\]]/g, '\\$&').replace(/\s+/g, ' ');
}

/** Columns stand under each other, so that the text reads as well as what is rendered. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map(row => row.map(cell => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, i) => Math.max(...cells.map(row => row[i]!.length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(cells[0]!), `|${widths.map(width => '-'.repeat(width + 2)).join('|')}|`, ...cells.slice(1).map(line)].join('\n');
}
