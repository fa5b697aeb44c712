import { compareNames } from '../../chain/app/plan-names.ts';
import type { Upgrade } from '../../chain/chain.ts';
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
 * no release to tell by.
 */
export function isToCome({ app, base }: Job, registration: Registration): boolean {
  return (
    base?.apps
      .find(a => a.dir === app.dir)
      ?.upgrades.some(u => u.registered && u.name === nameOf(registration)) === false
  );
}

/** What is told where an upgrade that is still to come is rewritten. */
export function lossNote(job: Job, old: Registration): string[] {
  const name = nameOf(old);
  return isToCome(job, old)
    ? [
        `The last release does not have ${name}: where a network has yet to run it, it is lost by this. With --convert the chain keeps both.`,
      ]
    : [];
}

/** Packages of upgrades that are registered no more. */
function leftBehind({ app }: Job): Upgrade[] {
  return app.upgrades.filter(u => !u.registered && u.name !== null && u.package !== app.dir);
}

/**
 * The folder in which packages of the new upgrade's kind stand, where it is not the neighbour's:
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
