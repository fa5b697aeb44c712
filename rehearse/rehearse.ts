import { join } from 'node:path';
import { Refusal } from '../core/refusal.ts';
import type { Moment } from '../core/rehearse/causes.ts';
import {
  compare,
  disagreements,
  expectedStores,
  heightPassedMessage,
} from '../core/rehearse/compare.ts';
import { explain } from '../core/rehearse/explain.ts';
import type { Json } from '../core/rehearse/genesis.ts';
import { needs } from '../core/rehearse/log.ts';
import { planHeight, proposalWay } from '../core/rehearse/proposal.ts';
import type { Compared, Rehearsal } from '../core/rehearse/result.ts';
import { notCompared } from '../core/rehearse/result.ts';
import type { Log } from '../host/commands/session.ts';
import { build } from './build.ts';
import { layCosmovisor, needCosmovisor, underCosmovisor } from './cosmovisor.ts';
import { DaemonCommands } from './daemon-commands.ts';
import type { Home } from './home.ts';
import { blockTime, makeHome } from './home.ts';
import { RunningNode, readLog, watchLog } from './node.ts';
import { Proposer } from './propose.ts';
import type { RehearsalFolder } from './rehearsal-folder.ts';
import type { Rehearsed } from './rehearsal-input.ts';
import { committedSource, workingSource } from './source-trees.ts';
import type { Listener } from './steps.ts';
import { Steps } from './steps.ts';

/** How a rehearsal is done. */
export interface RehearseOptions {
  readonly build?: string | undefined;
  readonly genesisPatch?: Json | undefined;
  readonly startArgs: readonly string[];
  readonly fees?: string | undefined;
  /** A command that submits and passes the plan, where gov does not decide on upgrades. */
  readonly propose?: string | undefined;
  readonly cosmovisor?: boolean;
  readonly signal: AbortSignal;
  readonly listener: Listener;
  readonly tell: Log;
}

/** What went wrong was the upgrade. */
class UpgradeFailed extends Error {
  readonly step: Moment;
  constructor(step: Moment, words: string) {
    super(words);
    this.step = step;
  }
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
  const result = { plan: subject.plan, from: subject.from, steps: steps.done };
  let compared: Compared = notCompared;
  const nodes: RunningNode[] = [];
  try {
    compared = await inPlace(subject, place, options, steps, nodes, found => {
      compared = found;
    });
    return { ...result, compared };
  } catch (error) {
    if (!(error instanceof UpgradeFailed)) throw error;
    return {
      ...result,
      compared,
      failure: explain(error.step, error.message, subject.problems(), subject.upgrade),
    };
  } finally {
    await Promise.all(nodes.map(node => node.kill()));
  }
}

const firstBlock = 90_000;
const upgradeLimit = 120_000;

async function inPlace(
  subject: Rehearsed,
  place: RehearsalFolder,
  options: RehearseOptions,
  steps: Steps,
  nodes: RunningNode[],
  found: (compared: Compared) => void,
): Promise<Compared> {
  const { old, now, plan } = subject;
  const { signal } = options;
  if (options.cosmovisor) needCosmovisor();
  const [oldSource, newSource] = await steps.run('read', () =>
    Promise.all([committedSource(subject.root, subject.commit), workingSource(subject.root)]),
  );
  const builtRemark = ({ cached }: { cached: boolean }) => (cached ? 'built before' : '');
  const common = { command: options.build, place, signal, tell: options.tell };
  const oldBuilt = await steps.run(
    'build old',
    () =>
      build({ what: 'old', source: oldSource, daemon: old.daemon, gomod: old.gomod, ...common }),
    builtRemark,
  );
  const newBuilt = await steps.run(
    'build new',
    () =>
      build({ what: 'new', source: newSource, daemon: now.daemon, gomod: now.gomod, ...common }),
    builtRemark,
  );
  const commands = new DaemonCommands(oldBuilt.binary, place, signal);
  const home = await steps.run('home', () => makeHome(commands, options.genesisPatch));
  const start = async (binary: string, log: string) => {
    const args = ['start', '--home', commands.home, ...options.startArgs];
    const own = { command: binary, args, cwd: place.dir, env: commands.env };
    const node = await RunningNode.start(
      options.cosmovisor ? underCosmovisor(own, commands.home) : own,
      join(place.dir, log),
      home.ports,
      place,
      signal,
    );
    nodes.push(node);
    return node;
  };
  if (options.cosmovisor) layCosmovisor(commands.home, oldBuilt.binary, newBuilt.binary, plan);
  const before = await steps.run('start', async () => {
    const node = await start(oldBuilt.binary, 'old.log');
    if (!(await node.until(async () => (await node.height()) >= 2, firstBlock)))
      throw new Refusal(`the old version makes no blocks: ${node.words()}`);
    return node;
  });
  const versions = await before.moduleVersions();
  const height = await steps.run(
    'propose',
    () => propose(subject, commands, home, before, options),
    h => `for height ${h}`,
  );
  await steps.run(
    'halt',
    () => halt(before, plan, height, new Proposer(commands, home, before, options.fees)),
    () => `at height ${height}`,
  );
  if (!options.cosmovisor) await before.stop();
  const after = await steps.run(
    'upgrade',
    async () => {
      // cosmovisor switches by itself.
      const node = options.cosmovisor ? before : await start(newBuilt.binary, 'new.log');
      if (!(await passes(node, height + 2, upgradeLimit)))
        throw new UpgradeFailed('upgrade', node.words());
      return node;
    },
    () => `past height ${height + 2}`,
  );
  const reached = await after.height();
  await after.stop();
  const restarted = await steps.run(
    'restart',
    async () => {
      const node = await start(newBuilt.binary, 'restart.log');
      if (!(await passes(node, reached + 2, upgradeLimit)))
        throw new UpgradeFailed('restart', node.words());
      return node;
    },
    () => `past height ${reached + 2}`,
  );
  return steps.run('compare', async () => {
    const stores = new Map<string, boolean>();
    for (const name of expectedStores(now.app, subject.upgrade).keys())
      stores.set(name, await restarted.hasStore(name));
    const compared = compare(now.chain, now.app, subject.upgrade, {
      plan: { name: plan, height, applied: await restarted.appliedHeight(plan) },
      before: versions,
      after: await restarted.moduleVersions(),
      stores,
      log: readLog(after.log),
    });
    found(compared);
    const [first] = disagreements(compared);
    if (first !== undefined) throw new UpgradeFailed('compare', first);
    return compared;
  });
}

async function propose(
  subject: Rehearsed,
  commands: DaemonCommands,
  home: Home,
  node: RunningNode,
  { fees, propose: command }: RehearseOptions,
): Promise<number> {
  const proposer = new Proposer(commands, home, node, fees);
  const height = planHeight(await node.height(), {
    command: commands.slowest,
    votes: home.voteSeconds * 1000,
    block: blockTime,
  });
  if (command !== undefined) {
    await proposer.byCommand(command, subject.root, subject.plan, height);
    return height;
  }
  await proposer.submit(proposalWay(subject.old.app.sdk.generation), {
    name: subject.plan,
    height,
    denom: home.denom,
  });
  await proposer.vote();
  return height;
}

async function halt(
  node: RunningNode,
  plan: string,
  height: number,
  proposer: Proposer,
): Promise<void> {
  const halted = watchLog(node.log, text => needs(text, plan));
  const past = await node.until(
    async () => halted() || (await node.height()) > height,
    120_000 + height * blockTime,
  );
  if (halted()) return;
  if (!past)
    throw new Refusal(`the old version stopped before the upgrade height: ${node.words()}`);
  const status = await proposer.status();
  if (status !== undefined && !/PASSED/i.test(status))
    throw new Refusal(`the proposal did not pass (${status}): the chain went on past its height`);
  throw new UpgradeFailed('halt', heightPassedMessage(height));
}

function passes(node: RunningNode, height: number, limit: number): Promise<boolean> {
  return node.until(async () => (await node.height()) >= height, limit);
}
