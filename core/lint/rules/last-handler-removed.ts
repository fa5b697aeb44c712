import { compareNames, isPrerelease } from '../../chain/app/plan-names.ts';
import type { Upgrade } from '../../chain/chain.ts';
import { dirname } from '../../files.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import type { Rule } from '../rule.ts';

/**
 * The newest upgrade of the baseline is registered no more: a node whose last applied plan it was
 * does not start with a binary that has no other pending plan (incidents.md R16: 0.44 and newer
 * check it).
 */
export const lastHandlerRemoved: Rule = {
  name: 'last-handler-removed',
  severity: 'error',
  summary: "the last release's newest upgrade is no longer registered",
  *check({ apps }) {
    for (const { repo, app, base, pending, wiring } of apps) {
      if (!base || (app.sdk.generation && generationIsBefore(app.sdk.generation, '0.44'))) continue;
      // A maintenance branch of an older release.
      if (base.repo && majorOf(repo, app.sdk.gomod) < majorOf(base.repo, base.app.sdk.gomod))
        continue;
      const before = base.app.upgrades.filter(u => u.registered);
      const last = newest(before);
      if (
        !last ||
        app.upgrades.some(u => u.name === null || (u.registered && u.name === last.name)) ||
        wiring.unknown.length > 0
      )
        continue;
      // With a new upgrade to come the check passes while the node waits for it, and from then on
      // the new one is the last.
      if (pending.some(u => u.registered)) continue;
      const place = app.upgrades.find(u => u.registered)?.location ?? wiring.lists[0]?.site;
      yield {
        severity: base.merged ? 'error' : 'warning',
        location:
          place && 'file' in place
            ? place
            : anchor(app.upgrades, base.app.upgrades, app.stores[0]?.location),
        message: `"${last.name}", the newest upgrade of ${base.ref}, is registered no more and no new one takes its place; nodes that applied it do not start: wrong app version, upgrade handler is missing for ${last.name} upgrade plan`,
      };
    }
  },
};

function anchor(
  now: readonly Upgrade[],
  _before: readonly Upgrade[],
  store: Upgrade['location'] | undefined,
): Upgrade['location'] {
  return now[0]?.location ?? store ?? { file: 'go.mod', start: 0, end: 0, line: 1, column: 1 };
}

/** The major version in a go.mod's module path; 0 and 1 have none. */
function majorOf(repo: Repo, gomod: string): number {
  return Number(
    /\/v(\d+)$/.exec(repo.mods.find(mod => mod.dir === dirname(gomod))?.module ?? '')?.[1] ?? 1,
  );
}

/** The newest one by version, candidates aside; undefined where the names do not tell. */
function newest(upgrades: readonly Upgrade[]): Upgrade | undefined {
  const known = upgrades.filter(u => u.name !== null && !isPrerelease(u.name));
  if (known.length === 1 && upgrades.length === 1) return known[0];
  let best: Upgrade | undefined;
  for (const upgrade of known) {
    if (!best) {
      best = upgrade;
      continue;
    }
    const order = compareNames(upgrade.name!, best.name!);
    if (order === undefined) return undefined;
    if (order > 0) best = upgrade;
  }
  return best;
}
