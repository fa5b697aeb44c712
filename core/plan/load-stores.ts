import { aliasInUse, freeImport } from '../go/imports-in-use.ts';
import { quote } from '../go/syntax.ts';
import { importsOf } from '../go/facts.ts';
import { qualifierOf } from '../go/imports.ts';
import { dirname } from '../files.ts';
import { placeOf } from '../chain/place.ts';
import { createCondition, insertCondition } from '../wiring/condition.ts';
import { insertCase } from '../wiring/switch.ts';
import { storeUpgradesLiteral } from '../wiring/store-field.ts';
import type { Site } from '../wiring/style.ts';
import type { Job } from './job.ts';
import { changesStores, Refused } from './job.ts';
import { generationFacts } from './list-loader.ts';
import { loadsAfter, tooLate } from '../wiring/load-order.ts';
import { storeCode } from '../chain/store-code.ts';

/** How the wiring file spells the new plan's name, and the registration behind which new statements go. */
export interface LoadRequest {
  /** The constant as seen from the wiring's file; undefined for names written as literals. */
  readonly constant: string | undefined;
  readonly after: Site;
}

/** Has the new upgrade's stores loaded where handlers are registered one by one: S2, S3, or a first loader (S0). */
export function loadStores(job: Job, request: LoadRequest): void {
  if (!changesStores(job)) return;
  const { repo, app, wiring } = job;
  const switched = wiring.loadings.find(l => l.code === 'S2');
  const conditional = wiring.loadings.filter(l => l.code === 'S3').at(-1);
  const other = wiring.loadings.find(l => l.code !== 'S2' && l.code !== 'S3');
  const site = (switched ?? conditional)?.site ?? request.after;
  if (!switched && !conditional && other) {
    const place = placeOf(other.site.call.facts, other.site.call.node);
    throw new Refused(`stores are loaded in a way (${other.code}) that cannot be extended yet; add them by hand`, {
      file: place.file, line: place.line, snippet: storeUpgradesLiteral('storetypes.StoreUpgrades', storeCode(repo, app, job.stores, other.site.call.facts, true).text),
    });
  }
  const { facts } = site.call;
  const code = storeCode(repo, app, job.stores, facts, true);
  job.notes.push(...code.notes);
  for (const wanted of code.imports.values()) job.changes.import(facts.path, wanted);
  const generation = generationFacts(job);
  const importOf = (path: string, alias: string) => {
    const wanted = freeImport(repo, facts, aliasInUse(repo, app.dir, path) ?? { path, alias });
    return { wanted, name: qualifierOf(repo, dirname(facts.path), wanted) };
  };
  const literal = quote(job.name);
  if (switched && insertCase(job.changes, switched, { literal, constant: request.constant }, type => storeUpgradesLiteral(type, code.text))) return;
  const stores = importOf(typesInFile(site, /\/store(\/v2)?\/types$/) ?? generation.storeTypes, 'storetypes'), upgrade = importOf(generation.upgradeTypes, 'upgradetypes');
  job.changes.import(facts.path, stores.wanted);
  job.changes.import(facts.path, upgrade.wanted);
  const names = { name: request.constant ?? literal, stores: storeUpgradesLiteral(`${stores.name}.StoreUpgrades`, code.text).split('\n').join('\n\t').replace(/\n\t\n/g, '\n\n'), upgradetypes: upgrade.name };
  if (conditional) return insertCondition(job.changes, conditional, names);
  if (loadsAfter(repo, app, site)) {
    const place = placeOf(facts, site.call.node);
    throw new Refused(tooLate(site.func.name), { file: place.file, line: place.line });
  }
  const { dir, func } = site;
  createCondition(job.changes, { facts, func, dir }, site, names, freeImport(repo, facts, { path: 'fmt', alias: undefined }));
}

/** The store types' path as the file already imports it: vendored SDKs have their own. */
function typesInFile(site: Site, path: RegExp): string | undefined {
  return importsOf(site.call.facts).find(i => path.test(i.path))?.path;
}
