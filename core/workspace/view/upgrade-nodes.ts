import type { StoreUpgrades } from '../../chain/chain.ts';
import type { Diagnostic } from '../../lint/diagnostic.ts';
import { appCodeOf, upgradeEffects } from '../../network/effects.ts';
import type { ModuleEffect } from '../../network/module-effects.ts';
import type { KnownUpgrade } from '../known-upgrades.ts';
import { storeLabel, storesText } from '../known-upgrades.ts';
import type { LintedRepo } from '../linted-repo.ts';
import { countFindings, countsText } from './finding-counts.ts';
import type { NodeKind, ViewNode } from './view-node.ts';

/** The line of an upgrade: where it stands, what it does to stores, what is found in it. */
export function upgradeNode(
  linted: LintedRepo,
  known: KnownUpgrade,
  all: readonly KnownUpgrade[],
  above: string,
): ViewNode {
  const { app, upgrade, label, state, isPending } = known;
  const findings = countFindings(linted.problems.filter(p => isOf(p, known, all)));
  const counts = countsText(findings);
  const id = `${above}/${idOf(known, all)}`;
  const storesSign = signs(upgrade.stores);
  const changes = storesText(upgrade.stores) || 'changes no stores';
  const mayPlan = isPending && upgrade.registered && upgrade.name !== null;
  const isLoose = !upgrade.registered && state !== 'not registered';
  const standing = [...(isLoose ? ['not registered'] : []), state];
  return {
    id,
    kind: kindOf(known),
    label: upgrade.name ?? 'name computed at run time',
    note: [...standing, storesSign, counts].filter(Boolean).join(' · '),
    spoken: [`upgrade ${label}`, ...standing, changes, counts].filter(Boolean).join(', '),
    findings,
    location: upgrade.location,
    app: app.dir,
    ...(mayPlan && { plan: upgrade.name }),
    children: () => [
      ...storeNodes(upgrade.stores, id),
      ...unreadNode(known, id),
      ...(isPending ? migrationNodes(linted, known, id) : []),
      registrationNode(known, id),
    ],
  };
}

/** What tells an upgrade from the others of its app; a mistake may register one name twice. */
function idOf({ upgrade }: KnownUpgrade, all: readonly KnownUpgrade[]): string {
  const name = upgrade.name ?? 'computed';
  const same = all.filter(other => (other.upgrade.name ?? 'computed') === name);
  const index = same.findIndex(other => other.upgrade === upgrade);
  return index > 0 ? `${name} ${index}` : name;
}

function kindOf({ upgrade, state, isPending }: KnownUpgrade): NodeKind {
  if (!upgrade.registered) return 'upgrade-unregistered';
  if (isPending) return 'upgrade-pending';
  return state === undefined ? 'upgrade' : 'upgrade-done';
}

/** Whether a finding stands in the code of one upgrade and of no other. */
function isOf(
  { location }: Diagnostic,
  { app, upgrade }: KnownUpgrade,
  all: readonly KnownUpgrade[],
): boolean {
  const places = [upgrade.location, ...(upgrade.stores ? [upgrade.stores.location] : [])];
  const within = places.some(
    place =>
      place.file === location.file && place.start <= location.start && location.end <= place.end,
  );
  if (within) return true;
  const isOwn = upgrade.package !== '' && upgrade.package !== app.dir;
  const isShared = all.some(
    other => other.upgrade !== upgrade && other.upgrade.package === upgrade.package,
  );
  return isOwn && !isShared && location.file.startsWith(`${upgrade.package}/`);
}

/** How many stores come and go, such as `+2 −1`. */
function signs(stores: StoreUpgrades | undefined): string {
  const { added = [], deleted = [], renamed = [] } = stores ?? {};
  return [
    ...(added.length > 0 ? [`+${added.length}`] : []),
    ...(deleted.length > 0 ? [`−${deleted.length}`] : []),
    ...(renamed.length > 0 ? [`${renamed.length} renamed`] : []),
  ].join(' ');
}

function storeNodes(stores: StoreUpgrades | undefined, above: string): ViewNode[] {
  const { added = [], deleted = [], renamed = [] } = stores ?? {};
  return [
    ...added.map(
      (store, i): ViewNode => ({
        id: `${above}/added ${i}`,
        kind: 'store-added',
        label: `+ ${storeLabel(store)}`,
        note: 'store added',
        spoken: `adds the store ${storeLabel(store)}`,
        location: store.location,
      }),
    ),
    ...deleted.map(
      (store, i): ViewNode => ({
        id: `${above}/deleted ${i}`,
        kind: 'store-deleted',
        label: `− ${storeLabel(store)}`,
        note: 'store deleted',
        spoken: `deletes the store ${storeLabel(store)}`,
        location: store.location,
      }),
    ),
    ...renamed.map(
      ({ from, to }, i): ViewNode => ({
        id: `${above}/renamed ${i}`,
        kind: 'store-renamed',
        label: `${storeLabel(from)} → ${storeLabel(to)}`,
        note: 'store renamed',
        spoken: `renames the store ${storeLabel(from)} to ${storeLabel(to)}`,
        location: to.location,
      }),
    ),
  ];
}

function unreadNode({ upgrade: { storesUnread } }: KnownUpgrade, above: string): ViewNode[] {
  if (!storesUnread) return [];
  const { location, why } = storesUnread;
  const label = 'not all stores are known';
  return [
    {
      id: `${above}/unread`,
      kind: 'unknown',
      label,
      note: why,
      spoken: `${label}: ${why}`,
      location,
    },
  ];
}

function registrationNode({ upgrade }: KnownUpgrade, above: string): ViewNode {
  const { location, registered, uncalled, buildTags } = upgrade;
  const place = placeText(location);
  const label = registered ? `registered in ${place}` : `not registered, written in ${place}`;
  const tags = buildTags.length > 0 ? `only built with ${buildTags.join(', ')}` : '';
  const note = uncalled === undefined ? tags : `nothing calls ${uncalled}`;
  return {
    id: `${above}/registration`,
    kind: 'registration',
    label,
    note,
    spoken: [label, note].filter(Boolean).join(', '),
    location,
  };
}

/**
 * The module versions that a pending upgrade takes a network through, by what it is compared with.
 * Where that cannot be told, one line says so.
 */
function migrationNodes(
  linted: LintedRepo,
  { app, upgrade }: KnownUpgrade,
  above: string,
): ViewNode[] {
  const [base] = linted.options().bases ?? [];
  if (!base) return [];
  const { analysis } = linted;
  const code = appCodeOf(base, app);
  const { modules } = upgradeEffects({ analysis, app, upgrade, base, code });
  return modules.map(module => effectNode(module, base.ref, above));
}

function effectNode({ name, from, to, initGenesis }: ModuleEffect, ref: string, above: string) {
  const versions =
    from === null ? `version ${to ?? 'not known'}` : `${from} → ${to ?? 'not known'}`;
  const note = initGenesis ? 'starts with InitGenesis' : `version in ${ref} → now`;
  return {
    id: `${above}/module ${name}`,
    kind: 'migration' as const,
    label: `${name} ${versions}`,
    note,
    spoken: `module ${name}, ${from === null ? 'new' : `from version ${from}`} to ${to ?? 'not known'}, ${note}`,
  };
}

function placeText({ file, line }: { file: string; line: number }): string {
  return `${file}:${line}`;
}
