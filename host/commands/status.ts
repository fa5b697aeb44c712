import type { App } from '../../core/chain/chain.ts';
import type { Lock } from '../../core/lock/lock.ts';
import { lockFile } from '../../core/lock/lock.ts';
import { baselineOf } from '../../core/lock/lock-base.ts';
import { lockOf, planNames } from '../../core/lock/lock-of.ts';
import { pendingUpgrades } from '../../core/network/effects.ts';
import type { NetworkStatus, NodeSide } from '../../core/network/status.ts';
import { networkStatus } from '../../core/network/status.ts';
import { Refusal } from '../../core/refusal.ts';
import { lockFor } from './network-base.ts';
import { openRest } from './node-rest.ts';
import { pickApp } from './pick-app.ts';
import type { Log, Session } from './session.ts';
import { openSession } from './session.ts';

/** What is asked of a status. */
export interface StatusRequest {
  readonly dir: string;
  readonly app?: string | undefined;
  readonly network?: string | undefined;
  readonly node?: string | undefined;
  readonly tell: Log;
}

/** Lays lock, code and, where one is named, node side by side. */
export async function statusOf(request: StatusRequest): Promise<NetworkStatus> {
  const session = await openSession(request.dir, request.tell);
  const app = pickApp(session.chain, session.root, request.app);
  const rest = request.node === undefined ? undefined : openRest(request.node);
  const chainId = (await rest?.info())?.chainId;
  if (chainId !== undefined && request.network !== undefined && request.network !== chainId)
    throw new Refusal(`the node is on ${chainId}, not on ${request.network}`);
  const lock = lockOrNone(session, app, chainId, request);
  if (!lock && !rest)
    throw new Refusal(
      'there is nothing to compare the code with: record what a network runs with ' +
        'chain-upgrade lock, or ask a node with --node URL',
    );
  const names = [...planNames(app), ...(lock?.upgrades ?? []).map(({ name }) => name)];
  const node: NodeSide | undefined = rest && {
    ...nodeState(await rest.state([...new Set(names)])),
    scheduled: await rest.scheduledPlan(),
  };
  const id = chainId ?? lock!.chainId;
  const pending = pendingUpgrades(
    session,
    app,
    baselineOf(network(session, app, id, lock, node), ''),
  );
  return networkStatus({ chainId: id, analysis: session, app, pending, lock, node });
}

/** The lock of the network that is meant; undefined where its node is asked and it has none. */
function lockOrNone(
  session: Session,
  app: App,
  chainId: string | undefined,
  { network: wanted, tell }: StatusRequest,
): Lock | undefined {
  if (chainId === undefined) return lockFor(session, app, wanted);
  if (session.repo.texts.has(lockFile(chainId))) return lockFor(session, app, chainId);
  tell(`note: there is no ${lockFile(chainId)}: only code and node are compared`);
  return undefined;
}

function nodeState({
  modules,
  upgrades,
}: Awaited<ReturnType<ReturnType<typeof openRest>['state']>>) {
  return { modules, applied: upgrades };
}

/** What the network runs, for telling which upgrades are pending: the node is newer than a lock. */
function network(
  { chain }: Session,
  app: App,
  chainId: string,
  lock: Lock | undefined,
  node: NodeSide | undefined,
): Lock {
  const told = lock ?? lockOf(chain, app, '', { chainId, date: '' });
  return node ? { ...told, upgrades: node.applied, modules: node.modules } : told;
}
