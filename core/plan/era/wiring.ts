import type { Generation } from '../../sdk/generations.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import type { OrderPlace } from '../mount/job.ts';

/**
 * What an app must do for x/era, beside what mounting reads from its package:
 *
 * - `NewKeeper` takes the module's store (a store service, a store key on SDK 0.47) and the app's
 *   x/gov keeper by pointer; where eras are compiled in it takes nothing and there is no store.
 * - `NewAppModule` takes that keeper by value.
 * - The module stands in the pre-blockers (on SDK 0.47: the begin blockers) right behind x/upgrade, so
 *   that a migration is done and nothing else has been executed when it stops a node.
 * - It stands first in InitGenesis: the transactions of x/genutil may meet a switch. Where one list
 *   serves several orders, behind x/upgrade is as good, if x/genutil is behind both.
 * - A statement behind LoadLatestVersion, where the app loads it, warns when a node starts.
 * - A governed chain gets the store with an ordinary upgrade (`StoreUpgrades.Added`).
 */
export interface EraWiring {
  /** Places in the app's orders, by the kind of the order, as for `mount`. */
  readonly orders: ReadonlyMap<string, OrderPlace>;
  /** The method of the keeper that is called behind LoadLatestVersion with the app. */
  readonly startCheck: string;
}

/** What an app of a generation must do for x/era. */
export function eraWiring(generation: Generation, governed: boolean): EraWiring {
  const blockers = generationIsBefore(generation, '0.50') ? 'BeginBlockers' : 'PreBlockers';
  const genesis: readonly (readonly [string, OrderPlace])[] = [
    ['InitGenesis', 'first'],
    ['ExportGenesis', 'first'],
  ];
  return {
    orders: new Map<string, OrderPlace>([
      [blockers, { after: 'upgrade' }],
      ...(governed ? genesis : []),
    ]),
    startCheck: 'CheckStart',
  };
}
