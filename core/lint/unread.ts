import { handlersOf } from '../chain/app/handler-code.ts';
import { unreadStores } from '../chain/app/unread-stores.ts';
import { takesOwnStores } from '../chain/app/upgrades.ts';
import type { App, Unknown, Upgrade } from '../chain/chain.ts';
import { kvStores } from '../chain/compare.ts';
import { readPermissions } from '../chain/modules/permissions.ts';
import { locationOf } from '../go/source/location.ts';
import type { Unread, Wiring } from '../wiring/style.ts';
import { holds } from './pending-stores.ts';
import type { AppContext } from './rule.ts';
import { namesOf } from './wording.ts';

// What of an app was not read. A rule that concludes something from what is not there asks for it
// here, stays silent where there is any, and says so in the words of this file.

/** What cannot be judged where something was not read, as a message begins. */
const unjudged = {
  stores: 'stores are not compared',
  upgrades: 'upgrades are not compared',
  names: 'names of plans are not compared',
  handlers: 'handlers are not judged',
  configurators: 'configurators of handlers are not judged',
  accounts: 'module accounts are not judged',
  orders: 'orders are not compared',
  sdk: 'what the SDK asks for is not judged',
} as const;

/** The places as a report has them: what is not judged, and why. */
export function unjudgedFor(
  what: keyof typeof unjudged,
  found: readonly Unknown[],
): readonly Unknown[] {
  return found.map(({ location, why }) => ({ location, why: `${unjudged[what]}: ${why}` }));
}

/** The places where it is not known which stores the pending upgrades change, and why. */
export function unknownStores({ app, pending, wiring }: AppContext): readonly Unknown[] {
  return [
    ...unreadStores(app, pending),
    ...versionedLoader(pending, wiring),
    ...(wiring.loadings.some(takesOwnStores) ? wiring.unread.map(toUnknown) : []),
  ];
}

/** Whether the stores of the pending upgrades are known for sure. */
export function storesAreKnown(subject: AppContext): boolean {
  return unknownStores(subject).length === 0;
}

/** S10: the loader of an SDK that is told versions, not stores. */
function versionedLoader(pending: readonly Upgrade[], { codes }: Wiring): Unknown[] {
  const upgrade = pending.find(({ stores }) => stores === undefined);
  return codes.includes('S10') && upgrade
    ? [{ location: upgrade.location, why: 'the SDK in use finds the stores by itself' }]
    : [];
}

/**
 * What rules about the stores of upgrades are silent about, where there is something to compare: a
 * pending upgrade, or stores that are not those of the last release.
 */
export function storesNotCompared(subject: AppContext): readonly Unknown[] {
  const { app, base, pending } = subject;
  if (!base || (pending.length === 0 && mountsTheSame(subject))) return [];
  const before = mountsNewlyUnread(base.app, app).map(({ why }) => ({
    location: (app.stores[0] ?? pending[0])?.location ?? nowhere(app.sdk.gomod),
    why: `in ${base.ref} ${why}`,
  }));
  return unjudgedFor('stores', [...unknownStores(subject), ...before]);
}

/** The same for rules to which it matters which stores the app itself mounts. */
export function mountsNotCompared(subject: AppContext): readonly Unknown[] {
  const { app, base, pending } = subject;
  if (!base || (pending.length === 0 && mountsTheSame(subject))) return [];
  return [...storesNotCompared(subject), ...unjudgedFor('stores', app.storesUnread)];
}

/**
 * The places where it is not known which stores an app mounts, and that another version of it does
 * not have: what both have is taken to stand for the same stores.
 */
export function mountsNewlyUnread(app: App, other: App): readonly Unknown[] {
  const known = other.storesUnread.map(({ why }) => why);
  return app.storesUnread.filter(({ why }) => !known.includes(why));
}

function mountsTheSame({ app, base }: AppContext): boolean {
  const now = kvStores(app);
  const before = base ? kvStores(base.app) : now;
  return now.every(store => holds(before, store)) && before.every(one => holds(now, one));
}

function nowhere(file: string): Unknown['location'] {
  return { file, start: 0, end: 0, line: 1, column: 1 };
}

/** Whether all registrations of an app are read, with the names of their plans. */
export function registrationsAreRead({ wiring }: AppContext): boolean {
  return wiring.unknown.length === 0;
}

/** What rules about the names and the number of upgrades are silent about. */
export function registrationsNotRead({ wiring }: AppContext): readonly Unknown[] {
  return unjudgedFor('upgrades', wiring.unknown.map(toUnknown));
}

/** Whether the handler of every pending upgrade is read. */
export function handlersAreRead(subject: AppContext): boolean {
  return handlersNotRead(subject).length === 0;
}

/** What rules about the handlers of pending upgrades are silent about. */
export function handlersNotRead({ repo, app, wiring, pending }: AppContext): readonly Unknown[] {
  const read = new Set(handlersOf(repo, app, wiring).map(({ upgrade }) => upgrade));
  const unread = pending.filter(upgrade => upgrade.registered && !read.has(upgrade));
  return unjudgedFor('handlers', [
    ...unread.map(upgrade => ({
      location: upgrade.location,
      why: `what ${namesOf([upgrade])} runs cannot be followed`,
    })),
    ...wiring.unread.map(toUnknown),
  ]);
}

/** What rules about module accounts are silent about. */
export function accountsNotRead({ repo, app }: AppContext): readonly Unknown[] {
  return unjudgedFor('accounts', readPermissions(repo, app.dir).unread);
}

/** What rules about the orders of modules are silent about. */
export function ordersNotRead({ app }: AppContext): readonly Unknown[] {
  const unread = app.orders.filter(({ names }) => names.some(({ name }) => name === null));
  return unjudgedFor(
    'orders',
    unread.map(({ kind, location }) => ({
      location,
      why: `a name in SetOrder${kind} is not known`,
    })),
  );
}

/** What rules about the present SDK are silent about where its generation is not known. */
export function sdkNotRead({ app }: AppContext): readonly Unknown[] {
  return unjudgedFor('sdk', unknownSdk(app, app));
}

/**
 * The same for rules about the way from the SDK of the last release to the present one. There is none
 * where both are one version.
 */
export function sdkNotCompared({ app, base }: AppContext): readonly Unknown[] {
  const { version } = app.sdk;
  if (!base || (version !== null && version === base.app.sdk.version)) return [];
  const before = unknownSdk(base.app, app).map(({ location, why }) => ({
    location,
    why: `in ${base.ref} ${why}`,
  }));
  return unjudgedFor('sdk', [...unknownSdk(app, app), ...before]);
}

/** The reason, at the go.mod of the app as it is now. */
function unknownSdk({ sdk }: App, { sdk: { gomod } }: App): Unknown[] {
  const { version, generation } = sdk;
  if (generation !== null || gomod === '') return [];
  const what = version === null ? withoutVersion : `nothing tells what ${version} is`;
  return [{ location: nowhere(gomod), why: what }];
}

/** What rules about releases of the SDK are silent about where it is built from a folder. */
export function sdkWithoutVersion({ app: { sdk } }: AppContext): readonly Unknown[] {
  const isUnknown = sdk.version === null && sdk.gomod !== '';
  const found = isUnknown ? [{ location: nowhere(sdk.gomod), why: withoutVersion }] : [];
  return unjudgedFor('sdk', found);
}

const withoutVersion = 'the SDK has no version';

function toUnknown({ expr, why }: Unread): Unknown {
  return { location: locationOf(expr.facts, expr.node), why };
}
