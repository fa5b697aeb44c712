import type { ReleaseOrReason } from '../../core/chain/baseline.ts';
import { baselineNotes } from '../../core/chain/baseline.ts';
import type { App } from '../../core/chain/chain.ts';
import { sameApp } from '../../core/chain/compare.ts';
import { chainIdFault, lockFile, lockText } from '../../core/lock/lock.ts';
import { lockOf, planNames } from '../../core/lock/lock-of.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { refusedPlan } from '../../core/plan/plan.ts';
import { Refusal } from '../../core/refusal.ts';
import { configOf } from './config.ts';
import type { LockedNetwork } from './lock-network.ts';
import { networkOfNode, networkOfRegistry } from './lock-network.ts';
import { pickApp } from './pick-app.ts';
import type { Prepared } from './prepare.ts';
import type { Log, Session } from './session.ts';
import { openSession } from './session.ts';

/** What is asked of a lock. */
export interface LockRequest {
  readonly dir: string;
  readonly app?: string | undefined;
  readonly base?: string | undefined;
  /** The network; a node says it itself. */
  readonly chainId?: string | undefined;
  /** The REST address of a node of the network. */
  readonly node?: string | undefined;
  /** The chain-registry's versions of the chain: a file, or an address. */
  readonly registry?: string | undefined;
  /** The day that is written into it, `YYYY-MM-DD`. */
  readonly date: string;
  readonly tell: Log;
}

/**
 * Makes the lock of a network, from the code it runs and, where one is named, from a node or a
 * registry; writes nothing.
 */
export async function prepareLock(request: LockRequest): Promise<Prepared> {
  const session = await openSession(request.dir, request.tell);
  try {
    return { root: session.root, plan: await lockPlan(session, request) };
  } catch (error) {
    if (error instanceof Refusal) return { root: session.root, plan: refusedPlan(error) };
    throw error;
  }
}

async function lockPlan(session: Session, request: LockRequest): Promise<Plan> {
  const { root, repo, chain } = session;
  const here = pickApp(chain, root, request.app);
  const network = await networkFor(request);
  const chainId = networkOf(request.chainId, network?.chainId);
  const base = await codeOfNetwork(session, here, request.base ?? configOf(repo).base, network);
  if (!('chain' in base))
    throw new Refusal(
      `there is no code to read the stores from: ${base.reason}; name what the network ` +
        'runs with --base REF',
    );
  const app = sameApp(base.chain, here);
  if (!app)
    throw new Refusal(
      `${base.ref} has no app in ${here.dir || 'the root'}: name what the network runs ` +
        'with --base REF',
    );
  const told = await network?.stateOf(planNames(app));
  const { date } = request;
  const file = lockFile(chainId);
  const text = lockText(lockOf(base.chain, app, base.ref, { chainId, date, state: told?.state }));
  const before = repo.texts.get(file);
  const computed = app.stores.some(s => s.kind === 'kv' && s.name === null && s.const === undefined)
    ? ['some store names are computed; what depends on them is not compared']
    : [];
  const notes = [
    ...baselineNotes(base),
    ...otherVersion(base.ref, network),
    ...(told?.notes ?? []),
    ...computed,
  ];
  if (before === undefined) return { creates: [{ file, text }], edits: [], notes };
  return { creates: [], edits: before === text ? [] : [{ file, before, after: text }], notes };
}

/** What is asked about the network. */
async function networkFor({ node, registry }: LockRequest): Promise<LockedNetwork | undefined> {
  if (node !== undefined && registry !== undefined)
    throw new Refusal('--node and --registry both say what ran: give one of them');
  if (node !== undefined) return networkOfNode(node);
  return registry === undefined ? undefined : networkOfRegistry(registry);
}

function networkOf(given: string | undefined, reported: string | undefined): string {
  if (given !== undefined && reported !== undefined && given !== reported)
    throw new Refusal(`the node is on ${reported}, not on ${given}`);
  const id = given ?? reported;
  if (id === undefined)
    throw new Refusal(
      'name the network: chain-upgrade lock CHAIN-ID, or a node of it with --node URL',
    );
  const fault = chainIdFault(id);
  if (fault) throw new Refusal(fault);
  return id;
}

/**
 * The code the network runs: as named, else a release or commit that is said to run, else the last
 * release.
 */
export async function codeOfNetwork(
  { readBase }: Session,
  app: App,
  named: string | undefined,
  network: LockedNetwork | undefined,
): Promise<ReleaseOrReason> {
  if (named !== undefined || !network) return readBase(app, named);
  for (const ref of network.refs) {
    const base = await readBase(app, ref).catch(error => {
      if (error instanceof Refusal) return undefined;
      throw error;
    });
    if (base) return base;
  }
  return readBase(app);
}

/** What is said where the code may be that of another version than the network runs. */
export function otherVersion(ref: string, network: LockedNetwork | undefined): string[] {
  if (!network || network.version === '') return [];
  const isThat = [network.version, ...network.alsoCalled].some(
    version => version.replace(/^v/, '') === ref.replace(/^v/, ''),
  );
  return isThat
    ? []
    : [
        `${network.says} ${network.version}, the stores were read from ${ref}: name another with ` +
          '--base REF if they differ',
      ];
}
