import { compareNames, isCandidateOf, parseVersion } from '../../chain/app/plan-names.ts';
import type { StoreName, Upgrade } from '../../chain/chain.ts';
import { kvStores, mayBeSame, storeId } from '../../chain/compare.ts';
import { storesBrought } from '../../chain/store-changes.ts';
import { holds } from '../pending-stores.ts';
import type { AppBase, AppContext, Finding, Rule } from '../rule.ts';
import {
  mountsNewlyUnread,
  registrationsAreRead,
  registrationsNotRead,
  storesAreKnown,
  storesNotCompared,
} from '../unread.ts';
import { missingStoreFailure } from '../wording.ts';

/**
 * Several plans are pending, and the newest lacks stores that an earlier one brings: a network that
 * goes straight to the newest has them mounted and not added
 * (docs/background/incidents.md#a-plan-that-was-skipped).
 */
export const skippedUpgrade: Rule = {
  name: 'skipped-upgrade',
  severity: 'warning',
  summary: 'the newest of several pending upgrades lacks stores that an earlier one adds',
  notJudged: subject =>
    subject.base ? [...storesNotCompared(subject), ...registrationsNotRead(subject)] : [],
  *check({ apps }) {
    for (const subject of apps) yield* inApp(subject);
  },
};

function* inApp(subject: AppContext): Iterable<Finding> {
  const { base, pending } = subject;
  if (!base || mountsNewlyUnread(base.app, subject.app).length > 0 || !storesAreKnown(subject))
    return;
  if (!registrationsAreRead(subject)) return;
  const newest = newestOf(pending.filter(({ registered }) => registered));
  if (!newest) return;
  for (const earlier of pending) {
    const stores = onlyIn(earlier, newest, subject, base);
    if (earlier === newest || earlier.name === newest.name || stores.length === 0) continue;
    yield finding(subject, base, { earlier, newest, stores });
  }
}

/** The newest one by version; undefined where the names do not tell. */
function newestOf(upgrades: readonly Upgrade[]): Upgrade | undefined {
  const isNewest = (one: Upgrade) =>
    upgrades.every(
      other =>
        other === one || (other.name !== null && (compareNames(one.name!, other.name) ?? -1) >= 0),
    );
  return upgrades.find(upgrade => upgrade.name !== null && isNewest(upgrade));
}

/** The stores that an upgrade brings, the newest does not, and the chain needs since the release. */
function onlyIn(
  earlier: Upgrade,
  newest: Upgrade,
  { app }: AppContext,
  base: AppBase,
): StoreName[] {
  const mounted = kvStores(app).filter(({ conditional }) => !conditional);
  const brought = storesBrought(newest.stores);
  return storesBrought(earlier.stores).filter(
    store =>
      storeId(store) !== undefined &&
      holds(mounted, store) &&
      !brought.some(other => mayBeSame(other, store)) &&
      !base.app.stores.some(other => mayBeSame(other, store)),
  );
}

interface Skipped {
  readonly earlier: Upgrade;
  readonly newest: Upgrade;
  readonly stores: readonly StoreName[];
}

function finding(
  { app }: AppContext,
  base: AppBase,
  { earlier, newest, stores }: Skipped,
): Finding {
  const ids = stores.map(store => `"${storeId(store)!}"`);
  const what = `${ids.length === 1 ? 'the store' : 'the stores'} ${ids.join(' and ')}`;
  return {
    severity: mayBeSkipped(earlier, newest, base) ? 'warning' : 'info',
    location: newest.stores?.location ?? newest.location,
    message:
      `"${newest.name!}" does not add ${what}, which only "${earlier.name ?? earlier.package}" adds: ` +
      'a network may go straight to the newest plan',
    consequence:
      `at the height of "${newest.name!}", without "${earlier.name ?? earlier.package}" before it, ` +
      missingStoreFailure(app.sdk.generation, stores[0]!),
    related: [
      {
        location: earlier.stores?.location ?? earlier.location,
        message: 'the upgrade that adds it',
      },
    ],
  };
}

/**
 * Whether something says that the earlier plan is passed over: both are of one series, of which
 * networks take the last; it is a candidate, which only test networks run; it was released, and the
 * network still runs what came before; or the network has applied a newer one.
 */
function mayBeSkipped({ name }: Upgrade, newest: Upgrade, { app, between = [] }: AppBase): boolean {
  if (name === null) return false;
  return (
    seriesOf(name) === seriesOf(newest.name!) ||
    isCandidateOf(name, newest.name!) ||
    between.some(tag => compareNames(tag.replace(/^.*\//, ''), name) === 0) ||
    app.upgrades.some(applied => (compareNames(applied.name ?? '', name) ?? 0) > 0)
  );
}

/** What upgrades of one series have in common: the major version; below 1 the minor too. */
function seriesOf(name: string): string | undefined {
  const parts = parseVersion(name)?.parts;
  if (!parts) return undefined;
  return parts[0] === '0' ? parts.slice(0, 2).join('.') : parts[0];
}
