import type { App, Chain, StoreName } from '../chain.ts';
import { sameApp, sameStore, storeId } from '../compare.ts';

/**
 * The modules of an app that have a genesis, as the order of InitGenesis names them; undefined
 * where it cannot be read. Sorted, each once.
 */
export function modulesOfApp({ orders }: App): StoreName[] | undefined {
  const orderings = orders.filter(order => order.kind === 'InitGenesis');
  const names = orderings.flatMap(order => order.names);
  if (orderings.length === 0 || names.some(name => storeId(name) === undefined)) return undefined;
  return names
    .filter((name, i) => names.findIndex(other => sameStore(other, name)) === i)
    .sort((a, b) => (storeId(a)! < storeId(b)! ? -1 : 1));
}

/**
 * The modules that RunMigrations initialises at the next upgrade, for the last release did not have
 * them; undefined where that cannot be told.
 */
export function newModules(app: App, base: Chain | undefined): StoreName[] | undefined {
  const before = sameApp(base, app);
  const had = before && modulesOfApp(before);
  return had && modulesOfApp(app)?.filter(module => !had.some(other => sameStore(other, module)));
}
