import { mayBothRun } from '../../go/eval/flow.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callsOf } from '../../go/syntax/syntax.ts';
import type { Build } from '../app-names.ts';
import { appNames, loadCalls } from '../app-names.ts';
import type { AppSource, Site } from '../style.ts';

/**
 * Whether a registration runs only after the app has loaded its stores, where SetStoreLoader panics
 * ("SetStoreLoader() on sealed BaseApp"). Where the order cannot be told it is taken to be right:
 * chains call their register function before loading.
 */
export function loadsAfter(repo: Repo, app: Pick<AppSource, 'dir' | 'type'>, site: Site): boolean {
  const build = appNames({ repo, dir: app.dir, type: app.type })?.builds.find(
    ({ fn }) => fn.func.name === site.func.name && fn.facts.path === site.call.facts.path,
  );
  return build
    ? isAfterLoading(build, site.call.node)
    : calledAfterLoading(repo, app, site.func.name);
}

/**
 * Whether the functions that build the app call one of its functions only after they have loaded
 * its stores.
 */
export function calledAfterLoading(
  repo: Repo,
  app: Pick<AppSource, 'dir' | 'type'>,
  name: string,
): boolean {
  const builds = appNames({ repo, dir: app.dir, type: app.type })?.builds ?? [];
  const late = builds.flatMap(build =>
    callsOf(build.fn.func.syntax, build.fn.facts.text, name).map(call =>
      isAfterLoading(build, call),
    ),
  );
  return late.length > 0 && late.every(Boolean);
}

/** Whether the app may have loaded its stores before that call; not where it does so elsewhere. */
function isAfterLoading({ fn }: Build, call: SyntaxNode): boolean {
  return loadCalls(fn).some(
    load => load.start < call.start && mayBothRun(load, call, fn.facts.text),
  );
}

/** What to say then. */
export function tooLate(name: string): string {
  return (
    `${name} runs after the app has loaded its stores, ` +
    'where a store loader comes too late; call it before'
  );
}
