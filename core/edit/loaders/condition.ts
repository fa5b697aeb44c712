import { dirname } from '../../files.ts';
import { indentRest } from '../../go/edit/edit.ts';
import { qualifierOf } from '../../go/edit/imports.ts';
import { aliasInUse, freeImport } from '../../go/edit/imports-in-use.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { importsOf } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import { quote } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { loadsAfter, tooLate } from '../../wiring/loading/load-order.ts';
import { createCondition, insertCondition } from '../loader-condition.ts';
import { storeUpgradesLiteral } from '../write-store-upgrades.ts';
import { namesInReach } from './app-in-reach.ts';
import { loaderGeneration } from './loader-generation.ts';
import type { LoaderJob, LoaderPlace, LoaderWay } from './loader-way.ts';

/**
 * S3: one more `if` on the plan's name. S0: the first one, guarded, with the reading of
 * upgrade-info.json; also where a switch cannot be followed.
 */
export const byCondition: LoaderWay = {
  codes: ['S3', 'S0', 'S2'],
  follows: 'last',
  insert: insertOrCreate,
};

function insertOrCreate(job: LoaderJob, { loading, site, constant, code }: LoaderPlace): boolean {
  const { repo, app } = job;
  const { facts } = site.call;
  const generation = loaderGeneration(app);
  const importOf = (path: string, alias: string) => {
    const spec = freeImport(repo, facts, aliasInUse(repo, app.dir, path) ?? { path, alias });
    job.changes.import(facts.path, spec);
    return qualifierOf(repo, dirname(facts.path), spec);
  };
  for (const spec of code.imports.values()) job.changes.import(facts.path, spec);
  const storetypes = importOf(storeTypesIn(facts) ?? generation.storeTypes, 'storetypes');
  const stores = storeUpgradesLiteral(`${storetypes}.StoreUpgrades`, code.text);
  const names = {
    name: constant ?? quote(job.name),
    stores: indentRest(stores, '\t'),
    upgradetypes: importOf(generation.upgradeTypes, 'upgradetypes'),
  };
  if (loading?.code === 'S3') {
    insertCondition(job.changes, loading, names);
    return true;
  }
  if (loadsAfter(repo, app, site)) {
    const { file, line } = locationOf(facts, site.call.node);
    throw new Refusal(tooLate(site.func.name), { file, line });
  }
  createCondition(
    job.changes,
    { facts, func: site.func, dir: site.dir },
    site,
    { ...names, ...namesInReach(job, site) },
    freeImport(repo, facts, { path: 'fmt', alias: undefined }),
  );
  return true;
}

/** The store types' path as the file already imports it: vendored SDKs have their own. */
function storeTypesIn(facts: FileFacts): string | undefined {
  return importsOf(facts).find(i => /\/store(\/v2)?\/types$/.test(i.path))?.path;
}
