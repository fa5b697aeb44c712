import type { Upgrade } from '../chain/chain.ts';

/** What a message calls an upgrade: its plan name, or its folder where the name is computed. */
export function labelOf(upgrade: Upgrade): string {
  return upgrade.name ?? upgrade.package;
}

/** The names of a list of upgrades, for a message. */
export function namesOf(upgrades: readonly Upgrade[]): string {
  return upgrades
    .map(({ name }) => (name === null ? 'the upgrade with a computed name' : `"${name}"`))
    .join(' and ');
}

/** What a node says about a mounted store that it has no version of. */
export function mismatchOf(store = '…'): string {
  return `version of store ${store} mismatch root store's version`;
}
