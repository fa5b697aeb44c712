import { compareNames, parseVersion } from '../../chain/app/plan-names.ts';
import type { StoreUpgrades, Unknown, Upgrade } from '../../chain/chain.ts';
import { kvStores, mayBeSame, sameStore, storeId } from '../../chain/compare.ts';
import { locationOf } from '../../go/source/location.ts';
import { childByField } from '../../go/syntax/syntax.ts';
import type { Site, StoreLists, StoreLoading } from '../../wiring/style.ts';
import { storeVersionMismatch } from '../node-words.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { mountsNewlyUnread, storesNotCompared } from '../unread.ts';
import { isComputed, unreadRegistrations } from '../unread-registrations.ts';
import { labelOf, mismatchOf } from '../wording.ts';

/**
 * Stores that are loaded under another plan's name than the one that is registered, or under none
 * (docs/background/incidents.md#store-loader-name-mismatch).
 */
export const storeLoaderNameMismatch: Rule = {
  name: 'store-loader-name-mismatch',
  severity: 'error',
  summary: "an upgrade's stores are loaded under another name, or not at all",
  repair: 'load the stores under the name of the plan',
  nodeSays: [{ words: storeVersionMismatch, rank: 4 }],
  notJudged: subject => [...storesNotCompared(subject), ...namesNotCompared(subject)],
  *check({ apps }) {
    for (const subject of apps) {
      yield* notLoaded(subject);
      yield* otherName(subject);
      yield* placeholders(subject);
      yield* stillOld(subject);
    }
  },
};

function changesStores({ stores }: Upgrade): boolean {
  return !!stores && stores.added.length + stores.deleted.length + stores.renamed.length > 0;
}

/** The upgrade itself has stores, and nothing passes them to the SDK. */
function* notLoaded({ app, pending, wiring }: AppContext): Iterable<Finding> {
  if (!wiring.loadings.every(({ code }) => /^S[1236]$/.test(code))) return;
  if (app.loadersUnread.length > 0) return;
  const isSet = wiring.loadings.length > 0;
  for (const upgrade of pending) {
    const { stores, registered, loader } = upgrade;
    if (!registered || loader || !stores || !changesStores(upgrade)) continue;
    const isMounted = stores.added.some(store =>
      app.stores.some(mounted => mounted.kind === 'kv' && sameStore(mounted, store)),
    );
    yield {
      location: stores.location,
      severity: isMounted ? 'error' : 'warning',
      message:
        `nothing loads the stores of "${labelOf(upgrade)}"` +
        (isSet ? '' : ': SetStoreLoader is never called'),
      consequence: withoutLoading(stores),
    };
  }
}

function withoutLoading({ added, deleted, renamed }: StoreUpgrades): string {
  const first = added[0] ?? renamed[0]?.to;
  return first
    ? `at the upgrade height the node does not start: ${mismatchOf(storeId(first))}`
    : `${deleted.map(store => storeId(store)).join(', ')} stays where it is`;
}

/**
 * A loader that serves a plan which no handler is registered for, while a pending handler has no
 * stores of its own.
 */
function* otherName(subject: AppContext): Iterable<Finding> {
  if (unreadRegistrations(subject).length > 0) return;
  for (const served of servedAlone(subject)) {
    const finding = loadedForComputed(subject, served) ?? loadedForUnregistered(subject, served);
    if (finding) yield finding;
  }
}

/** The pending plans that a loader has stores for, and no registration that is known. */
function servedAlone({ app, pending }: AppContext): Upgrade[] {
  const registered = app.upgrades.filter(upgrade => upgrade.registered);
  // Networks may have names of their own: any plan of the same version serves.
  const isServed = (served: Upgrade) =>
    registered.some(({ name }) => name !== null && isSameVersion(name, served.name));
  return pending.filter(
    upgrade =>
      !upgrade.registered && upgrade.loader && changesStores(upgrade) && !isServed(upgrade),
  );
}

function namesNotCompared(subject: AppContext): readonly Unknown[] {
  return servedAlone(subject).length > 0 ? unreadRegistrations(subject) : [];
}

function loadedForComputed(
  { app, wiring, repo }: AppContext,
  served: Upgrade,
): Finding | undefined {
  const isOne = wiring.registrations.map(registration => isComputed(repo, registration));
  // Registered upgrades come first, in the order of their registrations.
  const computed = app.upgrades.filter((_, i) => isOne[i]);
  if (computed.length === 0) return undefined;
  return {
    location: served.loader!,
    severity: 'warning',
    message:
      `these stores are loaded only for "${labelOf(served)}", ` +
      "while the plan's name is computed",
    consequence: 'where it comes out otherwise the node does not start',
    related: computed.map(({ location }) => ({ location, message: 'the computed name' })),
  };
}

function loadedForUnregistered(
  { pending, base }: AppContext,
  served: Upgrade,
): Finding | undefined {
  const candidates = pending.filter(
    upgrade =>
      upgrade.registered &&
      !changesStores(upgrade) &&
      !upgrade.storesUnread &&
      !isSameVersion(upgrade.name, served.name),
  );
  if (candidates.length === 0 && base) return undefined;
  const name = candidates[0]?.name;
  return {
    location: served.loader!,
    message:
      `these stores are loaded for "${labelOf(served)}", but no handler has that name` +
      (name ? ` (the pending upgrade is "${name}")` : ''),
    consequence: 'its new stores are not added, and the node does not start at the upgrade height',
    related: candidates.map(({ location }) => ({ location, message: 'a pending upgrade' })),
  };
}

/** A condition that was never filled in. */
function* placeholders({ wiring }: AppContext): Iterable<Finding> {
  for (const { site } of wiring.loadings) {
    const placeholder = placeholderIn(site);
    if (placeholder === undefined) continue;
    yield {
      location: locationOf(site.call.facts, site.condition!),
      message: `the condition contains a placeholder (${placeholder})`,
      consequence: 'these stores are never loaded',
    };
  }
}

function placeholderIn({ call: { facts }, condition }: Site): string | undefined {
  if (!condition) return undefined;
  const end = childByField(condition, 'consequence')?.start ?? condition.end;
  const header = facts.text.slice(condition.start, end);
  return /\bfalse\s*&&|&&\s*false\b|"TODO"|"CHANGEME"/.exec(header)?.[0];
}

/** New stores, no new upgrade, and a loader whose last case is the last release's plan. */
function* stillOld({ app, base, pending, wiring }: AppContext): Iterable<Finding> {
  if (!base || pending.length > 0 || base.app.stores.length === 0) return;
  if (app.loadersUnread.length > 0 || mountsNewlyUnread(base.app, app).length > 0) return;
  const before = base.app.stores;
  const fresh = kvStores(app).filter(
    store => store.name !== null && !before.some(old => mayBeSame(old, store)),
  );
  const first = fresh[0]?.name;
  if (first == null) return;
  const names = fresh.map(({ name }) => `"${name!}"`).join(', ');
  for (const loading of wiring.loadings) {
    const last = newestCase(loading);
    if (!last?.stores || last.stores.added.length > 0) continue;
    const { literal } = last.stores;
    const { call } = loading.site;
    yield {
      location: locationOf(literal.facts, literal.node),
      // The upgrade may still be to be written.
      severity: 'warning',
      message:
        `the stores ${names} are new since ${base.ref}, ` +
        `and the loader's last case, for "${last.name}", adds nothing`,
      consequence:
        "the next plan's name needs a case that adds them, " +
        `or the node does not start: ${mismatchOf(first)}`,
      related: [{ location: locationOf(call.facts, call.node), message: 'the loader' }],
      wantsUpgrade: true,
    };
  }
}

/** The case of the newest plan in a loader that compares names (S2, S3). */
function newestCase({
  code,
  serves,
}: StoreLoading): { name: string; stores: StoreLists | undefined } | undefined {
  if (!/^S[23]$/.test(code)) return undefined;
  const cases = serves.flatMap(({ name, stores }) =>
    name.kind === 'known' ? [{ name: name.value, stores }] : [],
  );
  let newest = cases[0];
  for (const other of cases.slice(1))
    if ((compareNames(newest!.name, other.name) ?? -1) <= 0) newest = other;
  return newest;
}

/** Whether two names are of one version: `v3` and `v3-rc3`. */
function isSameVersion(a: string | null, b: string | null): boolean {
  if (a === b) return true;
  const [x, y] = [a, b].map(name =>
    name === null ? undefined : parseVersion(name)?.parts.map(Number),
  );
  if (!x || !y) return false;
  const length = Math.max(x.length, y.length);
  return Array.from({ length }, (_, i) => (x[i] ?? 0) === (y[i] ?? 0)).every(Boolean);
}
