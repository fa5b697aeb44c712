import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { initialState } from '../../core/rehearse/abci/genesis-state.ts';
import { initialTip } from '../../core/rehearse/abci/tip.ts';
import type { StandaloneStart } from '../../core/rehearse/driven.ts';
import type { FreshStart } from '../../core/rehearse/fresh-start.ts';
import type { Json } from '../../core/rehearse/genesis.ts';
import type { StateFacts } from '../../core/rehearse/state-facts.ts';
import type { StoreKey } from '../../core/rehearse/store-trace.ts';
import { NodeFailed } from '../chain-node.ts';
import { commandLimit } from '../daemon-commands.ts';
import { blockTime } from '../home.ts';
import type { NetworkParts, RehearsedNetwork } from '../network.ts';
import { StartFailed } from '../start-failed.ts';
import { copyState } from '../state/copy.ts';
import type { AbciApp } from './app.ts';
import { DrivenNode } from './driven-node.ts';
import { DrivenTrials } from './driven-trials.ts';
import type { DrivenStart, HaltedChain, StateReader } from './halted-chain.ts';
import { nodeHashes } from './hashes.ts';
import { RpcServer } from './rpc-server.ts';
import type { Standing } from './standing.ts';
import { standingAfterChange, standingOn } from './state-standing.ts';
import { touchedLast } from './store-trace.ts';
import { upgradeBlock } from './upgrade-block.ts';

/** A block for the proposal, one for the vote and one in which the votes are counted, and air. */
const blocksToPlan = 10;
const firstBlocks = 2;
const firstBlocksLimit = 90_000;

/** How the two versions are run. */
export interface StandaloneStarts {
  readonly old: StandaloneStart;
  readonly now: StandaloneStart;
}

/** A chain whose blocks this process makes, with the unmodified binaries. */
export class DrivenNetwork implements RehearsedNetwork, HaltedChain {
  readonly mode = 'driven';
  private readonly parts: NetworkParts;
  private readonly starts: StandaloneStarts;
  private readonly nodes: DrivenNode[] = [];
  private rpc: RpcServer | undefined;
  private before: DrivenNode | undefined;
  private after: DrivenNode | undefined;
  /** Aborts whatever still starts or is being copied when all is to end. */
  private readonly ending = new AbortController();
  private made: DrivenTrials | undefined;

  constructor(parts: NetworkParts, starts: StandaloneStarts) {
    this.parts = parts;
    this.starts = starts;
  }

  /** The home in which the old version halts; copies of it are upgraded. */
  get halted(): string {
    return this.parts.commands.home;
  }

  async start(): Promise<DrivenNode> {
    const node = await this.startOld();
    if (!this.parts.resumed) await this.firstBlocks(node);
    this.rpc = await RpcServer.listen(this.parts.home.ports.rpc);
    this.rpc.node = node;
    this.before = node;
    return node;
  }

  async change(work: (home: string) => Promise<unknown>): Promise<DrivenNode> {
    const { standing } = this.before!;
    await this.before!.stop();
    await work(this.halted);
    const node = await this.run({
      version: 'old',
      home: this.halted,
      name: 'old',
      stand: app => standingAfterChange(app, standing),
    });
    this.rpc!.node = node;
    this.before = node;
    return node;
  }

  planHeight(height: number, byCommand: boolean): number {
    // As many blocks as may come while a command runs: they cost next to nothing.
    const meanwhile = byCommand ? Math.ceil(commandLimit / blockTime) : 0;
    return height + blocksToPlan + meanwhile;
  }

  async upgrade(): Promise<DrivenNode> {
    await this.before!.stop();
    const home = await this.copyHalted('upgraded');
    const node = await this.run({ version: 'now', home, name: 'new', stand: () => this.standing });
    this.serve(node);
    const first = await upgradeBlock(node, this.parts.blockLimit);
    this.made = first && new DrivenTrials(this, first);
    return node;
  }

  async restart(): Promise<DrivenNode> {
    const { standing } = this.after!;
    await this.after!.stop();
    const home = join(this.parts.place.dir, 'upgraded');
    const node = await this.run({ version: 'now', home, name: 'restart', stand: () => standing });
    this.serve(node);
    return node;
  }

  async stoppedAt(): Promise<StoreKey | undefined> {
    if (!this.after || this.trials) return undefined;
    const { place, blockLimit } = this.parts;
    const trace = join(place.dir, 'trace');
    try {
      const node = await this.run({
        version: 'now',
        home: await this.copyHalted('traced'),
        name: 'traced',
        stand: () => this.standing,
        args: ['--trace-store', trace],
      });
      return await touchedLast(node, trace, blockLimit);
    } catch (error) {
      // A start command of a chain's own may not have the flag.
      if (error instanceof NodeFailed) return undefined;
      throw error;
    }
  }

  async end(): Promise<void> {
    this.ending.abort();
    await this.trials?.settled();
    await Promise.all(this.nodes.map(node => node.kill()));
    await this.rpc?.close();
  }

  /** Where the chain stood when the old version halted, with the block that it could not make. */
  get standing(): Standing {
    return this.before!.standing;
  }

  /** What can be tried, once the upgrade block was made. */
  get trials(): DrivenTrials | undefined {
    return this.made;
  }

  get upgraded(): DrivenNode {
    return this.after!;
  }

  get reader(): StateReader | undefined {
    return this.parts.reader;
  }

  get blockLimit(): number {
    return this.parts.blockLimit;
  }

  async run({ version, home, name, stand, args = [], env = {} }: DrivenStart): Promise<DrivenNode> {
    const { startArgs, place, signal, commands } = this.parts;
    const node = await DrivenNode.start(
      {
        binary: this.parts[version],
        home,
        standalone: this.starts[version],
        log: join(place.dir, `${name}.log`),
        args: [...startArgs, ...args],
        env: { ...commands.env, ...env },
      },
      async app => stand(app),
      place,
      AbortSignal.any([signal, this.ending.signal]),
    );
    this.nodes.push(node);
    return node;
  }

  async copyHalted(name: string): Promise<string> {
    const { place, signal } = this.parts;
    const copy = join(place.dir, name);
    await copyState(this.halted, '', copy, AbortSignal.any([signal, this.ending.signal]));
    return copy;
  }

  /** Starts the old version, and tells where a fresh chain of it ends. */
  private async startOld(): Promise<DrivenNode> {
    let reached: FreshStart = 'start';
    const stand = (app: AbciApp) => {
      reached = 'genesis';
      return this.parts.resumed ?? this.firstStanding(app);
    };
    try {
      return await this.run({ version: 'old', home: this.halted, name: 'old', stand });
    } catch (error) {
      throw error instanceof NodeFailed ? new StartFailed(reached, error.message) : error;
    }
  }

  private async firstBlocks(node: DrivenNode): Promise<void> {
    const first = (await node.height()) + firstBlocks;
    if (!(await node.reach(first, firstBlocksLimit))) throw new StartFailed('blocks', node.words());
    // Nobody may miss a vote of seconds; on a state that was given nobody votes.
    if (!this.parts.state) node.setPace(blockTime);
  }

  /** Where the chain stands before the old version makes blocks. */
  private async firstStanding(app: AbciApp): Promise<Standing> {
    const { state } = this.parts;
    if (!state?.facts) return newChain(app, join(this.halted, 'config/genesis.json'));
    return standingOn(app, { chainId: state.chainId, time: timeOf(state.facts) });
  }

  /** Lets the chain's own commands speak to the new version from now on. */
  private serve(node: DrivenNode): void {
    this.after = node;
    if (this.rpc) this.rpc.node = node;
  }
}

/** When a state's last block was made; now, where it does not say. */
function timeOf({ time }: StateFacts): number {
  return Date.parse(time) || Date.now();
}

/** Makes the first state of a new chain. */
async function newChain(app: AbciApp, genesisFile: string): Promise<Standing> {
  const genesis = JSON.parse(readFileSync(genesisFile, 'utf8')) as Json;
  const decode = (base64: string) => Buffer.from(base64, 'base64');
  const state = initialState(genesis, { ...nodeHashes, decode });
  return { tip: initialTip(state, await app.initChain(state)) };
}
