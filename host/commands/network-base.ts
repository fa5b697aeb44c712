import type { Baseline, ReleaseOrReason } from '../../core/chain/baseline.ts';
import { baselineNotes, comparedWith } from '../../core/chain/baseline.ts';
import type { App } from '../../core/chain/chain.ts';
import { sameApp } from '../../core/chain/compare.ts';
import { folder } from '../../core/inspect/inspect.ts';
import type { Lock, ScheduledPlan } from '../../core/lock/lock.ts';
import { lockFile } from '../../core/lock/lock.ts';
import { baselineOf, readLocks } from '../../core/lock/lock-base.ts';
import { lockOf, planNames } from '../../core/lock/lock-of.ts';
import { Refusal } from '../../core/refusal.ts';
import { stateMismatch } from '../../core/rehearse/state-fits.ts';
import { configOf } from './config.ts';
import { codeOfNetwork, otherVersion } from './lock.ts';
import { networkOfNode } from './lock-network.ts';
import type { Session } from './session.ts';

/** What a state says of its network. */
export interface NetworkInState {
  /** Where it was read, as a part of a sentence. */
  readonly source: string;
  readonly chainId: string;
  readonly height: number;
  readonly stores: readonly string[];
  readonly modules: Readonly<Record<string, number>>;
  readonly done: readonly ScheduledPlan[];
  readonly plan: ScheduledPlan | null;
}

/** Reads a state with the code that made it: the app of a release. */
export type StateReading = (release: Baseline, app: App) => Promise<NetworkInState>;

/** How a network is named. */
export interface NetworkRequest {
  readonly base?: string | undefined;
  /** The chain id of one of several locks. */
  readonly network?: string | undefined;
  /** The REST address of one of its nodes. */
  readonly node?: string | undefined;
  /** Reads the state of one of its nodes, with the code that made it. */
  readonly readState?: StateReading | undefined;
}

/** What a network runs, and where that was read. */
export interface NetworkBase {
  readonly base: Baseline;
  /** The code that it runs. */
  readonly code: ReleaseOrReason;
  /** The plan that it has scheduled; undefined where there is none or nobody was asked. */
  readonly scheduled: ScheduledPlan | undefined;
  readonly notes: readonly string[];
}

/**
 * What a network runs: as its node says, else as its lock, else the release. Throws where none of
 * them is there.
 */
export async function networkBase(
  session: Session,
  app: App,
  request: NetworkRequest,
): Promise<NetworkBase> {
  if (request.readState) return baseOfState(session, app, request, request.readState);
  if (request.node !== undefined) return baseOfNode(session, app, request, request.node);
  const named = request.base ?? configOf(session.repo).base;
  const lock = named === undefined ? lockFor(session, app, request.network) : undefined;
  if (lock) return baseOfLock(session, app, lock);
  const release = await session.readBase(app, named);
  if ('reason' in release)
    throw new Refusal(
      `it is not known what the network runs: ${release.reason}; name it with --base REF, ` +
        'record it with chain-upgrade lock, or ask a node with --node URL',
    );
  return { base: release, code: release, scheduled: undefined, notes: baselineNotes(release) };
}

/**
 * The lock that speaks of an app: the named one, or the only one. Throws where that is not clear, or
 * a lock cannot be read.
 */
export function lockFor(
  { repo, chain }: Pick<Session, 'repo' | 'chain'>,
  app: App,
  network: string | undefined,
): Lock | undefined {
  const { locks, errors } = readLocks(repo);
  if (errors.length > 0) throw new Refusal(errors[0]!);
  const ofApp = locks
    .map(({ lock }) => lock)
    .filter(lock => chain.apps.length === 1 || lock.app === folder(app.dir));
  const ids = ofApp.map(({ chainId }) => chainId).sort();
  if (network !== undefined) {
    const named = ofApp.find(({ chainId }) => chainId === network);
    if (named) return named;
    throw new Refusal(
      `there is no ${lockFile(network)}: write it with chain-upgrade lock ${network}` +
        (ids.length > 0 ? `, or name one of ${ids.join(', ')}` : ''),
    );
  }
  if (ofApp.length > 1)
    throw new Refusal(`there are several locks: name one with --network ID: ${ids.join(', ')}`);
  return ofApp[0];
}

async function baseOfLock(session: Session, app: App, lock: Lock): Promise<NetworkBase> {
  const code = await codeOfLock(session, app, lock);
  const file = lockFile(lock.chainId);
  return {
    base: baselineOf(lock, file),
    code,
    scheduled: undefined,
    notes: [
      `compared with ${file} of ${lock.date}, from ${lock.source}`,
      'chain' in code
        ? `accounts and parameters: ${comparedWith(code)}`
        : `the code that the network runs was not read: ${code.reason}`,
    ],
  };
}

/** The code that a lock was read from, where it is still there; else the last release. */
async function codeOfLock(
  { readBase }: Session,
  app: App,
  { source }: Lock,
): Promise<ReleaseOrReason> {
  // As lockOf writes it: the code's ref alone, or behind what was said of the network.
  const ref = source.split(', stores of ').at(-1)!;
  try {
    return await readBase(app, ref);
  } catch (error) {
    if (error instanceof Refusal) return readBase(app);
    throw error;
  }
}

/** What a node says, as the lock that would be written from it. */
async function baseOfNode(
  session: Session,
  app: App,
  request: NetworkRequest,
  node: string,
): Promise<NetworkBase> {
  const network = await networkOfNode(node);
  const { chainId = '' } = network;
  if (request.network !== undefined && request.network !== chainId)
    throw new Refusal(`the node is on ${chainId}, not on ${request.network}`);
  const named = request.base ?? configOf(session.repo).base;
  const code = await codeOfNetwork(session, app, named, network);
  const before = 'chain' in code ? sameApp(code.chain, app) : undefined;
  if (!('chain' in code) || !before) {
    const why = 'reason' in code ? code.reason : `${code.ref} has no such app`;
    throw new Refusal(
      `the code that ${chainId} runs was not found: ${why}; name it with --base REF`,
    );
  }
  const plans = [...new Set([...planNames(before), ...planNames(app)])];
  const { state } = await network.stateOf(plans);
  const date = new Date().toISOString().slice(0, 10);
  const lock = lockOf(code.chain, before, code.ref, { chainId, date, state });
  return {
    base: baselineOf(lock, lockFile(chainId)),
    code,
    scheduled: await network.scheduled?.(),
    notes: [
      `compared with ${chainId}, as ${state.source} says`,
      ...baselineNotes(code),
      ...otherVersion(code.ref, network),
    ],
  };
}

/** What a network runs, as a state of it says: stores, module versions and plans, none guessed. */
async function baseOfState(
  session: Session,
  app: App,
  request: NetworkRequest,
  read: StateReading,
): Promise<NetworkBase> {
  const code = await session.readBase(app, request.base ?? configOf(session.repo).base);
  const before = 'chain' in code ? sameApp(code.chain, app) : undefined;
  if (!('chain' in code) || !before) {
    const why = 'reason' in code ? code.reason : `${code.ref} has no such app`;
    throw new Refusal(
      `the code that made the state was not found: ${why}; name it with --base REF`,
    );
  }
  const state = await read(code, before);
  const wrong = stateMismatch({ app: before, from: code.ref, option: '--base' }, state);
  if (wrong !== undefined) throw new Refusal(wrong);
  const { chainId, height, source, stores, modules, done } = state;
  const date = new Date().toISOString().slice(0, 10);
  const lock = lockOf(code.chain, before, code.ref, {
    chainId,
    date,
    state: { source, stores, modules, upgrades: done },
  });
  return {
    base: baselineOf(lock, lockFile(chainId)),
    code,
    scheduled: state.plan ?? undefined,
    notes: [
      `compared with ${chainId} at height ${height}, as ${source} says`,
      ...baselineNotes(code),
    ],
  };
}
