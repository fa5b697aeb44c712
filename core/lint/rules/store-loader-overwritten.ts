import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callArguments, calleeName, callsOf, enclosing, findAll } from '../../go/syntax/syntax.ts';
import { appNames } from '../../wiring/app-names.ts';
import type { FuncAt, Site } from '../../wiring/style.ts';
import { storeVersionMismatch } from '../node-words.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { mismatchOf } from '../wording.ts';

/**
 * Two store loaders that are both set: the last one counts
 * (docs/background/incidents.md#store-loader-overwritten).
 */
export const storeLoaderOverwritten: Rule = {
  name: 'store-loader-overwritten',
  severity: 'error',
  summary: 'a store loader is set and then replaced by another',
  repair: 'set no other store loader after the one of the upgrade',
  nodeSays: [{ words: storeVersionMismatch, rank: 6 }],
  *check({ apps }) {
    for (const subject of apps) yield* inApp(subject);
  },
};

function* inApp({ repo, app, wiring }: AppContext): Iterable<Finding> {
  const build = appNames({ repo, dir: app.dir, type: app.type })?.constructor;
  if (!build) return;
  const placed = wiring.loadings
    .flatMap(({ site }) => placedIn(build, site))
    .sort((a, b) => a.start - b.start || a.site.call.node.start - b.site.call.node.start);
  for (const [index, later] of placed.entries()) {
    const earlier = placed.slice(0, index).find(({ site }) => site !== later.site);
    if (!later.always || !earlier || isUpgradeLoader(later.site)) continue;
    const { call } = later.site;
    const first = earlier.site.call;
    yield {
      location: locationOf(call.facts, call.node),
      message: "this replaces the upgrade's store loader, whatever the plan is",
      consequence:
        'its stores are never added, and the node does not start at the upgrade height: ' +
        `${mismatchOf()}`,
      related: [{ location: locationOf(first.facts, first.node), message: 'set here first' }],
    };
  }
}

/** Where a loader takes effect in the function that builds the app, and whether it always does. */
interface Placed {
  readonly site: Site;
  readonly start: number;
  readonly always: boolean;
}

function placedIn({ facts, func }: FuncAt, site: Site): Placed[] {
  const call =
    site.fn === func.syntax ? site.call.node : callsOf(func.syntax, facts.text, site.func.name)[0];
  if (!call) return [];
  const always = !site.loop && !isInBranch(site.call.node) && !isInBranch(call);
  return [{ site, start: call.start, always }];
}

function isInBranch(node: SyntaxNode): boolean {
  return enclosing(node, 'if_statement', 'expression_case', 'default_case') !== undefined;
}

/**
 * The SDK's own upgrade loader, or one around it: for a plan without new stores it loads as always.
 */
function isUpgradeLoader({ call }: Site): boolean {
  const given = callArguments(call.node)[0];
  return findAll(given, 'call_expression').some(inner =>
    calleeName(inner, call.facts.text).endsWith('UpgradeStoreLoader'),
  );
}
