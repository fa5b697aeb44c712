import type { App, Chain, Module, Store, StoreName, Upgrade } from '../../core/chain/chain.ts';
import type { Location } from '../../core/go/source/location.ts';
import type { StyleCode } from '../../core/wiring/style.ts';
import { styleWords } from './styles.ts';

/** A page of Markdown and the places it names, as `[file:line]` in its text. */
export interface Page {
  readonly text: string;
  readonly places: readonly Location[];
}

/**
 * What was understood of a chain, for a person to read: readable as text, and with links where it
 * is rendered.
 */
export function understoodPage(
  name: string,
  chain: Chain,
  linkTo: (place: Location) => string,
): Page {
  const places = new Map<string, Location>();
  const ref = (place: Location): string => {
    const label = `${place.file}:${place.line}`;
    places.set(label, place);
    return `[${label}]`;
  };
  const body = [
    `# What was understood of ${name}`,
    ...(chain.apps.length > 0
      ? chain.apps.flatMap(app => appPart(app, ref))
      : [
          'No app was found: no struct that embeds `baseapp.BaseApp` or `runtime.App` ' +
            'and that a command builds.',
        ]),
    '## Modules',
    list(
      chain.modules.map(module => moduleLine(module, ref)),
      'None of the repository’s own.',
    ),
    '## Not understood',
    list(
      chain.unknown.map(({ location, why }) => `${ref(location)} ${plain(why)}`),
      'Nothing that looks like a part of upgrades was left over.',
    ),
  ];
  const links = [...places].map(([label, place]) => `[${label}]: ${linkTo(place)}`);
  return {
    text: `${[...body, links.join('\n')].filter(Boolean).join('\n\n')}\n`,
    places: [...places.values()],
  };
}

type Ref = (place: Location) => string;

function appPart(app: App, ref: Ref): string[] {
  const { sdk } = app;
  const generation = sdk.generation ? `generation ${sdk.generation}` : 'generation not known';
  const from = sdk.gomod ? `, from ${code(sdk.gomod)}` : '';
  const styles = (codes: readonly StyleCode[]) => codes.map(styleWords).join('; ') || 'not at all';
  return [
    `## App ${code(app.dir || '.')} (${code(app.type)})`,
    [
      `- Cosmos SDK: ${sdk.version ?? 'version not known'}, ${generation}${from}`,
      `- Registers upgrades: ${styles(app.registration)}`,
      `- Loads stores: ${styles(app.storeStyle)}`,
      ...(app.preBlocker ? [`- Pre-blocker: ${ref(app.preBlocker)}`] : []),
      ...(app.initChainer
        ? [
            `- Init-chainer: ${ref(app.initChainer.location)}, ` +
              `${app.initChainer.setsVersionMap ? 'stores' : 'does not store'} ` +
              'the module versions',
          ]
        : []),
    ].join('\n'),
    '### Upgrades',
    list(
      app.upgrades.map(upgrade => upgradeLine(upgrade, ref)),
      'None.',
    ),
    '### Stores',
    list(
      app.stores.map(store => storeLine(store, ref)),
      'None was understood.',
    ),
  ];
}

function storeLine(store: Store, ref: Ref): string {
  // A store whose value is not known is called by its constant already.
  const constant = store.const && store.name !== null ? `, ${code(store.const)}` : '';
  return `${nameOf(store)} (${store.kind})${constant}, mounted at ${ref(store.location)}`;
}

function upgradeLine(upgrade: Upgrade, ref: Ref): string {
  const tags = upgrade.buildTags.length > 0 ? `, only with ${upgrade.buildTags.join(', ')}` : '';
  return [
    upgrade.name === null ? 'A name computed at run time' : code(upgrade.name),
    `package ${code(upgrade.package || '.')}`,
    upgrade.registered
      ? `registered at ${ref(upgrade.location)}${tags}`
      : `**not registered**, defined at ${ref(upgrade.location)}`,
    ...storesOf(upgrade),
    ...(upgrade.loader ? [`stores loaded at ${ref(upgrade.loader)}`] : []),
  ].join(', ');
}

function storesOf({ stores }: Upgrade): string[] {
  if (!stores) return [];
  return [
    ...stores.added.map(store => `adds ${nameOf(store)}`),
    ...stores.deleted.map(store => `deletes ${nameOf(store)}`),
    ...stores.renamed.map(({ from, to }) => `renames ${nameOf(from)} to ${nameOf(to)}`),
  ];
}

function moduleLine(
  { name, dir, consensusVersion, versionPlace, migrations }: Module,
  ref: Ref,
): string {
  const at = versionPlace ? ` at ${ref(versionPlace)}` : '';
  return [
    code(name),
    `folder ${code(dir || '.')}`,
    `consensus version ${consensusVersion ?? 'not known'}${at}`,
    ...migrations.map(({ from, location }) => `migrates from ${from} at ${ref(location)}`),
  ].join(', ');
}

function nameOf({ name, const: constant }: StoreName): string {
  if (name !== null) return code(name);
  return constant ? code(constant) : 'computed';
}

function code(text: string): string {
  return `\`${text}\``;
}

/** Words that came from Go: nothing in them is Markdown. */
function plain(text: string): string {
  return text.replace(/[\\`*_<>[\]]/g, '\\$&').replace(/\s+/g, ' ');
}

function list(lines: readonly string[], none: string): string {
  return lines.length > 0 ? lines.map(line => `- ${line}`).join('\n') : none;
}
