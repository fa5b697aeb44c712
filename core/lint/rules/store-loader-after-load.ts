import type { App } from '../../chain/chain.ts';
import { moveStatement, statementAround } from '../../go/edit/repairs.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import { callsOf } from '../../go/syntax/syntax.ts';
import { appNames } from '../../wiring/app-names.ts';
import { loadsAfter } from '../../wiring/loading/load-order.ts';
import type { Site } from '../../wiring/style.ts';
import type { Rule, SuggestedFix } from '../rule.ts';

/** SetStoreLoader after the stores were loaded (incidents.md R11, live-chain.md 7). */
export const storeLoaderAfterLoad: Rule = {
  name: 'store-loader-after-load',
  severity: 'error',
  summary: 'a store loader is set after the stores were loaded',
  *check({ apps }) {
    for (const { repo, app, wiring } of apps) {
      for (const { site } of wiring.loadings) {
        if (!loadsAfter(repo, app, site)) continue;
        const set = locationOf(site.call.facts, site.call.node);
        const called = callInBuild(repo, app, site);
        yield {
          ...(called
            ? {
                location: called.location,
                related: [{ location: set, message: 'the loader is set here' }],
              }
            : { location: set }),
          message:
            "the stores are loaded before this sets a loader; at the upgrade height the node does not start: version of store … mismatch root store's version, or SetStoreLoader() on sealed BaseApp",
          fixes: called?.fixes ?? [],
        };
      }
    }
  },
};

/**
 * Where the function that builds the app calls the one that sets the loader, and the repair: to
 * call it before the app loads, where that is a statement of its own.
 */
function callInBuild(
  repo: Repo,
  app: App,
  site: Site,
): { readonly location: Location; readonly fixes: SuggestedFix[] } | undefined {
  const build = appNames({ repo, dir: app.dir, type: app.type });
  const call =
    build &&
    callsOf(build.constructor.func.syntax, build.constructor.facts.text, site.func.name)[0];
  if (!build || !call) return undefined;
  const { facts } = build.constructor;
  const location = locationOf(facts, call);
  const statement = statementAround(call);
  if (statement?.type !== 'expression_statement' || statement.parent !== build.load.parent)
    return { location, fixes: [] };
  return {
    location,
    fixes: [
      {
        title: `Call ${site.func.name} before the app loads`,
        edit: changes => moveStatement(changes, facts, statement, build.load, 'before'),
      },
    ],
  };
}
