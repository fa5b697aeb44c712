import type { Upgrade } from '../chain/chain.ts';
import { siteInReach } from '../edit/loaders/app-in-reach.ts';
import { byCondition } from '../edit/loaders/condition.ts';
import { byCopiedCondition } from '../edit/loaders/copied-condition.ts';
import type { LoaderWay } from '../edit/loaders/loader-way.ts';
import { loaderToFollow } from '../edit/loaders/loader-way.ts';
import { bySwitch } from '../edit/loaders/switch.ts';
import type { StoreChoices } from '../edit/store-code.ts';
import { storeCode } from '../edit/store-code.ts';
import { dirname } from '../files.ts';
import { EditBatch } from '../go/edit/edit-batch.ts';
import { qualifierOf } from '../go/edit/imports.ts';
import { aliasInUse, freeImport } from '../go/edit/imports-in-use.ts';
import type { FileFacts } from '../go/source/facts.ts';
import { Refusal } from '../refusal.ts';
import { importClosure, sitesOf } from '../wiring/call-sites.ts';
import type { AppContext, SuggestedFix } from './rule.ts';

const ways: readonly LoaderWay[] = [bySwitch, byCopiedCondition, byCondition];

/**
 * Writes the loader of an upgrade that loads no stores yet, where handlers are registered one by
 * one; nothing where the chain loads stores in a way that is not written into.
 */
export function newLoaderFix(
  subject: AppContext,
  upgrade: Upgrade,
  stores: StoreChoices,
  title: string,
  preferred: boolean,
): SuggestedFix[] {
  if (upgrade.name === null || upgrade.loader || upgrade.storesUnread) return [];
  if (loaderIsUncalled(subject)) return [];
  const edit = (changes: EditBatch) => writeLoader(subject, upgrade, stores, changes);
  // Tried first: not every chain has a place for a loader.
  if (!isWritten(() => edit(new EditBatch(subject.repo)))) return [];
  return [
    {
      title,
      preferred,
      edit(changes) {
        edit(changes);
      },
    },
  ];
}

/** A loader that nothing calls waits for its first store: it is called by hand, not written anew. */
function loaderIsUncalled({ repo, app, wiring }: AppContext): boolean {
  if (wiring.loadings.length > 0) return false;
  const source = { repo, dir: app.dir, type: app.type };
  const sites = sitesOf(source, importClosure(repo, app.dir), 'SetStoreLoader', 1);
  return sites.some(site => !site.reachable);
}

function isWritten(write: () => boolean): boolean {
  try {
    return write();
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** Gives false where no way fits. Throws `Refusal` where the one that does cannot be followed. */
function writeLoader(
  { repo, app, wiring }: AppContext,
  upgrade: Upgrade,
  stores: StoreChoices,
  changes: EditBatch,
): boolean {
  const registration = wiring.registrations[app.upgrades.indexOf(upgrade)];
  // The stores of a list's upgrades stand in its elements.
  if (!registration || registration.list) return false;
  const job = { repo, app, wiring, name: upgrade.name!, changes };
  return ways.some(way => {
    const followed = loaderToFollow(way, wiring.loadings);
    if (!followed) return false;
    const loading = followed === 'first' ? undefined : followed;
    const site = loading?.site ?? siteInReach(job, registration.site);
    const { facts } = site.call;
    const code = storeCode(repo, app, stores, facts, true);
    const constant = nameConstant(job, facts, upgrade.const);
    return way.insert(job, { constant, loading, site, code });
  });
}

/** The constant of a plan's name as a file sees it; undefined where it cannot be seen there. */
function nameConstant(
  { repo, app, changes }: Pick<AppContext, 'repo' | 'app'> & { readonly changes: EditBatch },
  facts: FileFacts,
  constant: string | undefined,
): string | undefined {
  if (constant === undefined) return undefined;
  const dot = constant.lastIndexOf('.');
  const [path, ident] = [constant.slice(0, dot), constant.slice(dot + 1)];
  const dir = dirname(facts.path);
  if (repo.importPath(dir) === path) return ident;
  if (!/^\p{Lu}/u.test(ident)) return undefined;
  const spec = freeImport(
    repo,
    facts,
    aliasInUse(repo, app.dir, path) ?? { path, alias: undefined },
  );
  changes.import(facts.path, spec);
  return `${qualifierOf(repo, dir, spec)}.${ident}`;
}
