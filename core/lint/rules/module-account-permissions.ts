import { bodiesOf, handlersOf } from '../../chain/app/handler-code.ts';
import { readPermissions } from '../../chain/modules/permissions.ts';
import type { AppContext, Rule } from '../rule.ts';

/**
 * Permissions of a module account that changed in the app only: the account in the state keeps the
 * old ones (docs/background/incidents.md#module-account-permissions).
 */
export const moduleAccountPermissions: Rule = {
  name: 'module-account-permissions',
  severity: 'warning',
  summary: "a module account's permissions changed and no handler writes them",
  *check({ apps }) {
    for (const subject of apps) {
      const { repo, app, base } = subject;
      if (!base?.repo || writesPermissions(subject)) continue;
      const before = readPermissions(base.repo, base.app.dir);
      for (const [account, { permissions, location }] of readPermissions(repo, app.dir)) {
        const old = before.get(account);
        // What an account may do and is never asked for harms nothing.
        if (!old || !isMore(permissions, old.permissions)) continue;
        yield {
          location,
          message:
            `the permissions of the module account ${account} were ${shown(old.permissions)} ` +
            `in ${base.ref} and are ${shown(permissions)} now, but no handler writes them`,
          consequence:
            'the account in the state keeps the old ones; ' +
            'then sends, mints or burns fail: module account does not have permissions',
        };
      }
    }
  },
};

/** Whether the handler of a pending upgrade, or a function it calls, writes permissions. */
function writesPermissions({ repo, app, wiring, pending }: AppContext): boolean {
  return handlersOf(repo, app, wiring)
    .filter(({ upgrade }) => pending.includes(upgrade))
    .flatMap(handler => bodiesOf(repo, handler))
    .some(({ facts, body }) =>
      /SetModuleAccount\(|\.Permissions\s*=|Permissions?\(/.test(
        facts.text.slice(body.start, body.end),
      ),
    );
}

/** Whether there is a permission among those that was not there before. */
function isMore(now: string, before: string): boolean {
  const old = new Set(before.split(', '));
  return now.split(', ').some(permission => permission !== '' && !old.has(permission));
}

function shown(permissions: string): string {
  return permissions === '' ? 'none' : permissions;
}
