import type { StoreUpgrades } from '../../chain/chain.ts';
import type { Location } from '../../go/source/location.ts';
import { placeText } from '../../go/source/location.ts';
import type { Diagnostic } from '../../lint/diagnostic.ts';
import { appCodeOf, migratedModules } from '../../network/effects.ts';
import type { ModuleEffect } from '../../network/module-effects.ts';
import type { KnownUpgrade } from '../known-upgrades.ts';
import { storeLabel, storeSigns, storesText } from '../known-upgrades.ts';
import type { LintedRepo } from '../linted-repo.ts';
import { countFindings, countsText } from './finding-counts.ts';
import { nodeId, nodeIds } from './node-ids.ts';
import type { NodeKind, ViewNode } from './view-node.ts';

/** The line of an upgrade: where it stands, what it does to stores, what is found in it. */
export function upgradeNode(
  linted: LintedRepo,
  known: KnownUpgrade,
  all: readonly KnownUpgrade[],
  id: string,
): ViewNode {
  const { app, upgrade, label, state, isPending } = known;
  const findings = countFindings(linted.problems.filter(p => isOf(p, known, all)));
  const counts = countsText(findings);
  const storesSign = storeSigns(upgrade.stores);
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

/** What is said of a store that comes, goes or gets another name. */
interface StoreLine {
  readonly kind: 'store-added' | 'store-deleted' | 'store-renamed';
  readonly label: string;
  readonly note: string;
  readonly spoken: string;
  readonly location: Location;
}

function storeNodes(stores: StoreUpgrades | undefined, above: string): ViewNode[] {
  const lines = storeLines(stores);
  const ids = nodeIds(
    above,
    'store',
    lines.map(({ label }) => label),
  );
  return lines.map((line, i) => ({ id: ids[i]!, ...line }));
}

function storeLines(stores: StoreUpgrades | undefined): StoreLine[] {
  const { added = [], deleted = [], renamed = [] } = stores ?? {};
  return [
    ...added.map(
      (store): StoreLine => ({
        kind: 'store-added',
        label: `+ ${storeLabel(store)}`,
        note: 'store added',
        spoken: `adds the store ${storeLabel(store)}`,
        location: store.location,
      }),
    ),
    ...deleted.map(
      (store): StoreLine => ({
        kind: 'store-deleted',
        label: `− ${storeLabel(store)}`,
        note: 'store deleted',
        spoken: `deletes the store ${storeLabel(store)}`,
        location: store.location,
      }),
    ),
    ...renamed.map(
      ({ from, to }): StoreLine => ({
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
      id: nodeId(above, 'unread'),
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
    id: nodeId(above, 'registration'),
    kind: 'registration',
    label,
    note,
    spoken: [label, note].filter(Boolean).join(', '),
    location,
  };
}

/**
 * The module versions that a pending upgrade takes a network through, for each network that has not
 * run it.
 */
function migrationNodes(
  { analysis }: LintedRepo,
  { app, upgrade, pendingIn }: KnownUpgrade,
  above: string,
): ViewNode[] {
  const effects = pendingIn.flatMap(base =>
    migratedModules({ analysis, app, upgrade, base, code: appCodeOf(base, app) }).map(module => ({
      module,
      ref: base.ref,
    })),
  );
  const ids = nodeIds(
    above,
    'module',
    effects.map(({ module, ref }) => `${module.name} ${ref}`),
  );
  return effects.map(({ module, ref }, i) => effectNode(module, ref, ids[i]!));
}

function effectNode({ name, from, to, initGenesis }: ModuleEffect, ref: string, id: string) {
  const versions =
    from === null ? `version ${to ?? 'not known'}` : `${from} → ${to ?? 'not known'}`;
  const note = initGenesis ? 'starts with InitGenesis' : `version in ${ref} → now`;
  return {
    id,
    kind: 'migration' as const,
    label: `${name} ${versions}`,
    note,
    spoken: `module ${name}, ${from === null ? 'new' : `from version ${from}`} to ${to ?? 'not known'}, ${note}`,
  };
}
