import type { App } from '../../chain/chain.ts';
import { moveStatement, statementAround } from '../../go/edit/repairs.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { Location } from '../../go/source/location.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callsOf, findAll } from '../../go/syntax/syntax.ts';
import { appNames } from '../../wiring/app-names.ts';
import { loadsAfter } from '../../wiring/loading/load-order.ts';
import type { Site } from '../../wiring/style.ts';
import { storeVersionMismatch } from '../node-words.ts';
import type { Rule, SuggestedFix } from '../rule.ts';
import { mismatchOf } from '../wording.ts';

/**
 * SetStoreLoader after the stores were loaded
 * (docs/background/incidents.md#store-loader-after-load,
 * docs/background/live-chain.md#what-nodes-say).
 */
export const storeLoaderAfterLoad: Rule = {
  name: 'store-loader-after-load',
  severity: 'error',
  summary: 'a store loader is set after the stores were loaded',
  nodeSays: [
    {
      words: { pattern: /SetStoreLoader\(\) on sealed BaseApp/ },
      repair: 'set the store loader before LoadLatestVersion',
    },
    { words: storeVersionMismatch, rank: 5 },
  ],
  *check({ apps }) {
    for (const { repo, app, wiring } of apps) {
      for (const { site } of wiring.loadings) {
        if (!loadsAfter(repo, app, site)) continue;
        const set = locationOf(site.call.facts, site.call.node);
        const called = callInBuild(repo, app, site);
        yield {
          location: called?.location ?? set,
          message: 'the stores are loaded before this sets a loader',
          consequence:
            `at the upgrade height the node does not start: ${mismatchOf()}, ` +
            'or SetStoreLoader() on sealed BaseApp',
          related: called ? [{ location: set, message: 'the loader is set here' }] : [],
          fixes: called?.fixes ?? [],
        };
      }
    }
  },
};

/** A call in the function that builds the app, and how to move it. */
interface CallInBuild {
  readonly location: Location;
  readonly fixes: SuggestedFix[];
}

/**
 * Where the function that builds the app calls the one that sets the loader, and the repair: to
 * call it before the app loads, where that is a statement of its own.
 */
function callInBuild(repo: Repo, app: App, site: Site): CallInBuild | undefined {
  const build = appNames({ repo, dir: app.dir, type: app.type });
  if (!build) return undefined;
  const { facts, func } = build.constructor;
  const call = callsOf(func.syntax, facts.text, site.func.name)[0];
  if (!call) return undefined;
  const location = locationOf(facts, call);
  const statement = statementAround(call);
  if (statement.type !== 'expression_statement' || statement.parent !== build.load.parent)
    return { location, fixes: [] };
  const fix: SuggestedFix = {
    title: `Call ${site.func.name} before the app loads`,
    preferred: !usesWhatIsBetween(facts, build.load, statement),
    edit: changes => moveStatement(changes, facts, statement, build.load, 'before'),
  };
  return { location, fixes: [fix] };
}

/** Whether a statement names a variable that is made between two places, so that it cannot move. */
function usesWhatIsBetween({ text }: FileFacts, load: SyntaxNode, statement: SyntaxNode): boolean {
  const named = new Set(namesIn(statement, text));
  const between = load.parent?.children.filter(
    ({ start, end }) => start >= load.end && end <= statement.start,
  );
  return (between ?? [])
    .flatMap(node => [node, ...findAll(node, 'var_spec')])
    .filter(({ type }) => /^(short_var_declaration|var_spec|assignment_statement)$/.test(type))
    .flatMap(node => namesIn(node.children[0] ?? node, text))
    .some(name => named.has(name));
}

function namesIn(node: SyntaxNode, text: string): string[] {
  return findAll(node, 'identifier').map(({ start, end }) => text.slice(start, end));
}
