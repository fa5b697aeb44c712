import { bodiesOf, handlersOf } from '../../chain/app/handler-code.ts';
import { readPermissions } from '../../chain/modules/permissions.ts';
import type { Rule } from '../rule.ts';

/**
 * Permissions of a module account that changed in the app only: the account in the state keeps the
 * old ones (incidents.md R20).
 */
export const moduleAccountPermissions: Rule = {
  name: 'module-account-permissions',
  severity: 'warning',
  summary: "a module account's permissions changed and no handler writes them",
  *check({ apps }) {
    for (const { repo, app, wiring, base, pending } of apps) {
      if (!base?.repo) continue;
      const before = readPermissions(base.repo, base.app.dir);
      const writes = handlersOf(repo, app, wiring)
        .filter(h => pending.includes(h.upgrade))
        .some(h =>
          bodiesOf(repo, h).some(({ facts, body }) =>
            /SetModuleAccount\(|\.Permissions\s*=|Permissions?\(/.test(
              facts.text.slice(body.start, body.end),
            ),
          ),
        );
      if (writes) continue;
      for (const [account, { permissions, location }] of readPermissions(repo, app.dir)) {
        const old = before.get(account);
        if (!old || old.permissions === permissions) continue;
        yield {
          location,
          message: `the permissions of the module account ${account} were ${shown(old.permissions)} in ${base.ref} and are ${shown(permissions)} now, but the account in the state keeps the old ones until a handler writes it; then sends, mints or burns fail: module account does not have permissions`,
        };
      }
    }
  },
};

function shown(permissions: string): string {
  return permissions === '' ? 'none' : permissions;
}
