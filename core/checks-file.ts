/** The folder of the checks that a rehearsal makes, at the root. */
export const checksFolder = 'upgrades.checks';

/** Where the checks of a plan are kept. */
export function checksFile(plan: string): string {
  return `${checksFolder}/${encodeURIComponent(plan)}.json`;
}
