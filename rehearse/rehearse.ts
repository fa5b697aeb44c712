import { join } from 'node:path';
import type { Moment } from '../core/rehearse/causes.ts';
import type { Check } from '../core/rehearse/checks/check.ts';
import { explain } from '../core/rehearse/explain.ts';
import { invariantWords } from '../core/rehearse/invariants.ts';
import type {
  Compared,
  Cost,
  Failure,
  Rehearsal,
  RehearsedState,
} from '../core/rehearse/result.ts';
import { notCompared } from '../core/rehearse/result.ts';
import type { Binaries } from './build-both.ts';
import { buildBoth } from './build-both.ts';
import type { ChainNode } from './chain-node.ts';
import { NodeFailed } from './chain-node.ts';
import { moduleVersionsOf } from './chain-queries.ts';
import { compareUpgraded, storesToExpect } from './compare-upgraded.ts';
import { needCosmovisor } from './cosmovisor.ts';
import { DaemonCommands } from './daemon-commands.ts';
import { goFurther, mustBeQuick } from './further-steps.ts';
import { halt, propose } from './halt.ts';
import type { Home } from './home.ts';
import { makeHome } from './home.ts';
import type { NetworkParts, RehearsedNetwork } from './network.ts';
import type { RehearseOptions } from './options.ts';
import { answersOf, ownChecks } from './own-checks.ts';
import { Proposer } from './propose.ts';
import type { RehearsalFolder } from './rehearsal-folder.ts';
import type { Rehearsed } from './rehearsal-input.ts';
import type { StartedNetwork } from './start-network.ts';
import { startNetwork } from './start-network.ts';
import { compareStates } from './state/compare-states.ts';
import type { GivenGround } from './state/given-steps.ts';
import { checkGiven, layGiven, writeGivenPlan } from './state/given-steps.ts';
import type { GivenState } from './state/open-state.ts';
import { Steps } from './steps.ts';
import { UpgradeFailed } from './upgrade-failed.ts';

/** What came of a rehearsal so far. */
interface Findings {
  network: RehearsedNetwork | undefined;
  compared: Compared;
  cost: Cost | null;
  state: GivenState | undefined;
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
    state: undefined,
  };
  let failure: Rehearsal['failure'];
  try {
    await inPlace(subject, place, options, steps, found);
  } catch (error) {
    if (!(error instanceof UpgradeFailed)) throw error;
    failure = failureOf(error, subject);
  } finally {
    await found.network?.end();
  }
  const { plan, from } = subject;
  return {
    plan,
    from,
    mode: found.network?.mode ?? 'driven',
    state: found.state ? stateFacts(found.state) : null,
    steps: steps.done,
    compared: found.compared,
    cost: found.cost,
    ...(failure && { failure }),
  };
}

function stateFacts({ source, chainId, height }: GivenState): RehearsedState {
  return { source, chainId, height };
}

function failureOf({ step, message, place }: UpgradeFailed, subject: Rehearsed): Failure {
  return place
    ? { step, words: message, rule: null, ...place, fix: null }
    : explain(step, message, subject.problems(), subject.upgrade);
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
  const { built, commands, ground } = laid;
  found.state = ground?.state;
  const { network, before } = await startOld(subject, laid, place, options, steps);
  found.network = network;
  const versionsBefore = await moduleVersionsOf(before.query);
  const { height, halted } = await haltForPlan(subject, laid, { network, before }, options, steps);
  const answers = await answersOf(checks, built.old, halted.query);
  const after = await steps.run(
    'upgrade',
    () => comesUp('upgrade', () => network.upgrade(), height + 2),
    () => `past height ${height + 2}`,
  );
  found.cost = network.trials?.cost() ?? null;
  if (network.trials) mustBeQuick(network.trials, options.maxBlockTime);
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
  if (network.trials)
    await goFurther(steps, network.trials, node, storesToExpect(subject), options, add);
  if (!ground) return;
  await network.end();
  const homes = { halted: commands.home, upgraded: join(place.dir, 'upgraded'), height };
  await steps.run('states', async () => {
    add(await compareStates(ground.program, homes, subject, found.compared));
    const broken = found.compared.invariants.find(({ ok }) => !ok);
    if (broken) throw new UpgradeFailed('states', invariantWords(broken));
  });
}

/** What a rehearsal starts from: both binaries and a home, with a state where one was given. */
interface Laid {
  readonly built: Binaries;
  readonly commands: DaemonCommands;
  readonly home: Home;
  readonly ground: GivenGround | undefined;
}

async function lay(
  subject: Rehearsed,
  place: RehearsalFolder,
  options: RehearseOptions,
  steps: Steps,
): Promise<Laid> {
  const given = await checkGiven(place, options, steps);
  const built = await buildBoth(subject, place, options, steps);
  const commands = new DaemonCommands(built.old, place, options.signal);
  const ground = given && (await layGiven(given, subject, commands, place, options, steps));
  const home =
    ground?.home ?? (await steps.run('home', () => makeHome(commands, options.genesisPatch)));
  return { built, commands, home, ground };
}

function startOld(
  subject: Rehearsed,
  { built, commands, home, ground }: Laid,
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
    program: ground?.program,
    startArgs,
    blockLimit: Math.max(upgradeLimit, 2 * maxBlockTime),
    place,
    signal,
  };
  return steps.run('start', () => startNetwork(parts, subject, options));
}

/** Brings the plan about, by a vote or written into a given state, and the old version to its halt. */
async function haltForPlan(
  subject: Rehearsed,
  { commands, home, ground }: Laid,
  { network, before }: StartedNetwork,
  options: RehearseOptions,
  steps: Steps,
): Promise<{ readonly height: number; readonly halted: ChainNode }> {
  const { plan } = subject;
  const proposer = new Proposer(commands, home, before, options.fees);
  const vote = async () => ({
    height: await propose(subject, network, before, proposer, options.propose),
    halting: before,
  });
  const { height, halting } = await steps.run(
    'propose',
    () => (ground ? writeGivenPlan(ground, network, before, plan) : vote()),
    planned => `for height ${planned.height}`,
  );
  await steps.run(
    'halt',
    () => halt(halting, plan, height, ground ? undefined : proposer),
    () => `at height ${height}`,
  );
  return { height, halted: halting };
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
