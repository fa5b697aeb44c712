/** What a query of a node's state came to. */
export interface Queried {
  readonly code: number;
  readonly log: string;
  readonly value: Uint8Array;
}

/** Asks a node for state: by a gRPC method's path, or `/store/NAME/key` and `/store/NAME/subspace`. */
export type AbciQuery = (path: string, data: Uint8Array) => Promise<Queried>;

/** A transaction in a block. */
export interface TxResult {
  readonly code: number;
  readonly log: string;
}

/** A node did not come as far as it should; the message is its words. */
export class NodeFailed extends Error {}

/** A version of the chain that runs in a home, whoever makes its blocks. */
export interface ChainNode {
  /** The file that its output goes to. */
  readonly log: string;
  /** Whether it ended, or takes no more blocks for another reason than a plan. */
  readonly isOver: boolean;
  readonly query: AbciQuery;
  /** Why it stopped. */
  words(): string;
  /** The newest block's height; 0 where the node does not answer. */
  height(): Promise<number>;
  /** A transaction's result; undefined while it is in no block. */
  tx(hash: string): Promise<TxResult | undefined>;
  /**
   * Waits until `done` holds. False when the node came to its end or `limit` milliseconds passed
   * first. Throws when the rehearsal is cancelled.
   */
  until(done: () => boolean | Promise<boolean>, limit: number): Promise<boolean>;
  /**
   * Lets the chain come to a height. False where it came to its end, `stopped` held or `limit`
   * milliseconds passed first.
   */
  reach(height: number, limit: number, stopped?: () => boolean): Promise<boolean>;
  /** Lets time pass on the chain, in milliseconds, where the chain's time is not this machine's. */
  pass(ms: number): void;
  /** Does something that waits for blocks by itself. */
  meanwhile<T>(work: () => Promise<T>): Promise<T>;
  /** Stops it the way an operator does: it closes its databases. */
  stop(): Promise<void>;
  /** Ends it at once: nobody will start it again or read what it wrote. */
  kill(): Promise<void>;
}
