import type { Location } from '../../go/source/location.ts';
import type { App, StoreEntry, Unknown, Upgrade } from '../chain.ts';
import { storeId } from '../compare.ts';
import { storesBrought, storesTaken } from '../store-changes.ts';

/**
 * The places where it is not known which stores some upgrades of an app change, and why. Whoever
 * concludes something from a store that is not among theirs has to ask for that.
 */
export function unreadStores(app: App, upgrades: readonly Upgrade[]): readonly Unknown[] {
  const nameless = upgrades
    .flatMap(entriesOf)
    .filter(store => storeId(store) === undefined)
    .map(({ location }) => ({ location, why: 'a store has a name that is not known' }));
  const unread = upgrades.flatMap(({ storesUnread }) => storesUnread ?? []);
  const loaders = app.loadersUnread.filter(({ location }) => !isLookedUp(upgrades, location));
  return [...nameless, ...unread, ...loaders];
}

function entriesOf({ stores }: Upgrade): StoreEntry[] {
  return [...storesBrought(stores), ...storesTaken(stores)];
}

/**
 * Whether a loader that compares no known name is no riddle: it takes what the upgrades themselves
 * say, or serves the one whose name is computed.
 */
function isLookedUp(upgrades: readonly Upgrade[], loader: Location): boolean {
  return (
    upgrades.length > 0 &&
    upgrades.every(
      ({ name, stores, loader: own }) =>
        stores !== undefined && own && (name === null || isSamePlace(own, loader)),
    )
  );
}

function isSamePlace(a: Location, b: Location): boolean {
  return a.file === b.file && a.start === b.start;
}
