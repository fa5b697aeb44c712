import { bodiesOf, handlersOf } from '../../chain/app/handler-code.ts';
import { permissionsWrittenAnew, readPermissions } from '../../chain/modules/permissions.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { accountsNotRead, handlersAreRead, handlersNotRead } from '../unread.ts';

/**
 * Permissions of a module account that changed in the app only: the account in the state keeps the
 * old ones (docs/background/incidents.md#module-account-permissions).
 */
export const moduleAccountPermissions: Rule = {
  name: 'module-account-permissions',
  severity: 'warning',
  summary: "a module account's permissions changed and no handler writes them",
  notJudged: subject => {
    if (!subject.base?.repo) return [];
    const isChanged = [...changesOf(subject)].length > 0;
    return [...accountsNotRead(subject), ...(isChanged ? handlersNotRead(subject) : [])];
  },
  *check({ apps }) {
    for (const subject of apps) {
      if (!handlersAreRead(subject) || writesPermissions(subject)) continue;
      yield* changesOf(subject);
    }
  },
};

/** The accounts that have a permission which they had not in the last release. */
function* changesOf({ repo, app, base }: AppContext): Iterable<Finding> {
  if (!base?.repo) return;
  const before = readPermissions(base.repo, base.app.dir).accounts;
  const changed = permissionsWrittenAnew(repo, app.dir, { repo: base.repo, appDir: base.app.dir });
  for (const [account, { permissions, location }] of changed) {
    const old = before.get(account)?.permissions;
    // What an account may do and is never asked for harms nothing.
    if (!permissions || !old || !isMore(permissions, old)) continue;
    yield {
      location,
      message:
        `the permissions of the module account ${account} were ${shown(old)} ` +
        `in ${base.ref} and are ${shown(permissions)} now, but no handler writes them`,
      consequence:
        'the account in the state keeps the old ones; ' +
        'then sends, mints or burns fail: module account does not have permissions',
    };
  }
}

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
function isMore(now: readonly string[], before: readonly string[]): boolean {
  return now.some(permission => !before.includes(permission));
}

function shown(permissions: readonly string[]): string {
  return permissions.length === 0 ? 'none' : permissions.join(', ');
}
