import type { App, Store, Unknown } from '../../chain/chain.ts';
import { mayBeSame, sameApp, sameModule, sameStore, storeId } from '../../chain/compare.ts';
import type { Dependency } from '../../chain/sdk/dependency.ts';
import { compareVersions, dependencyOf } from '../../chain/sdk/dependency.ts';
import { saysTheSame } from '../../go/repo/changed-packages.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import { Refusal } from '../../refusal.ts';
import type { WatchedModule } from '../../sdk/releases.ts';
import { stateBreakingReleases, watchedModules } from '../../sdk/releases.ts';
import type { PlanInput } from '../plan-input.ts';
import type { ChangedCode } from './changed-code.ts';
import { registeredNames } from './wanted-plan.ts';

/** Why a release breaks nothing, one line each. Throws `Refusal` where it may break something. */
export function noBreakReasons(input: PlanInput, old: Repo, changed: ChangedCode): string[] {
  const { app, base } = input;
  const before = sameApp(base!.chain, app);
  if (!before) throw new Refusal(`${base!.ref} has no app in ${app.dir || 'the root folder'}`);
  return [
    handlersReason(before, input),
    storesReason(before, app),
    modulesReason(input, old, changed),
    ...dependencyReasons(input, before, old),
  ];
}

const breaks = (what: string) =>
  new Refusal(`this release breaks something: ${what}; it needs an upgrade by vote`);
const placeOf = ({ location: { file, line }, why }: Unknown) => `${why} (${file}:${line})`;
const unsure = (what: string) =>
  new Refusal(`it is not known whether this release breaks something: ${what}`);

function handlersReason(before: App, { app: now, analysis }: PlanInput): string {
  const [unread] = analysis.wiringOf(now).unread;
  if (unread) {
    const location = locationOf(unread.expr.facts, unread.expr.node);
    throw unsure(`not all upgrades are read: ${placeOf({ ...unread, location })}`);
  }
  const registered = [before, now].flatMap(({ upgrades }) =>
    upgrades.filter(one => one.registered),
  );
  if (registered.some(({ name }) => name === null))
    throw unsure('the name of an upgrade is computed');
  const [old, own] = [registeredNames(before), registeredNames(now)];
  const [added] = own.filter(name => !old.includes(name));
  if (added !== undefined) throw breaks(`it registers the upgrade ${added}`);
  const [gone] = old.filter(name => !own.includes(name));
  if (gone !== undefined && gone === old.at(-1))
    throw breaks(`it no longer registers the last upgrade, ${gone}`);
  return `No other upgrade is registered than before (${own.length}).`;
}

function storesReason(before: App, now: App): string {
  const [unread] = [...before.storesUnread, ...now.storesUnread];
  if (unread) throw unsure(`not all stores are read: ${placeOf(unread)}`);
  const missing = (from: App, to: App) =>
    from.stores.find(store => !to.stores.some(one => isSame(one, store)));
  const [added, gone] = [missing(now, before), missing(before, now)];
  if ([...before.stores, ...now.stores].some(store => storeId(store) === undefined))
    throw unsure('the name of a store cannot be read');
  if (added && gone && mayBeSame(added, gone))
    throw unsure(`whether the stores ${shown(gone)} and ${shown(added)} are one`);
  if (added) throw breaks(`it mounts the store ${shown(added)}`);
  if (gone) throw breaks(`it no longer mounts the store ${shown(gone)}`);
  return `The mounted stores are the same (${now.stores.length}).`;
}

/** Whether two stores are one, by their names or, where these are elsewhere, by their constant. */
function isSame(a: Store, b: Store): boolean {
  const areOne = a.name === null && b.name === null ? a.const === b.const : sameStore(a, b);
  return a.kind === b.kind && areOne;
}

function shown(store: Store): string {
  return `${store.kind} ${storeId(store) ?? 'of an unknown name'}`;
}

function modulesReason({ analysis, base }: PlanInput, repo: Repo, changed: ChangedCode): string {
  const [old, own] = [base!.chain.modules, analysis.chain.modules];
  for (const module of own) {
    const then = sameModule(old, module);
    if (!then) throw breaks(`the module ${module.name} is new`);
    const [from, to] = [then.consensusVersion, module.consensusVersion];
    const isUntouched = then.dir === module.dir && saysTheSame(analysis.repo, repo, [module.dir]);
    // A version that is not read comes from a dependency.
    const isKept = isUntouched && changed.dependencies.length === 0;
    if (isKept) continue;
    if (from === null || to === null)
      throw unsure(`the ConsensusVersion of ${module.name} cannot be read`);
    if (from !== to) throw breaks(`${module.name} goes from version ${from} to ${to}`);
  }
  const gone = old.find(module => !sameModule(own, module));
  if (gone) throw breaks(`the module ${gone.name} is gone`);
  return `The repository's own modules have the same ConsensusVersions (${own.length}).`;
}

/** The releases of the SDK and of what is built beside it. */
function dependencyReasons({ analysis, app }: PlanInput, before: App, old: Repo): string[] {
  return watchedModules.flatMap(({ name, path }) => {
    const now = dependencyOf(analysis.repo, app.dir, path);
    const then = dependencyOf(old, before.dir, path);
    if (!now && !then) return [];
    if (!now || !then) throw breaks(`${name} was ${now ? 'added' : 'removed'}`);
    if (now.version === then.version) return [`${name} is ${now.version}, as it was.`];
    return [patchReason({ name, path }, then, now)];
  });
}

/** Another release of the same series. */
function patchReason({ name, path }: WatchedModule, then: Dependency, now: Dependency): string {
  const change = `${name} goes from ${then.version} to ${now.version}`;
  const [from, to] = [then.numbers, now.numbers];
  if (!from || !to) throw unsure(`${change}, which are not compared`);
  if (from[0] !== to[0] || (to[0] === 0 && from[1] !== to[1])) throw breaks(change);
  if (from[1] !== to[1]) throw unsure(`${change}, a minor release, which may change state`);
  const broken = stateBreakingReleases.find(
    release =>
      release.path === path &&
      release.version[0] === to[0] &&
      release.version[1] === to[1] &&
      compareVersions(from, release.version) < 0 !== compareVersions(to, release.version) < 0,
  );
  if (compareVersions(from, to) === 0) throw unsure(`${change}, which are not compared`);
  if (broken) throw breaks(`${name} goes to ${now.version}, which changes ${broken.changes}`);
  return `${change}, a patch of the same series.`;
}
