import { cpSync, renameSync } from 'node:fs';
import { Refusal } from '../core/refusal.ts';
import { undrivenGeneration, undrivenStart, wireOf } from '../core/rehearse/driven.ts';
import type { ChainNode } from './chain-node.ts';
import { NodeFailed } from './chain-node.ts';
import { DrivenNetwork } from './consensus/driven-network.ts';
import type { NetworkParts, RehearsedNetwork } from './network.ts';
import type { RehearseOptions } from './options.ts';
import { onlyDriven } from './options.ts';
import { runCommand } from './processes.ts';
import type { Rehearsed, RehearsedVersion } from './rehearsal-input.ts';
import { removeAll } from './remove.ts';
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
  if (parts.state) return startedOnState(await drivenOnState(parts, subject));
  const { validator = false, cosmovisor = false, tell } = options;
  const drivenOrWhy = validator || cosmovisor ? undefined : await startDriven(parts, subject);
  if (typeof drivenOrWhy === 'object') return drivenOrWhy;
  const lost = onlyDriven(options);
  if (drivenOrWhy !== undefined && lost !== undefined)
    throw new Refusal(
      `${lost} needs a chain that can be driven, and this one cannot: ${drivenOrWhy}`,
    );
  if (drivenOrWhy !== undefined)
    tell(
      `note: this chain cannot be driven (${drivenOrWhy}); a validator with CometBFT makes its blocks`,
    );
  return started(new ValidatorNetwork(parts, cosmovisor));
}

/** A validator cannot take over a state, so the chain has to be one that can be driven. */
async function drivenOnState(parts: NetworkParts, subject: Rehearsed): Promise<DrivenNetwork> {
  const reason = await whyNotDriven(parts, subject);
  if (reason !== undefined)
    throw new Refusal(`--state needs a chain that can be driven, and this one cannot: ${reason}`);
  return driven(parts, subject);
}

/** The old version on a state that was given; that it does not run on it is not the upgrade's fault. */
async function startedOnState(network: DrivenNetwork): Promise<StartedNetwork> {
  return started(network).catch((error: unknown) => {
    throw error instanceof NodeFailed
      ? new Refusal(`the old version does not run on the state: ${error.message}`)
      : error;
  });
}

function driven(parts: NetworkParts, subject: Rehearsed): DrivenNetwork {
  const [old, now] = [subject.old, subject.now].map(({ app }) => wireOf(app.sdk.generation)!);
  return new DrivenNetwork(parts, { old: old!, now: now! });
}

/** A driven network, or the reason why there is none. */
async function startDriven(
  parts: NetworkParts,
  subject: Rehearsed,
): Promise<StartedNetwork | string> {
  const reason = await whyNotDriven(parts, subject);
  if (reason !== undefined) return reason;
  const { home } = parts.commands;
  const fresh = `${home}.fresh`;
  cpSync(home, fresh, { recursive: true });
  try {
    return await started(driven(parts, subject));
  } catch (error) {
    if (!(error instanceof NodeFailed || error instanceof Refusal)) throw error;
    removeAll(home);
    renameSync(fresh, home);
    return error.message;
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

async function whyNotDriven(
  parts: NetworkParts,
  { from, old, now }: Rehearsed,
): Promise<string | undefined> {
  const reasons = await Promise.all([
    whyVersionNot(parts, parts.old, old),
    whyVersionNot(parts, parts.now, now),
  ]);
  const versions = [from, 'the working tree'];
  const at = reasons.findIndex(reason => reason !== undefined);
  return at < 0 ? undefined : `${versions[at]!}: ${reasons[at]!}`;
}

const helpLimit = 60_000;

async function whyVersionNot(
  { place, signal, commands }: NetworkParts,
  binary: string,
  { app }: RehearsedVersion,
): Promise<string | undefined> {
  const byGeneration = undrivenGeneration(app.sdk.generation);
  if (byGeneration !== undefined) return byGeneration;
  const { code, out, err } = await runCommand(
    { command: binary, args: ['start', '--help'], cwd: place.dir, env: commands.env },
    place,
    { limit: helpLimit, signal },
  );
  // A version that does not even come that far says more when it is started.
  return code === 0 ? undrivenStart(out + err) : undefined;
}
