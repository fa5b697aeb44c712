import type { Study } from './study.ts';
import { checkoutName } from './table.ts';
import { verdictOf } from './verdicts.ts';

/**
 * What of a checkout is found otherwise than the table says, and what its code says when a person
 * reads it.
 */
export interface Reading {
  readonly checkout: string;
  readonly what: keyof ReturnType<typeof verdictOf>;
  readonly why: string;
}

const iris =
  'all stores are loaded through one helper that takes a name, stores and a handler, compares the name and sets the loader: S6';

/** Read by hand, one line for each difference. */
const readings: readonly Reading[] = [
  {
    checkout: 'axelarnetwork/axelar-core@HEAD(main)',
    what: 'registration',
    why: 'its list (R1d) holds the upgrades with stores; beside it one handler is registered under a name computed from the version (R10)',
  },
  {
    checkout: 'cosmos/ibc-go@HEAD(main)',
    what: 'registration',
    why: "two apps: `simapp` has statements (R2), the 08-wasm light client's `simapp` one handler (R3)",
  },
  {
    checkout: 'desmos-labs/desmos@v2.0.0',
    what: 'sdk',
    why: 'go.mod requires v0.44.0 and replaces it by a fork made of v0.43.0-alpha1, which is what is built',
  },
  {
    checkout: 'osmosis-labs/osmosis@v15.2.0',
    what: 'sdk',
    why: 'go.mod requires v0.46.10 and replaces it by a fork of v0.45.1, which is what is built',
  },
  {
    checkout: 'ignite/cli@HEAD(main)',
    what: 'sdk',
    why: 'no chain: its app is a template (`app.go.plush`), which is no Go',
  },
  {
    checkout: 'ignite/cli@HEAD(main)',
    what: 'registration',
    why: 'no chain: its app is a template (`app.go.plush`), which is no Go',
  },
  {
    checkout: 'ignite/cli@HEAD(main)',
    what: 'stores',
    why: 'no chain: its app is a template (`app.go.plush`), which is no Go',
  },
  { checkout: 'irisnet/irishub@v1.1.1', what: 'stores', why: iris },
  { checkout: 'irisnet/irishub@v1.3.1', what: 'stores', why: iris },
  { checkout: 'irisnet/irishub@v1.4.0', what: 'stores', why: iris },
  {
    checkout: 'persistenceOne/persistenceCore@v6.1.0',
    what: 'stores',
    why: 'its loader and its StoreUpgrades are commented out: nothing is loaded (S0)',
  },
];

/**
 * Every difference from the table, with what reading the code says of it; undefined where nobody
 * has read it yet.
 */
export function differences(
  studies: readonly Study[],
): { readonly checkout: string; readonly what: string; readonly why: string | undefined }[] {
  return studies
    .filter(study => !study.absent)
    .flatMap(study => {
      const verdict = verdictOf(study);
      const checkout = checkoutName(study.row);
      return (['sdk', 'registration', 'stores'] as const)
        .filter(what => !verdict[what])
        .map(what => ({
          checkout,
          what,
          why: readings.find(r => r.checkout === checkout && r.what === what)?.why,
        }));
    });
}
