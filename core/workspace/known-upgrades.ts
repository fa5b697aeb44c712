import type { Baseline } from '../chain/baseline.ts';
import type { App, StoreName, StoreUpgrades, Upgrade } from '../chain/chain.ts';
import { storeId } from '../chain/compare.ts';
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
  readonly isPending: boolean;
}

/** The upgrades of all apps, each with where it stands in what the networks run. */
export function knownUpgrades(linted: LintedRepo): KnownUpgrade[] {
  const { analysis } = linted;
  const bases = linted.options().bases ?? [];
  return analysis.chain.apps.flatMap(app => {
    const pendingIn = new Map(
      bases.map(base => [base, new Set(pendingUpgrades(analysis, app, base))]),
    );
    return app.upgrades.map(upgrade => ({
      app,
      upgrade,
      label: upgrade.name === null ? 'an upgrade without a known name' : `"${upgrade.name}"`,
      ...standing(upgrade, pendingIn),
    }));
  });
}

function standing(
  upgrade: Upgrade,
  pendingIn: ReadonlyMap<Baseline, ReadonlySet<Upgrade>>,
): Pick<KnownUpgrade, 'state' | 'isPending'> {
  if (!upgrade.registered && !upgrade.loader) return { state: 'not registered', isPending: false };
  const pending = [...pendingIn].filter(([, upgrades]) => upgrades.has(upgrade));
  const done = [...pendingIn.keys()].filter(base => !pending.some(([other]) => other === base));
  const isPending = pending.length > 0;
  if (pendingIn.size === 0) return { state: undefined, isPending };
  const refs = done.map(({ ref }) => ref).join(', ');
  if (!isPending) return { state: `already in ${refs}`, isPending };
  return { state: refs === '' ? 'pending' : `pending; already in ${refs}`, isPending };
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

/** The version that a module has in each baseline that tells it, such as `2 in v1.0.0`. */
export function versionsBefore(linted: LintedRepo, name: string): string[] {
  const bases = linted.options().bases ?? [];
  return bases.flatMap(({ ref, chain }) => {
    const version = chain.modules.find(module => module.name === name)?.consensusVersion;
    return version == null ? [] : [`${version} in ${ref}`];
  });
}
