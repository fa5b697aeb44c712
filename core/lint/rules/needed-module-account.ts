import { appFolders } from '../../chain/app/app-code.ts';
import type { App, Unknown } from '../../chain/chain.ts';
import { sameStoreId, storeId } from '../../chain/compare.ts';
import type { Permissions } from '../../chain/modules/permissions.ts';
import { readPermissions } from '../../chain/modules/permissions.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { generationIsBefore } from '../../sdk/generations.ts';
import type { NeededAccount } from '../../sdk/releases.ts';
import { neededAccounts } from '../../sdk/releases.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { accountsNotRead, sdkNotRead, unjudgedFor } from '../unread.ts';

/**
 * A module account that a keeper of this SDK looks for when it is made is not among the app's
 * (docs/background/sdk.md#module-accounts-that-keepers-need).
 */
export const neededModuleAccount: Rule = {
  name: 'needed-module-account',
  severity: 'error',
  summary: 'a module account is missing without which a keeper of this SDK panics',
  nodeSays: [
    {
      words: { pattern: /(\S+) module account has not been set/i },
      repair: "give $1 to the account keeper, in the app's module account permissions",
    },
  ],
  notJudged: subject =>
    neededIn(subject.app).length === 0
      ? sdkNotRead(subject)
      : [...accountsNotRead(subject), ...accountsNotFound(subject)],
  *check({ apps }) {
    for (const subject of apps) yield* inApp(subject);
  },
};

function* inApp({ repo, app }: AppContext): Iterable<Finding> {
  const { accounts, unread } = readPermissions(repo, app.dir);
  for (const needed of neededIn(app)) {
    const entry = entryOf(accounts, needed);
    const last = [...accounts.values()].at(-1);
    // Accounts may be entered elsewhere, or come from a function or a configuration.
    if (!entry && last && unread.length === 0 && !isSpokenOf(repo, app, needed))
      yield missing(needed, last);
    if (entry?.permissions && !entry.permissions.includes(needed.permission))
      yield withoutPermission(needed, entry);
  }
}

/** The accounts that the app's SDK asks for, as far as its stores say. */
function neededIn({ sdk: { generation }, stores }: App): readonly NeededAccount[] {
  if (generation === null) return [];
  return neededAccounts.filter(
    needed =>
      !generationIsBefore(generation, needed.since) &&
      stores.some(store => sameStoreId(storeId(store), needed.store)),
  );
}

/** Where no accounts are read at all, they may be in a function or a configuration. */
function accountsNotFound({ repo, app }: AppContext): readonly Unknown[] {
  const [first] = app.stores;
  if (!first || readPermissions(repo, app.dir).accounts.size > 0) return [];
  return unjudgedFor('accounts', [
    { location: first.location, why: 'no map of their permissions is found' },
  ]);
}

function entryOf(
  permissions: ReadonlyMap<string, Permissions>,
  { account, constant }: NeededAccount,
): Permissions | undefined {
  const found = [...permissions].find(
    ([name]) => name === account || name.replace(/^.*\./, '') === constant,
  );
  return found?.[1];
}

/** Whether the app's code names the account in any way, comments aside. */
function isSpokenOf(repo: Repo, app: App, { account, constant }: NeededAccount): boolean {
  const names = new RegExp(String.raw`^(?:(?!//).)*\b(?:${account}|${constant})\b`, 'm');
  return appFolders(repo, app.dir).some(dir => repo.filesOf(dir, names).length > 0);
}

function missing({ account, store, since }: NeededAccount, { location }: Permissions): Finding {
  return {
    location,
    message:
      `the module account ${account} is missing, which the keeper of x/${store} needs ` +
      `from SDK ${since} on`,
    consequence: `the app panics when it is made: ${account} module account has not been set`,
  };
}

function withoutPermission(
  { account, permission, store }: NeededAccount,
  { location }: Permissions,
): Finding {
  return {
    location,
    severity: 'warning',
    message: `the module account ${account} of x/${store} is not a ${permission}`,
    consequence: `what x/${store} does with it panics: module account ${account} does not have permissions`,
  };
}
