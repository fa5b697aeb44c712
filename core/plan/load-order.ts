import type { App } from '../chain/chain.ts';
import type { Repo } from '../go/repo.ts';
import { callsOf, descend } from '../go/syntax.ts';
import { appNames } from '../wiring/app-names.ts';
import type { Site } from '../wiring/style.ts';

/**
 * Whether a function runs only after the app has loaded its stores, where SetStoreLoader panics ("SetStoreLoader() on sealed BaseApp").
 * Where the order cannot be told it is taken to be right: chains call their register function before loading.
 */
export function loadsAfter(repo: Repo, app: App, site: Site): boolean {
  const names = appNames({ repo, dir: app.dir, type: app.type });
  if (!names) return false;
  const { facts, func } = names.constructor;
  if (func.name === site.func.name && facts.path === site.call.facts.path) return site.call.node.start > names.load.start;
  const calls = callsOf(func.syntax, facts.text, site.func.name);
  return calls.length > 0 && calls.every(call => call.start > names.load.end || [...descend(names.load)].includes(call));
}
