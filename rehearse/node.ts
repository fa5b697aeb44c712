import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { Refusal } from '../core/refusal.ts';
import { consensusFailed, lastWords } from '../core/rehearse/log.ts';
import type { Ports } from '../core/rehearse/node-files.ts';
import type { ChainNode, Queried, TxResult } from './chain-node.ts';
import type { ProcessStart, Running } from './processes.ts';
import { pause, startLogged } from './processes.ts';
import type { RehearsalFolder } from './rehearsal-folder.ts';

/** What the node's answers to `abci_query` hold that is of use here. */
interface AbciAnswer {
  readonly code?: number;
  readonly log?: string;
  readonly value?: string | null;
}

/** A node that runs CometBFT: its process, its log and its RPC. */
export class RunningNode implements ChainNode {
  readonly log: string;
  private readonly running: Running;
  private readonly rpc: string;
  private readonly signal: AbortSignal;
  /** A node whose consensus failed goes on running, and makes no block. */
  private readonly failed: () => boolean;

  private constructor(running: Running, log: string, { rpc }: Ports, signal: AbortSignal) {
    this.running = running;
    this.log = log;
    this.rpc = `http://127.0.0.1:${rpc}`;
    this.signal = signal;
    this.failed = watchLog(log, consensusFailed);
  }

  static async start(
    start: ProcessStart,
    log: string,
    ports: Ports,
    place: RehearsalFolder,
    signal: AbortSignal,
  ): Promise<RunningNode> {
    signal.throwIfAborted();
    return new RunningNode(await startLogged(start, log, place), log, ports, signal);
  }

  stop(): Promise<void> {
    return this.running.stop();
  }

  kill(): Promise<void> {
    return this.running.stop(0);
  }

  async until(done: () => boolean | Promise<boolean>, limit: number): Promise<boolean> {
    for (const deadline = Date.now() + limit; Date.now() < deadline; ) {
      this.signal.throwIfAborted();
      if (await done()) return true;
      if (this.isOver) return done();
      await pause(50);
    }
    return false;
  }

  reach(height: number, limit: number, stopped = () => false): Promise<boolean> {
    const done = async () => stopped() || (await this.height()) >= height;
    return this.until(done, limit).then(reached => reached && !stopped());
  }

  /** Its time is this machine's: whoever needs it to pass has to wait. */
  pass(): void {}

  /** Its blocks come by themselves. */
  meanwhile<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  get isOver(): boolean {
    return this.running.ended() !== undefined || this.failed();
  }

  /**
   * Why it stopped; under cosmovisor the log holds both versions, and the last one started counts.
   */
  words(): string {
    const log = readLog(this.log);
    return lastWords(log.slice(Math.max(log.lastIndexOf('running app'), 0))) ?? 'it said nothing';
  }

  /**
   * The newest block's height; 0 where the node does not answer. A node that has halted at H says
   * H: it holds the block, and has not executed it.
   */
  async height(): Promise<number> {
    const status = (await this.ask('status')) as
      | { sync_info?: { latest_block_height?: string } }
      | undefined;
    return Number(status?.sync_info?.latest_block_height ?? 0);
  }

  async tx(hash: string): Promise<TxResult | undefined> {
    const found = (await this.ask(`tx?hash=0x${hash}`)) as
      | { tx_result?: { code?: number; log?: string } }
      | undefined;
    return found?.tx_result && { code: found.tx_result.code ?? 0, log: found.tx_result.log ?? '' };
  }

  query = async (path: string, data: Uint8Array): Promise<Queried> => {
    const quoted = encodeURIComponent(JSON.stringify(path));
    const hex = Buffer.from(data).toString('hex');
    const url = `abci_query?path=${quoted}&data=0x${hex}`;
    const answer = (await this.ask(url)) as { response?: AbciAnswer } | undefined;
    if (!answer?.response) throw new Refusal(`the node does not answer ${path}`);
    const { code = 0, log = '', value } = answer.response;
    return { code, log, value: Buffer.from(value ?? '', 'base64') };
  };

  private async ask(path: string): Promise<unknown> {
    try {
      const response = await fetch(`${this.rpc}/${path}`, {
        signal: AbortSignal.any([this.signal, AbortSignal.timeout(5000)]),
      });
      return ((await response.json()) as { result?: unknown }).result;
    } catch {
      this.signal.throwIfAborted();
      return undefined;
    }
  }
}

/**
 * Reads what was added to a log since the last look, and remembers whether it ever held something.
 */
export function watchLog(path: string, holds: (text: string) => boolean): () => boolean {
  let from = 0;
  let seen = false;
  let rest = '';
  return () => {
    if (seen) return true;
    const file = openSync(path, 'r');
    try {
      const buffer = Buffer.alloc(Math.max(fstatSync(file).size - from, 0));
      from += readSync(file, buffer, 0, buffer.length, from);
      const text = rest + buffer.toString();
      rest = text.slice(text.lastIndexOf('\n') + 1);
      seen = holds(text);
      return seen;
    } finally {
      closeSync(file);
    }
  };
}

/** A whole log. */
export function readLog(path: string): string {
  return readFileSync(path, 'utf8');
}
