import { join } from 'node:path';
import { planHeight } from '../core/rehearse/proposal.ts';
import { layCosmovisor, underCosmovisor } from './cosmovisor.ts';
import { blockTime } from './home.ts';
import type { NetworkParts, RehearsedNetwork } from './network.ts';
import { RunningNode } from './node.ts';
import { StartFailed } from './start-failed.ts';

const firstBlock = 90_000;

/** A chain whose only validator runs CometBFT, under cosmovisor where that is asked for. */
export class ValidatorNetwork implements RehearsedNetwork {
  readonly mode = 'validator';
  readonly trials = undefined;
  private readonly parts: NetworkParts;
  private readonly cosmovisor: boolean;
  private readonly nodes: RunningNode[] = [];

  constructor(parts: NetworkParts, cosmovisor: boolean) {
    this.parts = parts;
    this.cosmovisor = cosmovisor;
    const { commands, old, now, plan } = parts;
    if (cosmovisor) layCosmovisor(commands.home, old, now, plan);
  }

  async start(): Promise<RunningNode> {
    const node = await this.run(this.parts.old, 'old.log');
    if (!(await node.reach(2, firstBlock))) throw new StartFailed('blocks', node.words());
    return node;
  }

  planHeight(height: number): number {
    const { commands, home } = this.parts;
    return planHeight(height, {
      command: commands.slowest,
      votes: home.voteSeconds * 1000,
      block: blockTime,
    });
  }

  async upgrade(): Promise<RunningNode> {
    // cosmovisor switches by itself.
    if (this.cosmovisor) return this.last;
    await this.last.stop();
    return this.run(this.parts.now, 'new.log');
  }

  async restart(): Promise<RunningNode> {
    await this.last.stop();
    return this.run(this.parts.now, 'restart.log');
  }

  async end(): Promise<void> {
    await Promise.all(this.nodes.map(node => node.kill()));
  }

  private get last(): RunningNode {
    return this.nodes.at(-1)!;
  }

  private async run(binary: string, log: string): Promise<RunningNode> {
    const { commands, home, startArgs, place, signal } = this.parts;
    const args = ['start', '--home', commands.home, ...startArgs];
    const own = { command: binary, args, cwd: place.dir, env: commands.env };
    const node = await RunningNode.start(
      this.cosmovisor ? underCosmovisor(own, commands.home) : own,
      join(place.dir, log),
      home.ports,
      place,
      signal,
    );
    this.nodes.push(node);
    return node;
  }
}
