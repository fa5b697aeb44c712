import type { Registration } from '../../wiring/style.ts';
import { compareNames, isPrerelease } from '../package/naming.ts';

/** The plan name of a registration, where it is known. */
export function nameOf(registration: Registration): string {
  return registration.name.kind === 'known' ? registration.name.value : '';
}

/**
 * Registrations from newest to oldest: by version, test networks' and candidates last (first, where
 * the new name is one itself); where names are no versions, by their order in the code.
 */
export function newestFirst(registrations: readonly Registration[], name = ''): Registration[] {
  const known = registrations
    .map((registration, index) => ({ registration, index, plan: nameOf(registration) }))
    .filter(({ registration }) => registration.name.kind === 'known');
  known.sort((a, b) => {
    const early = Number(isPrerelease(a.plan)) - Number(isPrerelease(b.plan));
    // A candidate's neighbours are the candidates.
    if (early !== 0) return isPrerelease(name) ? -early : early;
    return compareNames(b.plan, a.plan) || b.index - a.index;
  });
  return known.map(({ registration }) => registration);
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
