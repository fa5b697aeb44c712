import { appFolders } from '../../chain/app/app-code.ts';
import type { Handler } from '../../chain/app/handler-code.ts';
import { bodiesOf, handlersOf, migrationRuns, wordsIn } from '../../chain/app/handler-code.ts';
import type { App } from '../../chain/chain.ts';
import { compareVersions, dependencyOf } from '../../chain/sdk/dependency.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import { packetForwardParams } from '../../sdk/releases.ts';
import { deleteKeyFix } from '../delete-key-fix.ts';
import type { AppContext, Finding, Rule } from '../rule.ts';
import { handlersAreRead, handlersNotRead } from '../unread.ts';
import { labelOf } from '../wording.ts';

/**
 * The packet forward middleware of ibc-go v11 reads every entry of its store as a packet, and older
 * ones kept parameters there (docs/background/incidents.md#packet-forward-parameters).
 */
export const packetForwardOrphanKey: Rule = {
  name: 'packet-forward-orphan-key',
  severity: 'warning',
  summary: 'old parameters of the packet forward middleware stop its migration',
  nodeSays: [
    {
      words: {
        pattern: /expected height string format: \{revision\}-\{height\}\. Got: : invalid height/i,
      },
      repair:
        `delete the key ${packetForwardParams.key} of the store ${packetForwardParams.store} ` +
        'in the handler, before RunMigrations',
    },
  ],
  notJudged: subject => (meetsParams(subject) ? handlersNotRead(subject) : []),
  *check({ apps }) {
    for (const subject of apps) yield* inApp(subject);
  },
};

function* inApp(subject: AppContext): Iterable<Finding> {
  const { repo, app, wiring, pending } = subject;
  if (!meetsParams(subject) || !handlersAreRead(subject)) return;
  const handlers = handlersOf(repo, app, wiring).filter(({ upgrade }) => pending.includes(upgrade));
  if (handlers.some(handler => speaksOfStore(repo, handler))) return;
  for (const handler of handlers) {
    const run = migrationRuns(repo, handler)[0];
    if (!run) continue;
    yield {
      location: locationOf(run.call.facts, run.call.node),
      message:
        `the packet forward middleware migrates from 3 to 4, and the handler of ` +
        `"${labelOf(handler.upgrade)}" does not delete the parameters that older versions left ` +
        `under ${packetForwardParams.key}`,
      consequence:
        'on a chain that has had such parameters the node stops at the upgrade height: ' +
        'expected height string format: {revision}-{height}. Got: : invalid height',
      fixes: run.via ? [] : deleteKeyFix(subject, handler, run.call, packetForwardParams),
    };
  }
}

/** Whether the migration is new, and runs on a store that older versions wrote. */
function meetsParams({ repo, app, base }: AppContext): boolean {
  if (!base?.repo || !mountsStore(app) || !mountsStore(base.app)) return false;
  return hasMigration(repo, app) && !hasMigration(base.repo, base.app);
}

/** Whether an app is built with a release that has the migration, and uses the module. */
function hasMigration(repo: Repo, app: App): boolean {
  const { module, from, to, package: path } = packetForwardParams;
  const built = dependencyOf(repo, app.dir, module.replace(/\/v\d+$/, ''));
  // A fork may have mended it.
  if (built?.path !== module || !built.numbers) return false;
  const isIn = compareVersions(built.numbers, from) >= 0 && compareVersions(built.numbers, to) <= 0;
  return isIn && importsPackage(repo, app, path);
}

function importsPackage(repo: Repo, app: App, path: string): boolean {
  return appFolders(repo, app.dir).some(dir =>
    (repo.packages.get(dir)?.files ?? []).some(file =>
      repo.imports(file).some(one => one === path || one.startsWith(`${path}/`)),
    ),
  );
}

function mountsStore({ stores }: App): boolean {
  return stores.some(
    ({ name, const: constant = '' }) =>
      name === packetForwardParams.store || constant.includes('/packet-forward-middleware/'),
  );
}

/** Whether a handler names the module: then it does something about its store. */
function speaksOfStore(repo: Repo, handler: Handler): boolean {
  return bodiesOf(repo, handler).some(body =>
    wordsIn(body).some(word => /packet_?-?for?ward|pfm/i.test(word)),
  );
}
