import { siteInReach } from '../../edit/loaders/app-in-reach.ts';
import { byCondition } from '../../edit/loaders/condition.ts';
import { byCopiedCondition } from '../../edit/loaders/copied-condition.ts';
import { loaderToFollow } from '../../edit/loaders/loader-way.ts';
import { bySwitch } from '../../edit/loaders/switch.ts';
import { storeCode } from '../../edit/store-code.ts';
import { storeUpgradesLiteral } from '../../edit/write-store-upgrades.ts';
import { dirname } from '../../files.ts';
import { freeImport } from '../../go/edit/imports-in-use.ts';
import { locationOf } from '../../go/source/location.ts';
import { Refusal } from '../../refusal.ts';
import type { Site, StoreLoading } from '../../wiring/style.ts';
import { byFactory } from '../loaders/factory.ts';
import type { LoadRequest, StoreWay } from '../loaders/store-way.ts';
import { callLoader, uncalledLoadings } from '../loaders/uncalled.ts';
import { importCalled } from '../package/import-like.ts';
import { importPathOf } from '../package/import-path.ts';
import { needsAlias } from '../package/package-name.ts';
import type { Job } from './job.ts';
import { changesStores } from './job.ts';

/**
 * The ways of loading stores that are written into, the preferred one first; the last also serves
 * chains that load none yet.
 */
const storeWays: readonly StoreWay[] = [bySwitch, byFactory, byCopiedCondition, byCondition];

/** Has the new upgrade's stores loaded where handlers are registered one by one. */
export function loadStores(job: Job, request: LoadRequest): void {
  if (!changesStores(job)) return;
  const { repo, app, wiring } = job;
  // A loader that waits for its first store is called, and written into.
  const uncalled = wiring.loadings.length === 0 ? uncalledLoadings(job, request.after) : [];
  for (const way of storeWays) {
    const followed = loaderToFollow(way, wiring.loadings, uncalled);
    if (!followed) continue;
    const { loading } = followed;
    const site = loading?.site ?? siteInReach(job, request.after);
    const code = storeCode(repo, app, job.stores, site.call.facts, true);
    const constant = nameIn(job, request, site);
    if (!way.insert(job, { ...request, constant, loading, site, code })) continue;
    if (loading && uncalled.includes(loading)) callLoader(job, request.after, loading);
    job.notes.push(...code.notes);
    return;
  }
  refuseLoading(job, wiring.loadings[0]!);
}

/**
 * The plan's name as the loader's file has it: where that is another one than the registration's,
 * it imports the upgrade's package too.
 */
function nameIn(
  { repo, changes }: Job,
  { constant, after, made }: LoadRequest,
  { call: { facts } }: Site,
): string | undefined {
  if (!constant || !made) return constant;
  const { target, qualifier } = made;
  const registering = after.call.facts;
  const named = constant.split('.')[0]!;
  if (facts.path === registering.path || dirname(facts.path) === target.dir) return constant;
  // A constant of another package than the upgrade's is imported as where it is registered.
  const imported = named === qualifier ? undefined : importCalled(repo, registering, named);
  const alias = needsAlias({ dir: target.dir, name: qualifier });
  const wanted = imported ?? { path: importPathOf(repo, target.dir), alias };
  const spec = freeImport(repo, facts, { path: wanted.path, alias: wanted.alias });
  changes.import(facts.path, spec);
  return constant.replace(/^\w+/, spec.alias ?? named);
}

function refuseLoading({ repo, app, stores }: Job, { code, site }: StoreLoading): never {
  const { file, line } = locationOf(site.call.facts, site.call.node);
  const { text } = storeCode(repo, app, stores, site.call.facts, true);
  throw new Refusal(
    `stores are loaded in a way (${code}) that cannot be extended yet; add them by hand`,
    { file, line, snippet: storeUpgradesLiteral('storetypes.StoreUpgrades', text) },
  );
}
