import type {
  AppInfo,
  Block,
  Executed,
  QueryAnswer,
  TxOutcome,
} from '../../core/rehearse/abci/block.ts';
import type { AbciWire, InitialState } from '../../core/rehearse/abci/requests.ts';
import {
  beginBlockRequest,
  checkTxRequest,
  commitRequest,
  deliverTxRequest,
  endBlockRequest,
  finalizeBlockRequest,
  infoRequest,
  initChainRequest,
  prepareProposalRequest,
  processProposalRequest,
  queryRequest,
} from '../../core/rehearse/abci/requests.ts';
import {
  appInfo,
  committedHash,
  ended,
  finalized,
  initialised,
  isAccepted,
  preparedTxs,
  queryAnswer,
  txOutcome,
} from '../../core/rehearse/abci/responses.ts';
import type { AppAddress } from './connection.ts';
import { AppConnection } from './connection.ts';
import { nodeHashes } from './hashes.ts';

/**
 * An app that listens. Like CometBFT it is spoken to over several connections: after one that
 * failed it still answers queries over the other.
 */
export class AbciApp {
  private readonly consensus: AppConnection;
  private readonly queries: AppConnection;
  private readonly wire: AbciWire;

  private constructor(consensus: AppConnection, queries: AppConnection, wire: AbciWire) {
    this.consensus = consensus;
    this.queries = queries;
    this.wire = wire;
  }

  static async open(address: AppAddress, wire: AbciWire): Promise<AbciApp> {
    return new AbciApp(await AppConnection.open(address), await AppConnection.open(address), wire);
  }

  async info(): Promise<AppInfo> {
    return appInfo(await this.queries.ask(infoRequest()));
  }

  async initChain(state: InitialState): Promise<ReturnType<typeof initialised>> {
    return initialised(await this.consensus.ask(initChainRequest(state)), nodeHashes);
  }

  async query(
    path: string,
    data: Uint8Array,
    at?: { readonly height?: number; readonly prove?: boolean },
  ): Promise<QueryAnswer> {
    return queryAnswer(await this.queries.ask(queryRequest(path, data, at)));
  }

  async checkTx(tx: Uint8Array): Promise<TxOutcome> {
    return txOutcome(await this.queries.ask(checkTxRequest(tx)));
  }

  /** The transactions of a block as this app would propose them. */
  async prepare(block: Block, maxBytes: number): Promise<readonly Uint8Array[]> {
    const request = prepareProposalRequest(this.wire, block, maxBytes);
    return preparedTxs(await this.consensus.ask(request));
  }

  /** Whether the app would vote for a block. */
  async accepts(block: Block): Promise<boolean> {
    return isAccepted(await this.consensus.ask(processProposalRequest(this.wire, block)));
  }

  async execute(block: Block): Promise<Executed> {
    if (this.wire !== '0.37')
      return finalized(await this.consensus.ask(finalizeBlockRequest(block)), nodeHashes);
    await this.consensus.ask(beginBlockRequest(block));
    const txs: TxOutcome[] = [];
    for (const tx of block.txs) txs.push(txOutcome(await this.consensus.ask(deliverTxRequest(tx))));
    return ended(await this.consensus.ask(endBlockRequest(block.height)), txs, nodeHashes);
  }

  /** Commits what was executed; gives the app's hash before CometBFT 0.38. */
  async commit(): Promise<Uint8Array> {
    return committedHash(await this.consensus.ask(commitRequest()));
  }

  close(): void {
    this.consensus.close();
    this.queries.close();
  }
}
