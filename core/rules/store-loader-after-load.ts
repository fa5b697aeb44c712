import { placeOf } from '../chain/place.ts';
import { loadsAfter } from '../wiring/load-order.ts';
import type { App } from '../chain/chain.ts';
import type { Repo } from '../go/repo.ts';
import { callsOf } from '../go/syntax.ts';
import { appNames } from '../wiring/app-names.ts';
import { moveStatement, statementAround } from '../wiring/repairs.ts';
import type { Site } from '../wiring/style.ts';
import type { Fix, Rule } from './rule.ts';

/** SetStoreLoader after the stores were loaded (incidents.md R11, live-chain.md 7). */
export const storeLoaderAfterLoad: Rule = {
  name: 'store-loader-after-load',
  severity: 'error',
  summary: 'a store loader is set after the stores were loaded',
  * check({ apps }) {
    for (const { repo, app, wiring } of apps) {
      for (const { site } of wiring.loadings) {
        if (!loadsAfter(repo, app, site)) continue;
        yield { place: placeOf(site.call.facts, site.call.node), message: 'the stores are loaded before this loader is set; at the upgrade height the node does not start: version of store … mismatch root store\'s version, or SetStoreLoader() on sealed BaseApp', fixes: earlierFix(repo, app, site) };
      }
    }
  },
};

/** Calls the function that sets it before the app loads, where that is a statement of its own. */
function earlierFix(repo: Repo, app: App, site: Site): Fix[] {
  const build = appNames({ repo, dir: app.dir, type: app.type });
  const call = build && callsOf(build.constructor.func.syntax, build.constructor.facts.text, site.func.name)[0], statement = call && statementAround(call);
  if (!build || !statement || statement.type !== 'expression_statement' || statement.parent !== build.load.parent) return [];
  return [{ title: `Call ${site.func.name} before the app loads`, edit: changes => moveStatement(changes, build.constructor.facts, statement, build.load, 'before') }];
}
