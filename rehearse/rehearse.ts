import { join } from 'node:path';
import { Refusal } from '../core/refusal.ts';
import type { Moment } from '../core/rehearse/causes.ts';
import type { Check } from '../core/rehearse/checks/check.ts';
import { runChecks } from '../core/rehearse/checks/run-checks.ts';
import {
  compare,
  disagreements,
  expectedStores,
  heightPassedMessage,
} from '../core/rehearse/compare.ts';
import { explain } from '../core/rehearse/explain.ts';
import { invariantWords } from '../core/rehearse/invariants.ts';
import { needs } from '../core/rehearse/log.ts';
import { proposalWay } from '../core/rehearse/proposal.ts';
import type {
  Compared,
  Cost,
  Failure,
  Rehearsal,
  RehearsedState,
} from '../core/rehearse/result.ts';
import { notCompared } from '../core/rehearse/result.ts';
import { buildBoth } from './build-both.ts';
import type { ChainNode } from './chain-node.ts';
import { NodeFailed } from './chain-node.ts';
import { appliedHeightOf, moduleVersionsOf, servesStore } from './chain-queries.ts';
import { needCosmovisor } from './cosmovisor.ts';
import { DaemonCommands } from './daemon-commands.ts';
import { goFurther, mustBeQuick } from './further-steps.ts';
import { blockTime, makeHome } from './home.ts';
import type { RehearsedNetwork } from './network.ts';
import { readLog, watchLog } from './node.ts';
import type { RehearseOptions } from './options.ts';
import { answersOf, ownChecks } from './own-checks.ts';
import { Proposer } from './propose.ts';
import type { RehearsalFolder } from './rehearsal-folder.ts';
import type { Rehearsed } from './rehearsal-input.ts';
import { startNetwork } from './start-network.ts';
import { compareStates } from './state/compare-states.ts';
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

function placeOf({ file, line }: Check): { file: string; line: number } {
  return { file, line };
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
  const { plan, now } = subject;
  const { signal, startArgs, maxBlockTime } = options;
  const blockLimit = Math.max(upgradeLimit, 2 * (maxBlockTime ?? 0));
  if (options.cosmovisor) needCosmovisor();
  const checked = await checkGiven(place, options, steps);
  const checks = checksFor(subject, options);
  const built = await buildBoth(subject, place, options, steps);
  const commands = new DaemonCommands(built.old, place, signal);
  const ground = checked && (await layGiven(checked, subject, commands, place, options, steps));
  found.state = ground?.state;
  const home =
    ground?.home ?? (await steps.run('home', () => makeHome(commands, options.genesisPatch)));
  const { network, before } = await steps.run('start', () =>
    startNetwork(
      {
        ...built,
        commands,
        home,
        plan,
        state: ground?.state,
        program: ground?.program,
        startArgs,
        blockLimit,
        place,
        signal,
      },
      subject,
      options,
    ),
  );
  found.network = network;
  const versions = await moduleVersionsOf(before.query);
  const proposer = new Proposer(commands, home, before, options.fees);
  const { height, halting } = await steps.run(
    'propose',
    async () =>
      ground
        ? writeGivenPlan(ground, network, before, plan)
        : {
            height: await propose(subject, network, before, proposer, options.propose),
            halting: before,
          },
    planned => `for height ${planned.height}`,
  );
  await steps.run(
    'halt',
    () => halt(halting, plan, height, ground ? undefined : proposer),
    () => `at height ${height}`,
  );
  const answers = await answersOf(checks, built.old, halting.query);
  const after = await steps.run(
    'upgrade',
    () => comesUp('upgrade', () => network.upgrade(), height + 2),
    () => `past height ${height + 2}`,
  );
  found.cost = network.trials?.cost() ?? null;
  if (network.trials) mustBeQuick(network.trials, maxBlockTime);
  const reached = await after.height();
  const restarted = await steps.run(
    'restart',
    () => comesUp('restart', () => network.restart(), reached + 2),
    () => `past height ${reached + 2}`,
  );
  const storeNames = [...expectedStores(now.app, subject.upgrade).keys()];
  await steps.run('compare', async () => {
    const stores = new Map<string, boolean>();
    for (const name of storeNames) stores.set(name, await servesStore(restarted.query, name));
    found.compared = compare(now.chain, now.app, subject.upgrade, {
      plan: { name: plan, height, applied: await appliedHeightOf(restarted.query, plan) },
      before: versions,
      after: await moduleVersionsOf(restarted.query),
      stores,
      log: readLog(after.log),
    });
    const asked = await answersOf(checks, built.now, restarted.query);
    const judged = runChecks(checks, answers, asked);
    found.compared = { ...found.compared, checks: judged.checks };
    const [first] = disagreements(found.compared);
    if (first !== undefined) throw new UpgradeFailed('compare', first);
    const [failed] = judged.failures;
    if (failed) throw new UpgradeFailed('compare', failed.why, placeOf(failed.check));
  });
  const add = (part: Partial<Compared>) => {
    found.compared = { ...found.compared, ...part };
  };
  if (network.trials) await goFurther(steps, network.trials, restarted, storeNames, options, add);
  if (!ground) return;
  await network.end();
  const homes = { halted: commands.home, upgraded: join(place.dir, 'upgraded'), height };
  await steps.run('states', async () => {
    add(await compareStates(ground.program, homes, subject, found.compared));
    const broken = found.compared.invariants.find(({ ok }) => !ok);
    if (broken) throw new UpgradeFailed('states', invariantWords(broken));
  });
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

/** Gets the plan decided; gives its height. */
async function propose(
  subject: Rehearsed,
  network: RehearsedNetwork,
  node: ChainNode,
  proposer: Proposer,
  command: string | undefined,
): Promise<number> {
  const { plan, root, old } = subject;
  const height = network.planHeight(await node.height(), command !== undefined);
  if (command !== undefined) {
    await node.meanwhile(() => proposer.byCommand(command, root, plan, height));
    return height;
  }
  await proposer.submit(proposalWay(old.app.sdk.generation), { name: plan, height });
  await proposer.vote();
  return height;
}

async function halt(
  node: ChainNode,
  plan: string,
  height: number,
  proposer: Proposer | undefined,
): Promise<void> {
  const halted = watchLog(node.log, text => needs(text, plan));
  const past = await node.reach(height + 1, 120_000 + height * blockTime, halted);
  if (halted()) return;
  if (!past)
    throw new Refusal(`the old version stopped before the upgrade height: ${node.words()}`);
  const status = await proposer?.status();
  if (status !== undefined && !/PASSED/i.test(status))
    throw new Refusal(`the proposal did not pass (${status}): the chain went on past its height`);
  throw new UpgradeFailed('halt', heightPassedMessage(height));
}
