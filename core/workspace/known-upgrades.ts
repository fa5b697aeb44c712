import type { Baseline } from '../chain/baseline.ts';
import type { App, Module, StoreName, StoreUpgrades, Upgrade } from '../chain/chain.ts';
import { sameModule, storeId } from '../chain/compare.ts';
import { pendingUpgrades } from '../network/effects.ts';
import type { LintedRepo } from './linted-repo.ts';

/** An upgrade of an app, and where it stands. */
export interface KnownUpgrade {
  readonly app: App;
  readonly upgrade: Upgrade;
  /** How messages call it: its name in quotes. */
  readonly label: string;
  /** `pending`, or which baselines have it; undefined where nothing is compared with. */
  readonly state: string | undefined;
  /** Whether a network that it is compared with has not run it. */
  readonly isPending: boolean;
  /** What it is compared with and that has not run it. */
  readonly pendingIn: readonly Baseline[];
  /** What it is compared with and that has run it. */
  readonly doneIn: readonly Baseline[];
}

/** The upgrades of all apps, each with where it stands in what the networks run. */
export function knownUpgrades(linted: LintedRepo): KnownUpgrade[] {
  const { analysis } = linted;
  return analysis.chain.apps.flatMap(app => {
    const pending = linted
      .basesOf(app)
      .map(base => ({ base, upgrades: new Set(pendingUpgrades(analysis, app, base)) }));
    return app.upgrades.map(upgrade => ({
      app,
      upgrade,
      label: upgrade.name === null ? 'an upgrade without a known name' : `"${upgrade.name}"`,
      ...standing(upgrade, pending),
    }));
  });
}

type Standing = Pick<KnownUpgrade, 'state' | 'isPending' | 'pendingIn' | 'doneIn'>;

function standing(
  upgrade: Upgrade,
  compared: readonly { readonly base: Baseline; readonly upgrades: ReadonlySet<Upgrade> }[],
): Standing {
  if (!upgrade.registered && !upgrade.loader)
    return { state: 'not registered', isPending: false, pendingIn: [], doneIn: [] };
  const [pendingIn, doneIn] = [true, false].map(isPending =>
    compared.filter(one => one.upgrades.has(upgrade) === isPending).map(({ base }) => base),
  ) as [Baseline[], Baseline[]];
  const isPending = pendingIn.length > 0;
  const already = `already in ${doneIn.map(({ ref }) => ref).join(', ')}`;
  const said = [...(isPending ? ['pending'] : []), ...(doneIn.length > 0 ? [already] : [])];
  const state = said.length > 0 ? said.join('; ') : undefined;
  return { state, isPending, pendingIn, doneIn };
}

/** What an upgrade does to the stores, such as `adds ledger, deletes escrow`; empty for nothing. */
export function storesText(stores: StoreUpgrades | undefined): string {
  const { added = [], deleted = [], renamed = [] } = stores ?? {};
  return [
    phrase('adds', added.map(storeLabel)),
    phrase('deletes', deleted.map(storeLabel)),
    phrase(
      'renames',
      renamed.map(({ from, to }) => `${storeLabel(from)} to ${storeLabel(to)}`),
    ),
  ]
    .filter(part => part !== '')
    .join(', ');
}

function phrase(does: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${does} ${names.join(', ')}`;
}

/** A store as people read it: its name, else the last part of its constant. */
export function storeLabel(store: StoreName): string {
  return store.name ?? storeId(store)?.split('/').at(-1) ?? 'a store whose name is not known';
}

/** How many stores come and go, such as `+2 −1`; empty for none. */
export function storeSigns(stores: StoreUpgrades | undefined): string {
  const { added = [], deleted = [], renamed = [] } = stores ?? {};
  return [
    ...(added.length > 0 ? [`+${added.length}`] : []),
    ...(deleted.length > 0 ? [`−${deleted.length}`] : []),
    ...(renamed.length > 0 ? [`${renamed.length} renamed`] : []),
  ].join(' ');
}

/** The version that a module has in each baseline that tells it, such as `2 in v1.0.0`. */
export function versionsBefore(linted: LintedRepo, module: Module): string[] {
  return linted.basesOfModule(module).flatMap(({ ref, chain }) => {
    const version = sameModule(chain.modules, module)?.consensusVersion;
    return version == null ? [] : [`${version} in ${ref}`];
  });
}
