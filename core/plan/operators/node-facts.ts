import type { BlockAt, Clock } from '../../gov/height.ts';
import { heightsToMeasure, measureBlocks } from '../../gov/height.ts';
import type { GovParams } from '../../gov/params.ts';
import { govParamPaths, readGovParams } from '../../gov/params.ts';
import { Refusal } from '../../refusal.ts';
import type { Generation } from '../../sdk/generations.ts';
import { generationIsBefore, generationOfVersion } from '../../sdk/generations.ts';
import type { NodePort, PlanMachine } from '../machine.ts';

/** What a node says of its network. */
export interface NodeFacts {
  /** The address that was asked. */
  readonly address: string;
  readonly chainId: string;
  /** The SDK that it runs; null where it does not say. */
  readonly generation: Generation | null;
  readonly clock: Clock;
  /** When it was asked, in milliseconds; never before its newest block. */
  readonly now: number;
  readonly params: GovParams;
  /** Whom its upgrade module obeys, and who says so; undefined where it does not tell. */
  readonly authority: { readonly address: string; readonly from: string } | undefined;
  /** The plan that is scheduled. */
  readonly scheduled: { readonly name: string; readonly height: number } | undefined;
}

/** Asks a node what a proposal has to know. Throws `Refusal` where it does not say it. */
export async function readNode(machine: PlanMachine, address: string): Promise<NodeFacts> {
  const node = machine.node(address);
  const { chainId, generation } = await identityOf(node);
  const params = await govParamsOf(node);
  const clock = await clockOf(node);
  return {
    address: node.address,
    chainId,
    generation,
    params,
    clock,
    now: Math.max(machine.now(), clock.newest.time),
    authority: await authorityOf(node, generation),
    scheduled: await scheduledOn(node),
  };
}

async function identityOf(
  node: NodePort,
): Promise<{ readonly chainId: string; readonly generation: Generation | null }> {
  const info =
    (await node.ask('/cosmos/base/tendermint/v1beta1/node_info')) ?? (await node.ask('/node_info'));
  const { default_node_info, node_info, application_version } = info ?? {};
  const chainId = record(default_node_info ?? node_info)['network'];
  if (typeof chainId !== 'string' || chainId === '')
    throw new Refusal(
      `${node.address} does not say which network it is on: is this the REST address of a node?`,
    );
  const version = record(application_version)['cosmos_sdk_version'];
  return {
    chainId,
    generation: typeof version === 'string' ? generationOfVersion(version) : null,
  };
}

async function govParamsOf(node: NodePort): Promise<GovParams> {
  for (const paths of govParamPaths) {
    const answers = [];
    for (const path of paths) answers.push(await node.ask(path));
    const params = readGovParams(answers);
    if (params) return params;
  }
  throw new Refusal(
    `${node.address} does not tell its deposit and voting periods: leave --node out, and give ` +
      '--height and --deposit',
  );
}

async function clockOf(node: NodePort): Promise<Clock> {
  const newest = await blockAt(node, 'latest');
  if (!newest) throw new Refusal(`${node.address} does not show its newest block`);
  // Nodes keep as many blocks as they were told to: fewer are tried where the first is gone.
  for (let window = 10_000; window >= 10; window /= 10) {
    if (window >= newest.height) continue;
    const blocks = await blocksOf(node, heightsToMeasure(newest.height, window).slice(0, -1));
    const clock = blocks && measureBlocks([...blocks, newest]);
    if (clock) return clock;
  }
  throw new Refusal(
    `${node.address} shows too few blocks to measure their time: it needs ten before the newest`,
  );
}

/** Blocks at heights, oldest first; undefined where the node has not the first of them. */
async function blocksOf(
  node: NodePort,
  heights: readonly number[],
): Promise<BlockAt[] | undefined> {
  const blocks: BlockAt[] = [];
  for (const height of heights) {
    const block = await blockAt(node, String(height));
    if (!block && blocks.length === 0) return undefined;
    if (block) blocks.push(block);
  }
  return blocks;
}

async function blockAt(node: NodePort, height: string): Promise<BlockAt | undefined> {
  const answer =
    (await node.ask(`/cosmos/base/tendermint/v1beta1/blocks/${height}`)) ??
    (await node.ask(`/blocks/${height}`));
  const header = record(record(answer?.['block'])['header']);
  const read = { height: Number(header['height']), time: Date.parse(String(header['time'])) };
  return Number.isSafeInteger(read.height) && read.height > 0 && !Number.isNaN(read.time)
    ? read
    : undefined;
}

/**
 * From 0.54 on the authority of the consensus parameters comes before the keeper's
 * (docs/background/sdk.md#proposals).
 */
async function authorityOf(
  node: NodePort,
  generation: Generation | null,
): Promise<NodeFacts['authority']> {
  if (generation === null || !generationIsBefore(generation, '0.54')) {
    const consensus = record((await node.ask('/cosmos/consensus/v1/params'))?.['params']);
    const address = record(consensus['authority'])['authority'];
    if (typeof address === 'string' && address !== '')
      return { address, from: 'the consensus parameters' };
  }
  const answer = await node.ask('/cosmos/upgrade/v1beta1/authority');
  const address = answer?.['address'];
  return typeof address === 'string' && address !== ''
    ? { address, from: 'the upgrade module' }
    : undefined;
}

async function scheduledOn(node: NodePort): Promise<NodeFacts['scheduled']> {
  const { plan } = (await node.ask('/cosmos/upgrade/v1beta1/current_plan')) ?? {};
  if (plan === undefined || plan === null) return undefined;
  const { name, height } = record(plan);
  const number = Number(height);
  if (typeof name === 'string' && name === '') return undefined;
  if (typeof name === 'string' && typeof height === 'string' && Number.isSafeInteger(number))
    return { name, height: number };
  throw new Refusal(`${node.address} gives a scheduled plan that cannot be read`);
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
