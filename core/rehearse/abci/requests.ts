import type { Block, Validator } from './block.ts';
import { bytesField, intField, messageField, timestampField } from './wire.ts';

/**
 * The two ways CometBFT speaks to an app: before 0.38 a block takes several requests, from then on
 * one. Tendermint 0.34 is another protocol.
 */
export type AbciWire = '0.37' | '0.38';

// Numbers of the requests in tendermint.abci.Request, the same in 0.37.5, 0.38.20, 0.39.4 and
// 0.40.0; begin block, deliver tx and end block only in 0.37, finalize block only from 0.38 on.
const request = {
  flush: 2,
  info: 3,
  initChain: 5,
  query: 6,
  beginBlock: 7,
  checkTx: 8,
  deliverTx: 9,
  endBlock: 10,
  commit: 11,
  prepareProposal: 16,
  processProposal: 17,
  finalizeBlock: 20,
} as const;

/** BlockIDFlagCommit: the validator signed the block. */
const signed = 2;

/** Makes the app send what it answered: it follows every request. */
export const flushRequest = messageField(request.flush);

/** Asks for the height that was committed. */
export function infoRequest(): Uint8Array {
  return messageField(request.info, bytesField(1, '0.38.0'));
}

/** The parts of a genesis that an app is initialised with. */
export interface InitialState {
  readonly chainId: string;
  readonly time: number;
  /** A tendermint.types.ConsensusParams. */
  readonly params: Uint8Array;
  readonly validators: readonly Validator[];
  readonly appState: Uint8Array;
  readonly initialHeight: number;
}

export function initChainRequest(state: InitialState): Uint8Array {
  return messageField(
    request.initChain,
    timestampField(1, state.time),
    bytesField(2, state.chainId),
    messageField(3, state.params),
    ...state.validators.map(({ key, power }) =>
      messageField(4, messageField(1, key), intField(2, power)),
    ),
    bytesField(5, state.appState),
    intField(6, state.initialHeight),
  );
}

/** A query of the state at a height, 0 for the newest. */
export function queryRequest(
  path: string,
  data: Uint8Array,
  { height = 0, prove = false }: { readonly height?: number; readonly prove?: boolean } = {},
): Uint8Array {
  return messageField(
    request.query,
    bytesField(1, data),
    bytesField(2, path),
    intField(3, height),
    intField(4, prove),
  );
}

export function checkTxRequest(tx: Uint8Array): Uint8Array {
  return messageField(request.checkTx, bytesField(1, tx));
}

/**
 * Asks what a proposer would put into a block; an app may leave transactions out and put others in.
 * Votes are told without extensions.
 */
export function prepareProposalRequest(wire: AbciWire, block: Block, maxBytes: number): Uint8Array {
  return messageField(
    request.prepareProposal,
    intField(1, maxBytes),
    ...txList(2, block),
    messageField(3, ...block.signers.map(signer => messageField(2, ...extendedVote(wire, signer)))),
    intField(5, block.height),
    timestampField(6, block.time),
    bytesField(7, block.nextValidatorsHash),
    bytesField(8, block.proposer),
  );
}

/** Asks whether the app accepts a block that was proposed. */
export function processProposalRequest(wire: AbciWire, block: Block): Uint8Array {
  return messageField(request.processProposal, ...wholeBlock(wire, block));
}

/** Lets an app execute a block, from CometBFT 0.38 on. */
export function finalizeBlockRequest(block: Block): Uint8Array {
  return messageField(request.finalizeBlock, ...wholeBlock('0.38', block));
}

/** Begins a block, in CometBFT 0.37. */
export function beginBlockRequest(block: Block): Uint8Array {
  const header = [
    messageField(1, intField(1, blockProtocol)),
    bytesField(2, block.chainId),
    intField(3, block.height),
    timestampField(4, block.time),
    bytesField(10, block.nextValidatorsHash),
    bytesField(11, block.appHash),
    bytesField(14, block.proposer),
  ];
  return messageField(
    request.beginBlock,
    bytesField(1, block.hash),
    messageField(2, ...header),
    messageField(3, ...votes('0.37', block)),
  );
}

/** The version of the block protocol, the same since Tendermint 0.33 (version/version.go). */
const blockProtocol = 11;

/** Lets an app execute a transaction, in CometBFT 0.37. */
export function deliverTxRequest(tx: Uint8Array): Uint8Array {
  return messageField(request.deliverTx, bytesField(1, tx));
}

/** Ends a block, in CometBFT 0.37. */
export function endBlockRequest(height: number): Uint8Array {
  return messageField(request.endBlock, intField(1, height));
}

export function commitRequest(): Uint8Array {
  return messageField(request.commit);
}

/** The fields that a block has in both process proposal and finalize block. */
function wholeBlock(wire: AbciWire, block: Block): Uint8Array[] {
  return [
    ...txList(1, block),
    messageField(2, ...votes(wire, block)),
    bytesField(4, block.hash),
    intField(5, block.height),
    timestampField(6, block.time),
    bytesField(7, block.nextValidatorsHash),
    bytesField(8, block.proposer),
  ];
}

function txList(number: number, { txs }: Block): Uint8Array[] {
  return txs.map(tx => messageField(number, tx));
}

/** The votes of a CommitInfo, of round 0. */
function votes(wire: AbciWire, { signers }: Block): Uint8Array[] {
  return signers.map(signer =>
    messageField(
      2,
      messageField(1, ...voter(signer)),
      wire === '0.37' ? intField(2, true) : intField(3, signed),
    ),
  );
}

function extendedVote(wire: AbciWire, signer: Validator): Uint8Array[] {
  return [
    messageField(1, ...voter(signer)),
    wire === '0.37' ? intField(2, true) : intField(5, signed),
  ];
}

function voter({ address, power }: Validator): Uint8Array[] {
  return [bytesField(1, address), intField(3, power)];
}
