import type { Generation, StoreName, Upgrade } from '../chain/chain.ts';
import { generationIsBefore } from '../sdk/generations.ts';

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

/**
 * What a node does that has a store mounted and not added. The check came with 0.45; before it the
 * failure shows when old versions are pruned
 * (docs/background/incidents.md#when-the-store-check-came).
 */
export function missingStoreFailure(generation: Generation | null, { name }: StoreName): string {
  return generation && generationIsBefore(generation, '0.45')
    ? 'the node fails when it prunes: cannot delete latest saved version'
    : `the node does not start: ${mismatchOf(name ?? undefined)}`;
}
