import { compareNames, parseVersion } from '../../chain/app/plan-names.ts';
import type { Upgrade } from '../../chain/chain.ts';
import { kvStores, mayBeSame, sameStore, storeId } from '../../chain/compare.ts';
import { locationOf } from '../../go/source/location.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';

/**
 * Stores that are loaded under another plan's name than the one that is registered, or under none
 * (incidents.md R2).
 */
export const storeLoaderNameMismatch: Rule = {
  name: 'store-loader-name-mismatch',
  severity: 'error',
  summary: "an upgrade's stores are loaded under another name, or not at all",
  *check({ apps }) {
    for (const subject of apps) {
      yield* notLoaded(subject);
      yield* otherName(subject);
      yield* stillOld(subject);
    }
  },
};

function changes({ stores }: Upgrade): boolean {
  return !!stores && stores.added.length + stores.deleted.length + stores.renamed.length > 0;
}

/** Stores stand in the upgrade itself, and nothing hands them to the SDK. */
function* notLoaded({ app, pending, wiring }: AppContext): Iterable<Finding> {
  const readable = wiring.loadings.every(l => /^S[1236]$/.test(l.code));
  for (const upgrade of pending) {
    if (!upgrade.registered || !changes(upgrade) || upgrade.loader || !readable) continue;
    const { added, deleted, renamed, location } = upgrade.stores!;
    const first = added[0] ?? renamed[0]?.to;
    const mounted = added.some(s => app.stores.some(m => m.kind === 'kv' && sameStore(m, s)));
    const harm = first
      ? `at the upgrade height the node does not start: version of store ${storeId(first)} mismatch root store's version`
      : `${deleted.map(s => storeId(s)).join(', ')} stays where it is`;
    yield {
      location,
      severity: mounted ? 'error' : 'warning',
      message: `nothing loads the stores of "${upgrade.name ?? upgrade.package}"${wiring.loadings.length === 0 ? ': SetStoreLoader is never called' : ''}; ${harm}`,
    };
  }
}

/**
 * A loader that serves a plan which no handler is registered for, while a pending handler has no
 * stores of its own.
 */
function* otherName({ app, pending, wiring, base }: AppContext): Iterable<Finding> {
  for (const served of pending.filter(u => !u.registered && u.loader && changes(u))) {
    const candidates = pending.filter(
      u => u.registered && !changes(u) && !sameCore(u.name, served.name),
    );
    const computed = app.upgrades.filter(u => u.registered && u.name === null);
    // Networks may have names of their own: any plan of the same version serves.
    if (app.upgrades.some(u => u.registered && u.name !== null && sameCore(u.name, served.name)))
      continue;
    if (computed.length > 0) {
      yield {
        location: served.loader!,
        severity: 'warning',
        message: `these stores are loaded only for "${served.name}", while the plan's name is computed; where it comes out otherwise the node does not start`,
        related: computed.map(u => ({ location: u.location, message: 'the computed name' })),
      };
    } else if (candidates.length > 0 || !base) {
      const name = candidates[0]?.name;
      yield {
        location: served.loader!,
        message: `these stores are loaded for "${served.name}", but no handler has that name${name ? `; the pending upgrade is "${name}"` : ''}; its new stores are not added, and the node does not start at the upgrade height`,
        related: candidates.map(u => ({ location: u.location, message: 'a pending upgrade' })),
      };
    }
  }
  // A placeholder that was never filled in.
  for (const { site } of wiring.loadings) {
    const around =
      site.condition &&
      site.call.facts.text.slice(site.condition.start, site.condition.start + 200);
    const placeholder =
      around && /(\bfalse\s*&&|&&\s*false\b|"TODO"|"CHANGEME")/.exec(around.split('{')[0]!);
    if (placeholder)
      yield {
        location: locationOf(site.call.facts, site.condition!),
        message: `the condition holds a placeholder (${placeholder[1]}); these stores are never loaded`,
      };
  }
}

/** New stores, no new upgrade, and a loader that still stands at the last release's plan. */
function* stillOld({ app, base, pending, wiring }: AppContext): Iterable<Finding> {
  if (!base || pending.length > 0) return;
  const before = base.app.stores;
  const fresh = kvStores(app).filter(
    s =>
      s.name !== null && !before.some(b => sameStore(b, s) || (b.name === null && mayBeSame(b, s))),
  );
  if (fresh.length === 0 || before.length === 0) return;
  for (const { code, site, serves } of wiring.loadings) {
    const names = serves.flatMap(s =>
      s.name.kind === 'known' ? [{ name: s.name.value, stores: s.stores }] : [],
    );
    const newest = names.reduce<(typeof names)[number] | undefined>(
      (best, n) => (best && (compareNames(best.name, n.name) ?? -1) > 0 ? best : n),
      undefined,
    );
    if (!newest || !/^S[23]$/.test(code) || !newest.stores || newest.stores.added.length > 0)
      continue;
    yield {
      location: locationOf(newest.stores.literal.facts, newest.stores.literal.node),
      message: `the stores ${fresh.map(s => `"${s.name}"`).join(', ')} are new since ${base.ref}, and the loader's last case, for "${newest.name}", adds nothing; the next plan's name needs a case that adds them, or the node does not start: version of store ${fresh[0]!.name} mismatch root store's version`,
      related: [{ location: locationOf(site.call.facts, site.call.node), message: 'the loader' }],
    };
  }
}

/** Whether two names are of one version: `v3` and `v3-rc3`. */
function sameCore(a: string | null, b: string | null): boolean {
  const [x, y] = [a, b].map(name =>
    name === null ? undefined : parseVersion(name)?.parts.map(Number),
  );
  if (a === b) return true;
  if (!x || !y) return false;
  return Array.from(
    { length: Math.max(x.length, y.length) },
    (_, i) => (x[i] ?? 0) === (y[i] ?? 0),
  ).every(Boolean);
}
