import type { Handler } from '../../chain/app/handler-code.ts';
import { bodiesOf, handlersOf, wordsIn } from '../../chain/app/handler-code.ts';
import type { Upgrade } from '../../chain/chain.ts';
import { kvStores, mayBeSame } from '../../chain/compare.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { RemovedModule } from '../../sdk/releases.ts';
import { removedModules } from '../../sdk/releases.ts';
import { takenBy } from '../pending-stores.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { handlersAreRead, handlersNotRead, mountsNotCompared, storesAreKnown } from '../unread.ts';
import { labelOf } from '../wording.ts';

/**
 * A module that holds funds is taken out, and no pending handler moves them
 * (docs/background/incidents.md#funds-of-removed-modules).
 */
export const removedModuleFunds: Rule = {
  name: 'removed-module-funds',
  severity: 'warning',
  summary: 'a module that holds funds is removed and no handler moves them',
  repair: 'send what the accounts of the module hold to the community pool, in the handler',
  notJudged: subject =>
    removedModules.some(removed => isGone(subject, removed))
      ? [...mountsNotCompared(subject), ...handlersNotRead(subject)]
      : [],
  *check({ apps }) {
    for (const subject of apps) yield* inApp(subject);
  },
};

function* inApp(subject: AppContext): Iterable<Finding> {
  const upgrade = subject.pending.find(({ registered }) => registered);
  if (!upgrade || !storesAreKnown(subject) || !handlersAreRead(subject)) return;
  // A store whose name is not known may be that of the module.
  if (subject.app.storesUnread.length > 0) return;
  for (const removed of removedModules) {
    if (!isGone(subject, removed) || movesFunds(subject, removed)) continue;
    yield finding(subject, removed, upgrade);
  }
}

/** Whether no store of now can be the module's: not its own, nor one to which it is renamed. */
function isGone({ app, base, pending }: AppContext, { store: name }: RemovedModule): boolean {
  if (!base || !kvStores(base.app).some(store => store.name === name)) return false;
  const renamed = pending.flatMap(({ stores }) => stores?.renamed ?? []);
  return (
    !app.stores.some(store => mayBeSame(store, { name })) &&
    !renamed.some(({ from }) => from.name === name)
  );
}

/** Whether the handler of a pending upgrade does anything with balances. */
function movesFunds({ repo, app, wiring, pending }: AppContext, removed: RemovedModule): boolean {
  return handlersOf(repo, app, wiring)
    .filter(({ upgrade }) => pending.includes(upgrade))
    .some(handler => speaksOfFunds(repo, handler, removed));
}

/** Also where it only names the bank keeper: what is called with it may be anywhere. */
function speaksOfFunds(repo: Repo, handler: Handler, { accounts }: RemovedModule): boolean {
  const names = new RegExp(`SendCoins|FundCommunityPool|BurnCoins|bank|${accounts.join('|')}`, 'i');
  return bodiesOf(repo, handler).some(body => wordsIn(body).some(word => names.test(word)));
}

function finding(subject: AppContext, removed: RemovedModule, upgrade: Upgrade): Finding {
  const { module, accounts } = removed;
  const deleted = subject.pending
    .flatMap(({ stores }) => stores?.deleted ?? [])
    .find(({ name }) => name === removed.store);
  const isDeleted = takenBy(subject).some(({ name }) => name === removed.store);
  return {
    location: deleted?.location ?? upgrade.location,
    message:
      `x/${module} is removed${isDeleted ? ' and its store deleted' : ''}, and the handler of ` +
      `"${labelOf(upgrade)}" does not move what its accounts ${accounts.join(' and ')} hold`,
    consequence:
      'from the upgrade on nothing can spend these funds: the SDK moves no balances of removed modules',
  };
}
