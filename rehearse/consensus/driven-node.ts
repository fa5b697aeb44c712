import { Refusal } from '../../core/refusal.ts';
import type { TxOutcome } from '../../core/rehearse/abci/block.ts';
import { bringsExtensions } from '../../core/rehearse/abci/tip.ts';
import { connectionError, lastWords, shortWords } from '../../core/rehearse/log.ts';
import type { ChainNode, Queried, TxResult } from '../chain-node.ts';
import { NodeFailed } from '../chain-node.ts';
import { blockTime } from '../home.ts';
import { readLog } from '../node.ts';
import { pause } from '../processes.ts';
import type { RehearsalFolder } from '../rehearsal-folder.ts';
import type { AbciApp } from './app.ts';
import type { AppProcess, AppStart } from './app-process.ts';
import { AppEnded, startApp } from './app-process.ts';
import { AppException, ConnectionClosed } from './connection.ts';
import { KeptBlocks } from './kept-blocks.ts';
import type { MadeBlock } from './producer.ts';
import { BlockProducer } from './producer.ts';
import type { ServedNode } from './rpc-server.ts';
import type { Standing } from './standing.ts';

/** A version of the chain without CometBFT: this process makes its blocks. */
export class DrivenNode implements ChainNode, ServedNode {
  readonly log: string;
  readonly pid: number;
  readonly blocks = new KeptBlocks();
  private readonly process: AppProcess;
  private readonly producer: BlockProducer;
  private readonly signal: AbortSignal;
  /** Why it takes no more blocks. */
  private failure: string | undefined;
  /** Blocks are made one at a time. */
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    log: string,
    appProcess: AppProcess,
    { tip, pending }: Standing,
    signal: AbortSignal,
  ) {
    this.log = log;
    this.pid = appProcess.running.pid;
    this.process = appProcess;
    this.producer = new BlockProducer(appProcess.app, tip, pending);
    this.signal = signal;
    signal.addEventListener('abort', this.hangUp, { once: true });
  }

  /** What is asked of the app meanwhile fails then. */
  private readonly hangUp = (): void => {
    this.signal.removeEventListener('abort', this.hangUp);
    this.app.close();
  };

  /**
   * Starts a version; `stand` tells where its chain stands, for a new chain by making its first
   * state. Throws `NodeFailed` where it does not come that far.
   */
  static async start(
    start: AppStart,
    stand: (app: AbciApp) => Promise<Standing>,
    place: RehearsalFolder,
    signal: AbortSignal,
  ): Promise<DrivenNode> {
    let started: AppProcess | undefined;
    try {
      started = await startApp(start, place, signal);
      const standing = await unlessAborted(started.app, signal, stand);
      return new DrivenNode(start.log, started, standing, signal);
    } catch (error) {
      const words = signal.aborted ? undefined : await failureWords(error, start.log, started);
      await started?.running.stop(0);
      signal.throwIfAborted();
      throw words === undefined ? error : new NodeFailed(words);
    }
  }

  /** Where its chain stands. */
  get standing(): Standing {
    return { tip: this.producer.tip, pending: this.producer.pending };
  }

  get isOver(): boolean {
    return this.failure !== undefined || this.process.running.ended() !== undefined;
  }

  words(): string {
    return this.failure ?? lastWords(readLog(this.log)) ?? 'it said nothing';
  }

  query = async (path: string, data: Uint8Array): Promise<Queried> =>
    this.process.app.query(path, data);

  /** The app itself, for queries with proofs. */
  get app(): AbciApp {
    return this.process.app;
  }

  height(): Promise<number> {
    return Promise.resolve(this.producer.tip.height);
  }

  tx(hash: string): Promise<TxResult | undefined> {
    return Promise.resolve(this.blocks.tx(hash)?.outcome);
  }

  async until(done: () => boolean | Promise<boolean>, limit: number): Promise<boolean> {
    for (const deadline = Date.now() + limit; Date.now() < deadline; ) {
      this.signal.throwIfAborted();
      if (await done()) return true;
      if (this.isOver) return done();
      if ((await this.makeBlock(deadline)) === undefined) return done();
    }
    return false;
  }

  async reach(height: number, limit: number, stopped = () => false): Promise<boolean> {
    const done = () => stopped() || this.producer.tip.height >= height;
    return (await this.until(done, limit)) && !stopped();
  }

  /** Lets blocks come so many milliseconds of the chain's time after one another from now on. */
  setPace(ms: number): void {
    this.producer.pace = ms;
  }

  pass(ms: number): void {
    this.producer.skip(ms);
  }

  async meanwhile<T>(work: () => Promise<T>): Promise<T> {
    let isDone = false;
    const come = async () => {
      while (!isDone && !this.isOver) {
        await this.makeBlock();
        await pause(blockTime);
      }
    };
    const blocks = come();
    try {
      return await work();
    } finally {
      isDone = true;
      await blocks;
    }
  }

  async broadcast(tx: Uint8Array): Promise<TxOutcome> {
    const checked = await this.app.checkTx(tx);
    if (checked.code === 0) {
      this.producer.add(tx);
      await this.makeBlock();
    }
    return checked;
  }

  /** Makes the next block; undefined where the node takes none, or not before the deadline. */
  makeBlock(deadline = Number.POSITIVE_INFINITY): Promise<MadeBlock | undefined> {
    const next = this.last.then(() => this.make(deadline));
    this.last = next.catch(() => undefined);
    return next;
  }

  stop(): Promise<void> {
    this.hangUp();
    return this.process.running.stop();
  }

  kill(): Promise<void> {
    this.hangUp();
    return this.process.running.stop(0);
  }

  private async make(deadline: number): Promise<MadeBlock | undefined> {
    if (this.isOver) return undefined;
    try {
      const made = await before(deadline, this.producer.make());
      this.blocks.add(made);
      return made;
    } catch (error) {
      this.signal.throwIfAborted();
      const { tip } = this.producer;
      if (error instanceof AppException && bringsExtensions(tip))
        throw new Refusal(
          `the chain wants extensions of votes from height ${tip.height} on, which only a ` +
            'validator makes: pass --validator',
        );
      this.failure = await failureWords(error, this.log, this.process);
      if (this.failure === undefined) throw error;
      return undefined;
    }
  }
}

/** Asks an app; when the rehearsal is cancelled, what it is asked fails. */
async function unlessAborted<T>(
  app: AbciApp,
  signal: AbortSignal,
  ask: (app: AbciApp) => Promise<T>,
): Promise<T> {
  const hangUp = () => app.close();
  signal.addEventListener('abort', hangUp, { once: true });
  return ask(app).finally(() => signal.removeEventListener('abort', hangUp));
}

/** The time for a block is over. */
class TooLate extends Error {}

/** Gives what comes before the deadline (milliseconds since 1970); throws `TooLate` else. */
async function before<T>(deadline: number, work: Promise<T>): Promise<T> {
  if (deadline === Number.POSITIVE_INFINITY) return work;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new TooLate()),
      Math.min(Math.max(deadline - Date.now(), 0), longestTimer),
    );
  });
  // It comes to its end with the node, and nobody waits for it any more.
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Node's timers count in 31 bits of milliseconds. */
const longestTimer = 2 ** 31 - 1;
/** The server logs why it ends a connection a moment before or after it does. */
const logDelay = 1000;

/**
 * The node's words for an error of its socket; undefined for an error that is none of the node's.
 */
async function failureWords(
  error: unknown,
  log: string,
  started: AppProcess | undefined,
): Promise<string | undefined> {
  if (error instanceof AppException) return shortWords(error.message.split('\n')[0]!);
  if (error instanceof TooLate) return 'the block was not executed in time';
  if (error instanceof AppEnded) return lastWords(readLog(log)) ?? 'it said nothing';
  if (!(error instanceof ConnectionClosed)) return undefined;
  for (const end = Date.now() + logDelay; Date.now() < end; await pause(20)) {
    const said = connectionError(readLog(log));
    if (said !== undefined) return said;
    if (started?.running.ended()) break;
  }
  return lastWords(readLog(log)) ?? 'it said nothing';
}
