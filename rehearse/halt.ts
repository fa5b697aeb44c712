import { Refusal } from '../core/refusal.ts';
import { heightPassedMessage } from '../core/rehearse/compare.ts';
import { needs } from '../core/rehearse/log.ts';
import type { ChainNode } from './chain-node.ts';
import { blockTime } from './home.ts';
import type { RehearsedNetwork } from './network.ts';
import { watchLog } from './node.ts';
import type { Proposer } from './propose.ts';
import type { Rehearsed } from './rehearsal-input.ts';
import { UpgradeFailed } from './upgrade-failed.ts';

/** Gets the plan decided; gives its height. */
export async function propose(
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
  await proposer.submit(old.app.sdk.generation, { name: plan, height });
  await proposer.vote();
  return height;
}

/**
 * Lets the old version come to the plan's height and halt there. Throws where it stops before or goes
 * on.
 */
export async function halt(
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
