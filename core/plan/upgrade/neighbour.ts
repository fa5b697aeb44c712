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
  const known = registrations.map((r, i) => ({ r, i })).filter(({ r }) => r.name.kind === 'known');
  return known
    .sort((a, b) => {
      const early = Number(isPrerelease(nameOf(a.r))) - Number(isPrerelease(nameOf(b.r)));
      // A candidate's neighbours are the candidates.
      if (early !== 0) return isPrerelease(name) ? -early : early;
      const order = compareNames(nameOf(b.r), nameOf(a.r));
      return order || b.i - a.i;
    })
    .map(({ r }) => r);
}

/** Whether a list runs from the newest upgrade down. */
export function isDescending(registrations: readonly Registration[]): boolean {
  const names = registrations.map(nameOf);
  let down = 0;
  let up = 0;
  for (let i = 1; i < names.length; i++) {
    const d = compareNames(names[i - 1]!, names[i]!);
    if (d !== undefined && d > 0) down++;
    if (d !== undefined && d < 0) up++;
  }
  return down > up;
}
