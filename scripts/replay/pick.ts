import type { Analysis } from '../../core/chain/analysis.ts';
import type { App, Chain, StoreUpgrades, Upgrade } from '../../core/chain/chain.ts';
import { dirname } from '../../core/files.ts';
import type { GoParser } from '../../core/go/syntax/parser.ts';
import { isWritable } from '../../core/plan/upgrade/upgrade-ways.ts';
import { findRelease } from '../../host/git/baseline.ts';
import { Commits } from './commit.ts';
import type { Step } from './history.ts';
import { stepsOf } from './history.ts';
import type { Found, Pick } from './table.ts';

/** How many upgrades are taken of each repository. */
const wanted = 2;
/** How far back is looked: commits of the main line that touch such code. */
const furthest = 200;

/**
 * The newest upgrades that were added one by one to the main line of a repository, and those that
 * were left out on the way to them.
 */
export async function pickUpgrades(
  name: string,
  repository: string,
  head: string,
  parser: GoParser,
): Promise<Found[]> {
  const commits = new Commits(repository, parser);
  const found: Found[] = [];
  for (const step of (await stepsOf(repository, head)).slice(0, furthest)) {
    const after = await commits.at(step.after);
    const before = await commits.at(step.before);
    const added = addedUpgrade(before.chain, after.chain);
    if (!added) continue;
    const leftOut = await reasonAgainst(step, before, after, added, repository, commits);
    found.push({ pick: pickOf(name, step, added), ...(leftOut === undefined ? {} : { leftOut }) });
    if (found.filter(one => one.leftOut === undefined).length === wanted) break;
  }
  return found;
}

interface Added {
  readonly then: App;
  readonly now: App;
  readonly upgrade: Upgrade;
}

/**
 * The one upgrade that is registered now and was not; undefined where there is none, or more than
 * one.
 */
function addedUpgrade(before: Chain, after: Chain): Added | undefined {
  for (const now of after.apps) {
    const then = before.apps.find(({ dir }) => dir === now.dir);
    if (!then) continue;
    const names = new Set(registered(then).map(({ name }) => name));
    const fresh = registered(now).filter(({ name }) => !names.has(name));
    if (new Set(fresh.map(({ name }) => name)).size === 1) return { then, now, upgrade: fresh[0]! };
  }
  return undefined;
}

/** Upgrades that are registered under a known name. */
function registered(app: App): Upgrade[] {
  return app.upgrades.filter(({ registered: is, name }) => is && name !== null);
}

/**
 * Why an upgrade tells nothing about New Upgrade: it followed no other, changed how upgrades are
 * registered, or only gave one another name.
 */
async function reasonAgainst(
  step: Step,
  before: Analysis,
  after: Analysis,
  { then, now, upgrade }: Added,
  repository: string,
  commits: Commits,
): Promise<string | undefined> {
  const earlier = registered(then);
  if (earlier.length === 0) return 'the first upgrade that is registered: there was none to follow';
  if (!then.registration.some(isWritable))
    return `New Upgrade does not write into ${then.registration.join(', ')}`;
  const begun = then.upgrades.find(({ registered: is, name }) => !is && name === upgrade.name);
  if (begun) return `an earlier commit had begun it (${begun.location.file})`;
  const codes = new Set(before.wiringOf(then).registrations.map(({ code }) => code));
  const code = after
    .wiringOf(now)
    .registrations.find(({ name }) => name.kind === 'known' && name.value === upgrade.name)?.code;
  if (code && !codes.has(code))
    return `the team changed from ${[...codes].join(', ')} to ${code} at the same time`;
  const gone = earlier.filter(({ name }) => !registered(now).some(other => other.name === name));
  if (gone.length !== 1 || registered(now).length !== earlier.length) return undefined;
  const release = await findRelease(repository, {
    head: step.before,
    appModDir: dirname(then.sdk.gomod),
  });
  if ('reason' in release) return undefined;
  const released = (await commits.at(release.commit)).chain.apps.some(app =>
    registered(app).some(({ name }) => name === gone[0]!.name),
  );
  return released
    ? undefined
    : `${gone[0]!.name} got another name before a release held it (${release.ref} does not)`;
}

function pickOf(repository: string, { before, after }: Step, { now, upgrade }: Added): Pick {
  const names = (entries: StoreUpgrades['added'] = []) =>
    entries.flatMap(({ name, const: written }) => written ?? name ?? []);
  const stores = upgrade.stores;
  return {
    repository,
    before,
    after,
    app: now.dir,
    name: upgrade.name!,
    added: names(stores?.added),
    deleted: names(stores?.deleted),
    renamed: (stores?.renamed ?? []).flatMap(({ from, to }) =>
      from.name && to.name ? [`${from.name}=${to.name}`] : [],
    ),
  };
}
