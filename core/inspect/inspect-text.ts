import { textSection, textTable } from '../text-table.ts';
import type {
  InspectedApp,
  InspectedDaemon,
  InspectedEras,
  InspectedGuard,
  InspectedModule,
  InspectedName,
  InspectedStore,
  InspectedUpgrade,
  Inspection,
} from './inspect.ts';
import { styleWords } from './style-words.ts';

/** What `inspect` tells, for a person to read. */
export function inspectionText(inspection: Inspection): string {
  const { root, apps, modules, unknown, daemon } = inspection;
  const parts = [
    [root],
    ...(apps.length ? apps.map(appLines) : [['no Cosmos SDK app found']]),
    daemon ? daemonLines(daemon) : [],
    textSection(
      'modules',
      modules.map(m => [
        m.name,
        m.dir,
        `consensus version ${m.consensusVersion ?? 'not known'}`,
        m.migrations.length ? `migrations from ${m.migrations.join(', ')}` : '',
      ]),
    ),
    textSection(
      'not understood',
      unknown.map(u => [`${u.file}:${u.line}:`, u.why]),
    ),
  ];
  return parts
    .filter(lines => lines.length > 0)
    .map(lines => `${lines.join('\n')}\n`)
    .join('\n');
}

function appLines({
  dir,
  sdk,
  registration,
  storeStyle,
  upgrades,
  stores,
  keepers,
  orders,
  mounted,
  guard,
  eras,
}: InspectedApp): string[] {
  return [
    `app ${dir}`,
    ...textTable([
      [
        'Cosmos SDK',
        [sdk.version ?? 'version not known', sdk.generation && `(generation ${sdk.generation})`]
          .filter(Boolean)
          .join(' '),
      ],
      ...styleRows('registers upgrades', registration),
      ...styleRows('loads stores', storeStyle),
      ...storeRows(stores),
      ...listRow('modules', mounted.map(nameText)),
      ...orders.map(({ kind, modules }) => [kind, modules.map(moduleText).join(', ')]),
      ...listRow(
        'keepers',
        keepers.map(({ name }) => name),
      ),
      ...(guard ? [['version guard', guardText(guard)]] : []),
      ...(eras ? [['eras', erasText(eras)]] : []),
      ...(eras?.switches ?? []).map(one => ['era switch', switchText(one)]),
    ]),
    ...(upgrades.length ? textSection('upgrades', upgrades.map(upgradeRow)) : ['no upgrades']).map(
      line => `  ${line}`,
    ),
  ];
}

/** A row for each way in which the app does something, in words. */
function styleRows(title: string, codes: readonly string[]): string[][] {
  if (codes.length === 0) return [[title, 'not at all']];
  return codes.map((code, i) => [i === 0 ? title : '', styleWords(code)]);
}

/** A row of names; nothing where there are none. */
function listRow(title: string, names: readonly string[]): string[][] {
  return names.length > 0 ? [[title, names.join(', ')]] : [];
}

function nameText({ name, package: path }: InspectedModule): string {
  return name ?? path ?? '(not known)';
}

function moduleText(name: string | null): string {
  return name ?? '(not known)';
}

/** `app version 2 (v2.0.x), start guarded in cmd/chaind/root.go:40`. */
function guardText({ current, releases, start }: InspectedGuard): string {
  const row = releases.find(({ version }) => version === current);
  const version = `app version ${current ?? 'not known'}`;
  const software = row?.software == null ? '' : ` (${row.software})`;
  const where = start ? `start guarded in ${start.file}:${start.line}` : 'start not guarded';
  return `${version}${software}, ${where}`;
}

/** `thales, pythagoras (since v2.1.0)`. */
function erasText({ supported, since }: InspectedEras): string {
  const known = supported.map(name => {
    const release = name === null ? undefined : since[name];
    return release == null ? moduleText(name) : `${moduleText(name)} (since ${release})`;
  });
  return known.join(', ');
}

/** `fee in x/era/fee.go:5: thales, pythagoras`. */
function switchText({ name, file, line, eras }: InspectedEras['switches'][number]): string {
  return `${moduleText(name)} in ${file}:${line}: ${eras.map(moduleText).join(', ')}`;
}

function daemonLines({ name, main, root, home, prefix }: InspectedDaemon): string[] {
  return [
    `daemon ${name}`,
    ...textTable([
      ['main package', main],
      ['root command', root ?? 'not known'],
      ['home', home ?? 'not known'],
      ['address prefix', prefix ?? 'not known'],
    ]),
  ];
}

/** One row per kind: `kv stores  acc, bank`. */
function storeRows(stores: readonly InspectedStore[]): string[][] {
  const kinds = [...new Set(stores.map(store => store.kind))];
  return kinds.map(kind => [
    `${kind} stores`,
    stores
      .filter(store => store.kind === kind)
      .map(storeText)
      .join(', '),
  ]);
}

function upgradeRow(upgrade: InspectedUpgrade): string[] {
  return [
    storeText(upgrade),
    upgrade.package,
    `${upgrade.file}:${upgrade.line}`,
    [
      upgrade.registered ? '' : 'not registered',
      upgrade.buildTags.length ? `only with ${upgrade.buildTags.join(', ')}` : '',
      storesText(upgrade.stores),
    ]
      .filter(Boolean)
      .join('; '),
  ];
}

function storesText({ added, deleted, renamed }: InspectedUpgrade['stores']): string {
  return [
    added.length ? `adds ${added.map(storeText).join(', ')}` : '',
    deleted.length ? `deletes ${deleted.map(storeText).join(', ')}` : '',
    renamed.length
      ? `renames ${renamed.map(({ from, to }) => `${storeText(from)} to ${storeText(to)}`).join(', ')}`
      : '',
  ]
    .filter(Boolean)
    .join('; ');
}

/** A store as people read it. */
export function storeText({ name, const: constant }: InspectedName): string {
  return name ?? constant ?? '(computed)';
}
