import { cpSync, renameSync } from 'node:fs';
import { Refusal } from '../core/refusal.ts';
import type { StandaloneStart } from '../core/rehearse/driven.ts';
import {
  standaloneFlag,
  undrivenGeneration,
  undrivenStart,
  wireOf,
} from '../core/rehearse/driven.ts';
import { freshStartWords } from '../core/rehearse/fresh-start.ts';
import type { ChainNode } from './chain-node.ts';
import { NodeFailed } from './chain-node.ts';
import type { StandaloneStarts } from './consensus/driven-network.ts';
import { DrivenNetwork } from './consensus/driven-network.ts';
import type { NetworkParts, RehearsedNetwork } from './network.ts';
import type { RehearseOptions } from './options.ts';
import { onlyDriven } from './options.ts';
import { runCommand } from './processes.ts';
import type { Rehearsed, RehearsedVersion } from './rehearsal-input.ts';
import { removeAll } from './remove.ts';
import { StartFailed } from './start-failed.ts';
import { ValidatorNetwork } from './validator-network.ts';

/** A network whose old version makes blocks. */
export interface StartedNetwork {
  readonly network: RehearsedNetwork;
  readonly before: ChainNode;
}

/**
 * Starts the old version: driven, where the chain can be and nothing else was asked for, else by a
 * validator with CometBFT.
 */
export async function startNetwork(
  parts: NetworkParts,
  subject: Rehearsed,
  options: RehearseOptions,
): Promise<StartedNetwork> {
  if (parts.resumed) return startedOnState(await drivenAgain(parts, subject));
  if (parts.state) return startedOnState(await drivenOnState(parts, subject));
  const { validator = false, cosmovisor = false, tell } = options;
  const tried = validator || cosmovisor ? undefined : await startDriven(parts, subject);
  if (tried && 'network' in tried) return tried;
  const lost = onlyDriven(options);
  if (tried && lost !== undefined)
    throw new Refusal(
      `${lost} needs a chain that can be driven, and this one cannot: ${tried.why}`,
    );
  if (tried)
    tell(
      `note: this chain cannot be driven (${tried.why}); a validator with CometBFT makes its blocks`,
    );
  try {
    return await started(new ValidatorNetwork(parts, cosmovisor));
  } catch (error) {
    if (!(error instanceof StartFailed)) throw error;
    // Without CometBFT between, more is known of where it failed.
    const { reached, words } = tried?.failed ?? error;
    throw new Refusal(freshStartWords(subject.from, reached, words));
  }
}

/** Why a chain is not driven, and how it failed where that was tried. */
interface NotDriven {
  readonly why: string;
  readonly failed?: StartFailed;
}

/** A validator cannot take over a state, so the chain has to be one that can be driven. */
async function drivenOnState(parts: NetworkParts, subject: Rehearsed): Promise<DrivenNetwork> {
  const found = await standaloneStarts(parts, subject);
  if ('why' in found)
    throw new Refusal(
      `--state needs a chain that can be driven, and this one cannot: ${found.why}`,
    );
  return new DrivenNetwork(parts, found);
}

/** A home that was kept is one of a chain that was driven. */
async function drivenAgain(parts: NetworkParts, subject: Rehearsed): Promise<DrivenNetwork> {
  const found = await standaloneStarts(parts, subject);
  if ('why' in found)
    throw new Refusal(
      `the chain was driven before and cannot be now: ${found.why}; ` +
        'chain-upgrade rehearse --clean removes the home that was kept',
    );
  return new DrivenNetwork(parts, found);
}

/** The old version on a state that was given; that it does not run on it is not the upgrade's fault. */
async function startedOnState(network: DrivenNetwork): Promise<StartedNetwork> {
  return started(network).catch((error: unknown) => {
    throw error instanceof NodeFailed
      ? new Refusal(`the old version does not run on the state: ${error.message}`)
      : error;
  });
}

/** A driven network, or the reason why there is none. */
async function startDriven(
  parts: NetworkParts,
  subject: Rehearsed,
): Promise<StartedNetwork | NotDriven> {
  const found = await standaloneStarts(parts, subject);
  if ('why' in found) return found;
  const { home } = parts.commands;
  const fresh = `${home}.fresh`;
  cpSync(home, fresh, { recursive: true });
  try {
    return await started(new DrivenNetwork(parts, found));
  } catch (error) {
    if (!(error instanceof NodeFailed || error instanceof Refusal)) throw error;
    removeAll(home);
    renameSync(fresh, home);
    return { why: error.message, ...(error instanceof StartFailed && { failed: error }) };
  }
}

async function started(network: RehearsedNetwork): Promise<StartedNetwork> {
  try {
    return { network, before: await network.start() };
  } catch (error) {
    await network.end();
    throw error;
  }
}

/** How both versions are run without CometBFT, or why one cannot be. */
async function standaloneStarts(
  parts: NetworkParts,
  { from, old, now }: Rehearsed,
): Promise<StandaloneStarts | NotDriven> {
  const [first, second] = await Promise.all([
    standaloneStart(parts, parts.old, old),
    standaloneStart(parts, parts.now, now),
  ]);
  if ('why' in first) return { why: `${from}: ${first.why}` };
  if ('why' in second) return { why: `the working tree: ${second.why}` };
  return { old: first, now: second };
}

const helpLimit = 60_000;
/** A version that does not even tell its options says more when it is started. */
const usualFlag = 'with-tendermint';

async function standaloneStart(
  { place, signal, commands }: NetworkParts,
  binary: string,
  { app }: RehearsedVersion,
): Promise<StandaloneStart | NotDriven> {
  const { generation } = app.sdk;
  const byGeneration = undrivenGeneration(generation);
  if (byGeneration !== undefined) return { why: byGeneration };
  const { code, out, err } = await runCommand(
    { command: binary, args: ['start', '--help'], cwd: place.dir, env: commands.env },
    place,
    { limit: helpLimit, signal },
  );
  const help = out + err;
  const lacks = code === 0 ? undrivenStart(help) : undefined;
  if (lacks !== undefined) return { why: lacks };
  return { wire: wireOf(generation)!, flag: standaloneFlag(help) ?? usualFlag };
}
