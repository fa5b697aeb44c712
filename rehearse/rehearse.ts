import { join } from 'node:path';
import { Refusal } from '../core/refusal.ts';
import type { Moment } from '../core/rehearse/causes.ts';
import type { Check } from '../core/rehearse/checks/check.ts';
import { explain } from '../core/rehearse/explain.ts';
import type {
  Compared,
  Cost,
  Failure,
  Rehearsal,
  RehearsedState,
} from '../core/rehearse/result.ts';
import { notCompared } from '../core/rehearse/result.ts';
import { makeRoom } from './cache.ts';
import type { ChainNode } from './chain-node.ts';
import { NodeFailed } from './chain-node.ts';
import { moduleVersionsOf } from './chain-queries.ts';
import { compareHomes, readerFor, typesOf } from './compare-homes.ts';
import { compareUpgraded, storesToExpect } from './compare-upgraded.ts';
import { needCosmovisor } from './cosmovisor.ts';
import { goFurther, mustBeQuick } from './further-steps.ts';
import { halt, propose } from './halt.ts';
import type { Halt } from './halted-homes.ts';
import { keepHalt } from './halted-homes.ts';
import type { Laid } from './lay.ts';
import { lay } from './lay.ts';
import type { NetworkParts, RehearsedNetwork } from './network.ts';
import type { RehearseOptions } from './options.ts';
import { answersOf, ownChecks } from './own-checks.ts';
import { Proposer } from './propose.ts';
import type { RehearsalFolder } from './rehearsal-folder.ts';
import type { Rehearsed } from './rehearsal-input.ts';
import type { StartedNetwork } from './start-network.ts';
import { startNetwork } from './start-network.ts';
import { copyState } from './state/copy.ts';
import { writeGivenPlan } from './state/given-steps.ts';
import { Steps } from './steps.ts';
import { UpgradeFailed } from './upgrade-failed.ts';

/** What came of a rehearsal so far. */
interface Findings {
  network: RehearsedNetwork | undefined;
  compared: Compared;
  cost: Cost | null;
  state: RehearsedState | null;
  /** Keeps the home in which the old version halted; undefined where it has not, or is kept. */
  keep: (() => Promise<void>) | undefined;
}

/**
 * Upgrades a chain of one validator from the old version to the new one. Throws where it could not
 * be rehearsed.
 */
export async function rehearse(
  subject: Rehearsed,
  place: RehearsalFolder,
  options: RehearseOptions,
): Promise<Rehearsal> {
  const steps = new Steps(options.listener);
  const found: Findings = {
    network: undefined,
    compared: notCompared,
    cost: null,
    state: null,
    keep: undefined,
  };
  let failure: Rehearsal['failure'];
  try {
    await inPlace(subject, place, options, steps, found);
  } catch (error) {
    if (!(error instanceof UpgradeFailed)) throw error;
    failure = await failureOf(error, subject, found.network);
  } finally {
    await found.network?.end();
  }
  await found.keep?.().catch((error: unknown) => {
    // What was found counts; the next rehearsal begins at the beginning.
    if (!(error instanceof Refusal)) throw error;
    options.tell(`note: the halted home is not kept: ${error.message}`);
  });
  makeRoom(options.cacheLimit, options.tell);
  const { plan, from } = subject;
  return {
    plan,
    from,
    mode: found.network?.mode ?? 'driven',
    state: found.state,
    steps: steps.done,
    compared: found.compared,
    cost: found.cost,
    ...(failure && { failure }),
  };
}

async function failureOf(
  { step, message, place }: UpgradeFailed,
  subject: Rehearsed,
  network: RehearsedNetwork | undefined,
): Promise<Failure> {
  if (place) return { step, words: message, rule: null, ...place, fix: null };
  const failure = explain(step, message, subject.problems(), subject.upgrade);
  if (failure.rule !== null || step !== 'upgrade') return failure;
  // Nothing explains the words: what the node had in hands may.
  return { ...failure, ...(await network?.stoppedAt?.()) };
}

/** The checks of the plan. cosmovisor leaves no moment at which the old version could be asked. */
function checksFor(
  { now, plan }: Rehearsed,
  { cosmovisor, tell }: RehearseOptions,
): readonly Check[] {
  const checks = ownChecks(now.repo, plan);
  if (checks.length === 0 || !cosmovisor) return checks;
  tell(`note: the checks of ${checks[0]!.file} are not made with --with-cosmovisor`);
  return [];
}

const upgradeLimit = 120_000;

async function inPlace(
  subject: Rehearsed,
  place: RehearsalFolder,
  options: RehearseOptions,
  steps: Steps,
  found: Findings,
): Promise<void> {
  if (options.cosmovisor) needCosmovisor();
  const add = (part: Partial<Compared>) => {
    found.compared = { ...found.compared, ...part };
  };
  const checks = checksFor(subject, options);
  const laid = await lay(subject, place, options, steps);
  const { built, commands } = laid;
  found.state = laid.state;
  const { network, before } = await startOld(subject, laid, place, options, steps);
  found.network = network;
  const versionsBefore = await moduleVersionsOf(before.query);
  const { height, halted } = await haltForPlan(subject, laid, { network, before }, options, steps);
  found.keep = () => keep(laid, network, height, options.signal);
  const answers = await answersOf(checks, built.old, halted.query);
  const after = await steps.run(
    'upgrade',
    () => comesUp('upgrade', () => network.upgrade(), height + 2),
    () => `past height ${height + 2}`,
  );
  found.cost = network.trials?.cost() ?? null;
  if (network.trials) mustBeQuick(network.trials, options.maxBlockTime);
  network.trials?.prepare();
  const reached = await after.height();
  const node = await steps.run(
    'restart',
    () => comesUp('restart', () => network.restart(), reached + 2),
    () => `past height ${reached + 2}`,
  );
  const { log } = after;
  const binary = built.now;
  const upgraded = { height, versionsBefore, checks, answers, node, binary, log };
  await steps.run('compare', () => compareUpgraded(subject, upgraded, add));
  if (!network.trials) return;
  const registered = await typesOf(node, options);
  await goFurther(steps, network.trials, node, storesToExpect(subject), options, add);
  await network.end();
  const reader = laid.reader ?? (await readerFor(subject, commands.home, place, options, steps));
  if (!reader) return;
  // The home may be kept: the new version's database must not touch it.
  const copy = join(place.dir, 'halted');
  await copyState(commands.home, '', copy, options.signal);
  const homes = { halted: copy, place, height };
  const known = { modules: found.compared.modules, registered };
  await steps.run('states', () => compareHomes(reader, homes, subject, known, add));
}

function startOld(
  subject: Rehearsed,
  { built, commands, home, ground, reader, kept }: Laid,
  place: RehearsalFolder,
  options: RehearseOptions,
  steps: Steps,
): Promise<StartedNetwork> {
  const { signal, startArgs, maxBlockTime = 0 } = options;
  const parts: NetworkParts = {
    ...built,
    commands,
    home,
    plan: subject.plan,
    state: ground?.state,
    reader,
    resumed: kept?.standing,
    startArgs,
    blockLimit: Math.max(upgradeLimit, 2 * maxBlockTime),
    place,
    signal,
  };
  return steps.run('start', () => startNetwork(parts, subject, options));
}

/**
 * Brings the plan about, by a vote or written into a given state, and the old version to its halt.
 * In a home that was kept, the plan is there.
 */
async function haltForPlan(
  subject: Rehearsed,
  { commands, home, ground, kept }: Laid,
  { network, before }: StartedNetwork,
  options: RehearseOptions,
  steps: Steps,
): Promise<{ readonly height: number; readonly halted: ChainNode }> {
  const { plan } = subject;
  const halting = (node: ChainNode, height: number, proposer?: Proposer) =>
    steps.run(
      'halt',
      () => halt(node, plan, height, proposer),
      () => `at height ${height}`,
    );
  if (kept) {
    await halting(before, kept.height);
    return { height: kept.height, halted: before };
  }
  const proposer = new Proposer(commands, home, before, options.fees);
  const vote = async () => ({
    height: await propose(subject, network, before, proposer, options.propose),
    halting: before,
  });
  const planned = await steps.run(
    'propose',
    () => (ground ? writeGivenPlan(ground, network, before, plan) : vote()),
    ({ height }) => `for height ${height}`,
  );
  await halting(planned.halting, planned.height, ground ? undefined : proposer);
  return { height: planned.height, halted: planned.halting };
}

/** Keeps the home in which the old version halted, where it is new. */
async function keep(
  { key, kept, commands, state }: Laid,
  { standing }: RehearsedNetwork,
  height: number,
  signal: AbortSignal,
): Promise<void> {
  if (key === undefined || kept || !standing || signal.aborted) return;
  const halted: Halt = { height, standing, state };
  await keepHalt(key, commands.home, halted, signal);
}

/** Starts the new version and lets it come to a height; that it does not is the upgrade's fault. */
async function comesUp(
  step: Moment,
  start: () => Promise<ChainNode>,
  height: number,
): Promise<ChainNode> {
  const node = await start().catch((error: unknown) => {
    throw error instanceof NodeFailed ? new UpgradeFailed(step, error.message) : error;
  });
  if (!(await node.reach(height, upgradeLimit))) throw new UpgradeFailed(step, node.words());
  return node;
}
