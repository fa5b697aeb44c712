import type { ReleaseOrReason } from '../../core/chain/baseline.ts';
import { baselineNotes } from '../../core/chain/baseline.ts';
import type { App } from '../../core/chain/chain.ts';
import { sameApp } from '../../core/chain/compare.ts';
import { chainIdFault, lockFile, lockText } from '../../core/lock/lock.ts';
import type { NodeState } from '../../core/lock/lock-of.ts';
import { lockOf, planNames } from '../../core/lock/lock-of.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { refusedPlan } from '../../core/plan/plan.ts';
import { Refusal } from '../../core/refusal.ts';
import { configOf } from './config.ts';
import type { Rest } from './node-rest.ts';
import { openRest } from './node-rest.ts';
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
  /** The day that is written into it, `YYYY-MM-DD`. */
  readonly date: string;
  readonly tell: Log;
}

/**
 * Makes the lock of a network, from the code it runs and, where one is named, from a node; writes
 * nothing.
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
  const rest = request.node === undefined ? undefined : openRest(request.node);
  const info = await rest?.info();
  const chainId = networkOf(request.chainId, info?.chainId);
  const base = await baseFor(session, here, request.base ?? configOf(repo).base, info);
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
  const node: NodeState | undefined = rest && {
    address: rest.address,
    chainId,
    ...(await rest.state(planNames(app))),
  };
  const file = lockFile(chainId);
  const text = lockText(lockOf(base.chain, app, base.ref, { chainId, date: request.date, node }));
  const before = repo.texts.get(file);
  const computed = app.stores.some(s => s.kind === 'kv' && s.name === null && s.const === undefined)
    ? ['some store names are computed; what depends on them is not compared']
    : [];
  const notes = [...baselineNotes(base), ...otherVersion(base.ref, info?.version), ...computed];
  if (before === undefined) return { creates: [{ file, text }], edits: [], notes };
  return { creates: [], edits: before === text ? [] : [{ file, before, after: text }], notes };
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

type Info = Awaited<ReturnType<Rest['info']>>;

/**
 * The code the network runs: as named, else the release or commit the node says it was built from,
 * else the last release.
 */
async function baseFor(
  { readBase }: Session,
  app: App,
  named: string | undefined,
  info: Info | undefined,
): Promise<ReleaseOrReason> {
  if (named === undefined && info) {
    for (const ref of [
      ...(/^v?\d+\.\d+\.\d+[\w.-]*$/.test(info.version)
        ? [`v${info.version.replace(/^v/, '')}`]
        : []),
      ...(/^[0-9a-f]{40}$/.test(info.commit) ? [info.commit] : []),
    ]) {
      const base = await readBase(app, ref).catch(error => {
        if (error instanceof Refusal) return undefined;
        throw error;
      });
      if (base) return base;
    }
  }
  return readBase(app, named);
}

function otherVersion(ref: string, version: string | undefined): string[] {
  return version && ref.replace(/^v/, '') !== version.replace(/^v/, '')
    ? [
        `the node runs ${version}, the stores were read from ${ref}: name another with ` +
          '--base REF if they differ',
      ]
    : [];
}
