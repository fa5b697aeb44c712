import type { Handler } from '../../chain/app/handler-code.ts';
import { bodiesOf, handlersOf, wordsIn } from '../../chain/app/handler-code.ts';
import type { App, Upgrade } from '../../chain/chain.ts';
import { kvStores } from '../../chain/compare.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { RemovedModule } from '../../sdk/releases.ts';
import { removedModules } from '../../sdk/releases.ts';
import { takenBy } from '../pending-stores.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
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
  *check({ apps }) {
    for (const subject of apps) yield* inApp(subject);
  },
};

function* inApp(subject: AppContext): Iterable<Finding> {
  const { app, base, pending } = subject;
  if (!base) return;
  for (const removed of removedModules) {
    if (!mounts(base.app, removed) || mounts(app, removed)) continue;
    const upgrade = pending.find(({ registered }) => registered);
    if (!upgrade || mayMoveFunds(subject, removed)) continue;
    yield finding(subject, removed, upgrade);
  }
}

function mounts(app: App, { store: wanted }: RemovedModule): boolean {
  return kvStores(app).some(({ name }) => name === wanted);
}

/** Whether the handler of a pending upgrade is not known, or does anything with balances. */
function mayMoveFunds({ repo, app, wiring, pending }: AppContext, removed: RemovedModule): boolean {
  const registered = pending.filter(upgrade => upgrade.registered);
  const handlers = handlersOf(repo, app, wiring).filter(({ upgrade }) =>
    registered.includes(upgrade),
  );
  const isKnown = (one: Upgrade) => handlers.some(({ upgrade }) => upgrade === one);
  return (
    !registered.every(isKnown) || handlers.some(handler => speaksOfFunds(repo, handler, removed))
  );
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
