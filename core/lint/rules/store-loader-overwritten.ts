import { locationOf } from '../../go/source/location.ts';
import { callArguments, callsOf, enclosing } from '../../go/syntax/syntax.ts';
import { appNames } from '../../wiring/app-names.ts';
import type { Site } from '../../wiring/style.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';

/** Two store loaders that are both set: the last one counts (incidents.md 59). */
export const storeLoaderOverwritten: Rule = {
  name: 'store-loader-overwritten',
  severity: 'error',
  summary: 'a store loader is set and then replaced by another',
  *check({ apps }) {
    for (const subject of apps) yield* inApp(subject);
  },
};

function* inApp({ repo, app, wiring }: AppContext): Iterable<Finding> {
  const build = appNames({ repo, dir: app.dir, type: app.type })?.constructor;
  if (!build) return;
  // Where each takes effect in the function that builds the app.
  const placed = wiring.loadings
    .flatMap(({ site }) => {
      const at =
        site.fn === build.func.syntax
          ? site.call.node
          : callsOf(build.func.syntax, build.facts.text, site.func.name)[0];
      return at ? [{ site, start: at.start, always: always(site) && !branch(at) }] : [];
    })
    .sort((a, b) => a.start - b.start || a.site.call.node.start - b.site.call.node.start);
  for (const [i, later] of placed.entries()) {
    const earlier = placed.slice(0, i).find(p => p.site !== later.site);
    if (!later.always || !earlier || isUpgradeLoader(later.site)) continue;
    yield {
      location: locationOf(later.site.call.facts, later.site.call.node),
      message:
        "this replaces the store loader of the upgrade, whatever the plan; its stores are never added, and the node does not start at the upgrade height: version of store … mismatch root store's version",
      related: [
        {
          location: locationOf(earlier.site.call.facts, earlier.site.call.node),
          message: 'set here first',
        },
      ],
    };
  }
}

function always(site: Site): boolean {
  return !branch(site.call.node) && !site.loop;
}

function branch(node: Site['call']['node']): boolean {
  return enclosing(node, 'if_statement', 'expression_case', 'default_case') !== undefined;
}

/** The SDK's own upgrade loader: for a plan without new stores it loads as always. */
function isUpgradeLoader({ call }: Site): boolean {
  const given = callArguments(call.node)[0];
  return (
    given !== undefined &&
    /UpgradeStoreLoader\(/.test(call.facts.text.slice(given.start, given.end))
  );
}
