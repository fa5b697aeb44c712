import { isAlwaysSetBefore, mayBothRun } from '../../go/eval/flow.ts';
import { localDefinition } from '../../go/eval/value.ts';
import type { Func } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import {
  callArguments,
  calleeName,
  callsOf,
  childByField,
  enclosing,
  findAll,
} from '../../go/syntax/syntax.ts';
import { appNames, loadCalls } from '../../wiring/app-names.ts';
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
    .sort((a, b) => a.call.start - b.call.start || a.site.call.node.start - b.site.call.node.start);
  for (const [index, later] of placed.entries()) {
    const earlier = placed.slice(0, index).find(other => mayReplace(later, other, build));
    if (!earlier || isUpgradeLoader(later.site)) continue;
    if (later.always) yield replaces(later, earlier, 'whatever the plan is');
    else if (hasForeignCondition(later, build))
      yield {
        ...replaces(later, earlier, 'where its condition holds, whatever the plan is'),
        severity: 'warning',
      };
  }
}

function replaces(later: Placed, earlier: Placed, when: string): Finding {
  const { call } = later.site;
  const first = earlier.site.call;
  return {
    location: locationOf(call.facts, call.node),
    message: `this replaces the upgrade's store loader, ${when}`,
    consequence:
      'its stores are never added, and the node does not start at the upgrade height: ' +
      `${mismatchOf()}`,
    related: [{ location: locationOf(first.facts, first.node), message: 'set here first' }],
  };
}

/** Where a loader takes effect in the function that builds the app, and whether it always does. */
interface Placed {
  readonly site: Site;
  /** The call that sets it there: SetStoreLoader, or one of the function that calls that. */
  readonly call: SyntaxNode;
  readonly always: boolean;
}

function placedIn(build: FuncAt, site: Site): Placed[] {
  const { facts, func } = build;
  const isHere = site.fn === func.syntax;
  const call = isHere ? site.call.node : callsOf(func.syntax, facts.text, site.func.name)[0];
  if (!call) return [];
  const isSet = !site.loop && (isHere || !isInBranch(site.call.node));
  return [{ site, call, always: isSet && (!isInBranch(call) || isBeforeEveryLoad(build, call)) }];
}

function isInBranch(node: SyntaxNode): boolean {
  return enclosing(node, 'if_statement', 'expression_case', 'default_case') !== undefined;
}

/** Whether the app never loads its stores without that call. */
function isBeforeEveryLoad(build: FuncAt, call: SyntaxNode): boolean {
  const loads = loadCalls(build);
  return (
    loads.length > 0 &&
    loads.every(load => isAlwaysSetBefore(load, build.facts.text, node => node === call))
  );
}

/** Whether both loaders can be set when an app is built. */
function mayReplace(later: Placed, earlier: Placed, { facts }: FuncAt): boolean {
  if (earlier.site === later.site) return false;
  if (earlier.site.fn !== later.site.fn) return mayBothRun(earlier.call, later.call, facts.text);
  const { call } = later.site;
  return mayBothRun(earlier.site.call.node, call.node, call.facts.text);
}

/**
 * Whether what decides that a loader is set has nothing to do with plans: only parameters of the
 * function, and options of the node. Anything else may be about the upgrade.
 */
function hasForeignCondition({ site, call }: Placed, build: FuncAt): boolean {
  if (site.loop) return false;
  const own = site.fn === build.func.syntax ? [] : conditionsAround(site.call.node);
  const asked = [
    ...own.map(node => ({ node, facts: site.call.facts, func: site.func })),
    ...conditionsAround(call).map(node => ({ node, ...build })),
  ];
  return (
    asked.length > 0 && asked.every(({ node, facts, func }) => isForeign(node, facts.text, func))
  );
}

/** What the branches around a node ask. */
function conditionsAround(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const branching = ['if_statement', 'expression_switch_statement'];
  for (
    let around = enclosing(node, ...branching);
    around;
    around = enclosing(around, ...branching)
  ) {
    const asked = childByField(around, 'condition') ?? childByField(around, 'value');
    found.push(asked ?? around);
  }
  return found;
}

const nodeOptions = /\b(\w*[oO]pts|appOptions|viper|os\.Getenv)\b/;

function isForeign(condition: SyntaxNode, text: string, func: Func): boolean {
  const names = findAll(condition, 'identifier');
  return (
    names.length > 0 &&
    names.every(node => {
      const name = text.slice(node.start, node.end);
      if (name === func.receiver?.name || /plan|upgrade|info/i.test(name)) return false;
      const local = localDefinition(node, name, text);
      if (local === 'parameter') return true;
      return typeof local === 'object' && nodeOptions.test(text.slice(local.start, local.end));
    })
  );
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
