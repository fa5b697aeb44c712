import type { App, Upgrade } from '../../chain/chain.ts';
import { cosmovisorFolder } from '../../sdk/cosmovisor.ts';
import type { Rule } from '../rule.ts';
import { registrationsNotRead } from '../unread.ts';

/**
 * A pending plan name that differs from the folder in which cosmovisor looks for its binary
 * (docs/background/incidents.md#cosmovisor-unsafe-name, docs/background/sdk.md#cosmovisor-folders).
 */
export const cosmovisorUnsafeName: Rule = {
  name: 'cosmovisor-unsafe-name',
  severity: 'warning',
  summary: 'cosmovisor would look for a plan in a folder of a different name',
  notJudged: registrationsNotRead,
  *check({ apps }) {
    for (const { pending, app } of apps) {
      for (const { name, registered, location } of pending) {
        if (name === null || !registered) continue;
        const trouble = troubleWith(name);
        if (trouble === undefined || isUsual(app, pending, name, trouble)) continue;
        yield {
          location,
          message: `the plan name ${JSON.stringify(name)} ${trouble}`,
          consequence:
            `validators who create the folder upgrades/${name} will have no binary at the ` +
            `upgrade height: it has to be upgrades/${cosmovisorFolder(name)}`,
        };
      }
    }
  },
};

/** Whether an older plan of the chain has the same trouble: its validators know about it. */
function isUsual(app: App, pending: readonly Upgrade[], name: string, trouble: string): boolean {
  return app.upgrades.some(
    upgrade =>
      upgrade.name !== name &&
      upgrade.name !== null &&
      troubleWith(upgrade.name) === trouble &&
      !pending.includes(upgrade),
  );
}

function troubleWith(name: string): string | undefined {
  if (name !== name.trim()) return 'begins or ends with a blank';
  if (/[\s/%\\&?#]/.test(name))
    return 'contains a character that cosmovisor escapes in the folder name';
  if (/[^ -~]/.test(name))
    return 'contains non-ASCII characters, which cosmovisor escapes in the folder name';
  if (name.length > 64) return `has ${name.length} characters`;
  if (/[A-Z]/.test(name)) return 'has capital letters, which cosmovisor turns into lower case';
  return undefined;
}
