import { numberingRestart } from '../../chain/app/plan-names.ts';
import type { Registration } from '../../wiring/style.ts';
import { compareNames, isPrerelease } from '../package/naming.ts';

/** The plan name of a registration, where it is known. */
export function nameOf(registration: Registration): string {
  return registration.name.kind === 'known' ? registration.name.value : '';
}

/**
 * Registrations from newest to oldest: by version, test networks' and candidates last (first, where
 * the new name is one itself); where names are no versions, by their order in the code. Where the
 * numbering began anew, what counts anew is newer than all before it.
 */
export function newestFirst(registrations: readonly Registration[], name = ''): Registration[] {
  const known = registrations
    .map((registration, index) => ({ registration, index, plan: nameOf(registration) }))
    .filter(({ registration }) => registration.name.kind === 'known');
  const anew = countedAnew(registrations, name);
  known.sort((a, b) => {
    const early = Number(isPrerelease(a.plan)) - Number(isPrerelease(b.plan));
    // A candidate's neighbours are the candidates.
    if (early !== 0) return isPrerelease(name) ? -early : early;
    const again = Number(anew.has(b.registration)) - Number(anew.has(a.registration));
    if (again !== 0) return again;
    return compareNames(b.plan, a.plan) || b.index - a.index;
  });
  return known.map(({ registration }) => registration);
}

/** The registrations behind which a numbering began anew, those included. */
function countedAnew(
  registrations: readonly Registration[],
  name: string,
): ReadonlySet<Registration> {
  const released = registrations.filter(one => nameOf(one) !== '' && !isPrerelease(nameOf(one)));
  const ordered = isDescending(released) ? released.toReversed() : released;
  const restart = numberingRestart(ordered.map(nameOf), name);
  return new Set(restart === 0 ? [] : ordered.slice(restart));
}

/** The registration that comes last in the function in which a neighbour is registered. */
export function lastInFunction(
  registrations: readonly Registration[],
  neighbour: Registration,
): Registration {
  return registrations
    .filter(r => r.site.fn === neighbour.site.fn)
    .sort((a, b) => b.site.call.node.start - a.site.call.node.start)[0]!;
}

/** Whether a list runs from the newest upgrade down. */
export function isDescending(registrations: readonly Registration[]): boolean {
  const names = registrations.map(nameOf);
  const steps = names.slice(1).map((name, i) => compareNames(names[i]!, name) ?? 0);
  const down = steps.filter(step => step > 0).length;
  const up = steps.filter(step => step < 0).length;
  return down > up;
}
