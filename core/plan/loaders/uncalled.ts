import { exprAt } from '../../go/eval/value.ts';
import { childByField, rangeClause } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { importClosure, sitesOf } from '../../wiring/call-sites.ts';
import { loadsAfter, tooLate } from '../../wiring/loading/load-order.ts';
import { recogniseLoading } from '../../wiring/loading/loading.ts';
import { listLiteral } from '../../wiring/registration/lists.ts';
import type { ListShape, Site, StoreLoading } from '../../wiring/style.ts';
import { handlerParameters } from '../handler/handler-shape.ts';
import { callBehind, callOf } from '../upgrade/call-behind.ts';
import type { Job } from '../upgrade/job.ts';

// Store loaders that an app has and does not call, as one that waits for the first store.

/**
 * The loaders of the app's functions that nothing calls, and that can be called behind the function
 * that registers upgrades: methods without parameters, and functions that take the app.
 */
export function uncalledLoadings(job: Job, registering: Site): StoreLoading[] {
  const { repo, app } = job;
  if (!callOf(job, registering.func.name)) return [];
  return sitesOf(
    { repo, dir: app.dir, type: app.type },
    importClosure(repo, app.dir),
    'SetStoreLoader',
    1,
  )
    .filter(site => !site.reachable && site.dir === app.dir)
    .filter(site => callText(job, site, 'app') !== undefined)
    .map(site => recogniseLoading(repo, site));
}

/** That of them which goes over a list. */
export function uncalledListLoading(
  job: Job,
  registering: Site,
  { literal }: ListShape,
): StoreLoading | undefined {
  return uncalledLoadings(job, registering).find(({ code, site }) => {
    const over = code === 'S1' ? childByField(rangeClause(site.loop), 'right') : undefined;
    const list = over && listLiteral(job.repo, exprAt(site.call, over), site);
    return list?.body.node === literal.node;
  });
}

/** Calls a loader's function behind the function that registers upgrades. */
export function callLoader(job: Job, registering: Site, { site }: StoreLoading): void {
  if (loadsAfter(job.repo, job.app, registering))
    throw new Refusal(tooLate(registering.func.name), { file: registering.call.facts.path });
  callBehind(job, registering.func.name, app => callText(job, site, app)!);
}

/** The call of a loader's function; undefined where it wants something else than the app. */
function callText({ app }: Job, { func, fn, call }: Site, name: string): string | undefined {
  if (childByField(fn, 'result')) return undefined;
  const { list } = handlerParameters(fn, call.facts);
  if (func.receiver)
    return func.receiver.type === app.type && list.length === 0
      ? `${name}.${func.name}()`
      : undefined;
  return list.length === 1 && list[0]!.type === `*${app.type}`
    ? `${func.name}(${name})`
    : undefined;
}
