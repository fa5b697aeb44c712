import { cosmovisorFolder } from '../../sdk/cosmovisor.ts';
import type { Rule } from '../rule.ts';

/**
 * A pending plan name that cosmovisor's folder cannot bear as it is (incidents.md R21; sdk.md E).
 */
export const cosmovisorUnsafeName: Rule = {
  name: 'cosmovisor-unsafe-name',
  severity: 'warning',
  summary: 'a plan name that cosmovisor would look for under another folder',
  *check({ apps }) {
    for (const { pending, app } of apps) {
      for (const { name, registered, location } of pending) {
        if (name === null || !registered) continue;
        const why = trouble(name);
        if (
          why &&
          !app.upgrades.some(
            u =>
              u.name !== name && u.name !== null && trouble(u.name) === why && !pending.includes(u),
          )
        ) {
          yield {
            location,
            message: `the plan name ${JSON.stringify(name)} ${why}; validators who make the folder upgrades/${name} stand without a binary at the upgrade height: it has to be upgrades/${cosmovisorFolder(name)}`,
          };
        }
      }
    }
  },
};

function trouble(name: string): string | undefined {
  if (name !== name.trim()) return 'begins or ends with a blank';
  if (/[\s/%\\&?#]/.test(name))
    return 'holds a character that cosmovisor escapes in the folder name';
  // eslint-disable-next-line no-control-regex
  if (/[^\x20-\x7e]/.test(name))
    return 'holds characters other than ASCII, which cosmovisor escapes in the folder name';
  if (name.length > 64) return `has ${name.length} characters`;
  if (/[A-Z]/.test(name)) return 'has capitals, which cosmovisor turns into lower case';
  return undefined;
}
