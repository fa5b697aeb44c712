import type { Difference } from './compare.ts';

interface Reason {
  readonly repository: RegExp;
  readonly path: string;
  readonly kind: Difference['kind'];
  readonly only?: Difference['only'];
  readonly why: string;
}

/**
 * Why a difference is right, found by reading the code: by repository, the beginning of the path,
 * and the kind.
 */
const reasons: readonly Reason[] = [
  {
    repository: /\/cosmos-sdk$/,
    path: 'types/module/',
    kind: 'consensusVersions',
    why: 'an adaptor of the SDK itself, which stands for any module',
  },
  {
    repository: /\/cosmos-sdk$/,
    path: 'baseapp/',
    kind: 'storeLoaders',
    why: 'an option of the SDK itself, which hands a loader on',
  },
  {
    repository: /^akash-network\/node$/,
    path: 'app/testnet.go',
    kind: 'storeLoaders',
    why: 'for turning a copy of the state into a test network, which no upgrade passes through',
  },
  {
    repository: /^axelarnetwork\/axelar-core$/,
    path: 'app/app.go',
    kind: 'storeUpgrades',
    why: 'its lists grow under run-time flags: told as stores that cannot be read',
  },
  {
    repository: /^(CosmWasm\/wasmd|rollchains\/spawn)$/,
    path: '',
    kind: 'storeUpgrades',
    why: "an upgrade that takes the binary's version for a name while there is no other",
  },
  {
    repository: /^pokt-network\/poktroll$/,
    path: 'app/upgrades/',
    kind: 'storeUpgrades',
    why: 'of an old upgrade or a template, which no list holds any more',
  },
  {
    repository: /^provenance-io\/provenance$/,
    path: 'app/upgrades.go',
    kind: 'storeUpgrades',
    only: 'oracle',
    why: "copies the lists of the map's entry, which the reader holds",
  },
  {
    repository: /^provenance-io\/provenance$/,
    path: 'app/upgrades.go',
    kind: 'storeUpgrades',
    only: 'reader',
    why: 'an entry of the map with the stores in fields of its own',
  },
  {
    repository: /^regen-network\/regen-ledger$/,
    path: 'app/upgrades.go',
    kind: 'upgradeHandlers',
    why: 'in a function that nothing calls',
  },
  {
    repository: /^regen-network\/regen-ledger$/,
    path: 'app/upgrades.go',
    kind: 'storeLoaders',
    why: 'in a function that nothing calls',
  },
  {
    repository: /^regen-network\/regen-ledger$/,
    path: 'app/upgrades.go',
    kind: 'storeUpgrades',
    why: 'in a function that nothing calls',
  },
];

/** The reason somebody has given for a difference. */
export function reasonFor(
  repository: string,
  { kind, file, only }: Difference,
): string | undefined {
  return reasons.find(
    r =>
      r.repository.test(repository) &&
      r.kind === kind &&
      file.startsWith(r.path) &&
      (r.only ?? only) === only,
  )?.why;
}
