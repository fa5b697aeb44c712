import { compareNames } from '../../chain/app/plan-names.ts';
import type { Upgrade } from '../../chain/chain.ts';
import { sameApp, storeId } from '../../chain/compare.ts';
import { storesBrought } from '../../chain/store-changes.ts';
import { dirname } from '../../files.ts';
import type { Registration } from '../../wiring/style.ts';
import { isPrerelease } from '../package/naming.ts';
import type { Job } from './job.ts';
import { nameOf } from './neighbour.ts';

/**
 * Whether a chain's newest upgrade takes the place of the one before: the one that is registered is
 * the only one, and packages of older ones are left that nothing registers. Not so where the last
 * release does not have the registered one: it is still to come.
 */
export function takesTurns(job: Job, neighbour: Registration): boolean {
  if (job.wiring.registrations.length !== 1 || isToCome(job, neighbour)) return false;
  return leftBehind(job).some(
    u => u.package !== neighbour.package && (compareNames(u.name!, nameOf(neighbour)) ?? 0) < 0,
  );
}

/**
 * Whether an upgrade is still to come, for the last release does not have it; false where there is
 * no release to compare with.
 */
export function isToCome(job: Job, registration: Registration): boolean {
  return isUnreleased(job, nameOf(registration));
}

function isUnreleased(job: Job, name: string): boolean {
  const released = releasedUpgrades(job);
  return released !== undefined && !released.some(upgrade => upgrade.name === name);
}

/** Whether the last release registers an upgrade other than this one. */
export function releasedOthers(job: Job, registration: Registration): boolean {
  return releasedUpgrades(job)?.some(u => u.name !== nameOf(registration)) ?? false;
}

/** The upgrades that the last release registers; undefined where there is none to compare with. */
function releasedUpgrades({ app, base }: Job): readonly Upgrade[] | undefined {
  return sameApp(base, app)?.upgrades.filter(u => u.registered);
}

/**
 * Whether older upgrades were taken out of a list: their folders are left, or the last release
 * listed another one.
 */
export function keepsOnlyNewest(job: Job, neighbour: Registration): boolean {
  const isLeft = job.app.upgrades.some(u => !u.registered && u.package !== neighbour.package);
  return isLeft || releasedOthers(job, neighbour);
}

/**
 * The note where an upgrade that may be still to come is rewritten; `canConvert`: the chain can keep
 * both.
 */
export function lossNote(job: Job, name: string, canConvert: boolean): string[] {
  const both = canConvert ? ' With --convert the chain keeps both.' : '';
  if (isUnreleased(job, name))
    return [
      `The last release does not have ${name}: where a network has yet to run it, ` +
        `it is lost by this.${both}`,
    ];
  const { stores } = job.app.upgrades.find(upgrade => upgrade.name === name) ?? {};
  const kept = storesBrought(job.stores);
  const lost = storesBrought(stores)
    .map(storeId)
    .filter(id => !kept.some(({ name: other }) => other === id));
  if (releasedUpgrades(job) !== undefined || lost.length === 0) return [];
  return [
    `There is no release to compare with: where a network has yet to run ${name}, its stores ` +
      `(${lost.join(', ')}) have to be given again, with --added or --renamed.${both}`,
  ];
}

/** Upgrades whose packages are left though nothing registers them any more. */
function leftBehind({ app }: Job): Upgrade[] {
  return app.upgrades.filter(u => !u.registered && u.name !== null && u.package !== app.dir);
}

/**
 * The folder that holds packages of the new upgrade's kind, where it is not the neighbour's:
 * chains that register a candidate and its release by turns keep the candidates' packages apart,
 * and only what is left of them says where.
 */
export function folderOfKind(job: Job, neighbour: Registration): string | undefined {
  const early = isPrerelease(job.name);
  if (isPrerelease(nameOf(neighbour)) === early) return undefined;
  const [newest] = leftBehind(job)
    .filter(u => isPrerelease(u.name!) === early)
    .sort((a, b) => compareNames(b.name!, a.name!) ?? 0);
  return newest && dirname(newest.package);
}
