import type { Upgrade } from '../chain/chain.ts';
import { siteInReach } from '../edit/loaders/app-in-reach.ts';
import { byCondition } from '../edit/loaders/condition.ts';
import { byCopiedCondition } from '../edit/loaders/copied-condition.ts';
import type { LoaderJob, LoaderWay } from '../edit/loaders/loader-way.ts';
import { loaderToFollow } from '../edit/loaders/loader-way.ts';
import { bySwitch } from '../edit/loaders/switch.ts';
import type { StoreChoices } from '../edit/store-code.ts';
import { storeCode } from '../edit/store-code.ts';
import { dirname } from '../files.ts';
import { EditBatch } from '../go/edit/edit-batch.ts';
import { qualifierOf } from '../go/edit/imports.ts';
import { aliasInUse, freeImport } from '../go/edit/imports-in-use.ts';
import { localDefinition } from '../go/eval/scope.ts';
import { childByField, enclosingFunction, findAll, namedChildren } from '../go/syntax/syntax.ts';
import { Refusal } from '../refusal.ts';
import { importClosure, sitesOf } from '../wiring/call-sites.ts';
import type { Registration, Site, StoreLoading } from '../wiring/style.ts';
import type { AppContext, SuggestedFix } from './rule.ts';

const ways: readonly LoaderWay[] = [bySwitch, byCopiedCondition, byCondition];

/**
 * Writes the loader of an upgrade that loads no stores yet, where handlers are registered one by
 * one; nothing where the chain loads stores in a way that is not written into. A first loader, which
 * follows no other, is never preferred.
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
      preferred: preferred && loadingsFor(subject, upgrade).length > 0,
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

/** Registered upgrades come first, in the order of their registrations. */
function registrationOf({ app, wiring }: AppContext, upgrade: Upgrade): Registration | undefined {
  return wiring.registrations[app.upgrades.indexOf(upgrade)];
}

/** The loaders that may serve an upgrade: the app's, and that of its own registration. */
function loadingsFor(subject: AppContext, upgrade: Upgrade): StoreLoading[] {
  const { app, wiring } = subject;
  const own = registrationOf(subject, upgrade)?.site.dir;
  const others = new Set(
    wiring.registrations.map(({ package: dir }) => dir).filter(dir => dir !== app.dir),
  );
  return wiring.loadings.filter(({ site: { dir } }) => dir === own || !others.has(dir));
}

/** Whether a first loader at the end of a function is reached wherever its registration is. */
function endIsReached({ fn, call: { facts } }: Site): boolean {
  const body = childByField(fn, 'body');
  const isOneLine = !body || !facts.text.slice(body.start, body.end).includes('\n');
  const last = namedChildren(body).at(-1);
  const returns = findAll(body, 'return_statement').filter(
    one => one !== last && enclosingFunction(one) === fn,
  );
  return !isOneLine && returns.length === 0;
}

/** Gives false where no way fits. Throws `Refusal` where the one that does cannot be followed. */
function writeLoader(
  subject: AppContext,
  upgrade: Upgrade,
  stores: StoreChoices,
  changes: EditBatch,
): boolean {
  const { repo, app, wiring } = subject;
  const registration = registrationOf(subject, upgrade);
  // The stores of a list's upgrades stand in its elements.
  if (!registration || registration.list) return false;
  const job = { repo, app, wiring, name: upgrade.name!, changes };
  const loadings = loadingsFor(subject, upgrade);
  return ways.some(way => {
    const followed = loaderToFollow(way, loadings);
    if (!followed) return false;
    const { loading } = followed;
    const site = loading?.site ?? siteInReach(job, registration.site);
    if (!loading && !endIsReached(site)) return false;
    const code = storeCode(repo, app, stores, site.call.facts, true);
    const constant = nameConstant(job, site, upgrade.const);
    return way.insert(job, { constant, loading, site, code });
  });
}

/**
 * The constant of a plan's name as a loader sees it; undefined where it cannot be seen there, or not
 * be imported without a circle.
 */
function nameConstant(
  { repo, app, changes }: LoaderJob,
  { call: { facts, node } }: Site,
  constant: string | undefined,
): string | undefined {
  if (constant === undefined) return undefined;
  const isHidden = (name: string) => localDefinition(node, name, facts.text) !== undefined;
  const dot = constant.lastIndexOf('.');
  const [path, ident] = [constant.slice(0, dot), constant.slice(dot + 1)];
  const dir = dirname(facts.path);
  if (repo.importPath(dir) === path) return isHidden(ident) ? undefined : ident;
  if (!/^\p{Lu}/u.test(ident)) return undefined;
  const spec = freeImport(
    repo,
    facts,
    aliasInUse(repo, app.dir, path) ?? { path, alias: undefined },
  );
  const qualifier = qualifierOf(repo, dir, spec);
  const from = repo.dirOf(path);
  const isCircle = from !== undefined && repo.layout.closure(from).has(dir);
  if (isHidden(qualifier) || isCircle) return undefined;
  changes.import(facts.path, spec);
  return `${qualifier}.${ident}`;
}
