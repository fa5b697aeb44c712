import { Refusal } from '../../refusal.ts';
import type {
  AppEvent,
  AppInfo,
  ChangedParams,
  Executed,
  Hashes,
  ProofOperation,
  QueryAnswer,
  TxOutcome,
  Validator,
} from './block.ts';
import { WireMessage } from './wire.ts';

// Numbers of the responses in tendermint.abci.Response, as far as they are read.
const exceptionNumber = 1;
const flushNumber = 3;
const acceptStatus = 1;

/** What came over the socket: an answer, the app's words where it failed, or the end of a batch. */
export type AbciAnswer =
  | { readonly kind: 'answer'; readonly message: WireMessage }
  | { readonly kind: 'exception'; readonly words: string }
  | { readonly kind: 'flush' };

export function readAbciAnswer(bytes: Uint8Array): AbciAnswer {
  const response = new WireMessage(bytes);
  const [number] = response.numbers;
  if (number === undefined) throw new Refusal('the node sent an answer to nothing');
  if (number === flushNumber) return { kind: 'flush' };
  const message = response.message(number);
  if (number === exceptionNumber) return { kind: 'exception', words: message.text(1) };
  return { kind: 'answer', message };
}

export function appInfo(answer: WireMessage): AppInfo {
  return { height: answer.int(4), appHash: answer.bytes(5) };
}

export function queryAnswer(answer: WireMessage): QueryAnswer {
  return {
    code: answer.int(1),
    log: answer.text(3),
    key: answer.bytes(6),
    value: answer.bytes(7),
    proof: answer.message(8).messages(1).map(proofOperation),
    height: answer.int(9),
    codespace: answer.text(10),
  };
}

function proofOperation(operation: WireMessage): ProofOperation {
  return { type: operation.text(1), key: operation.bytes(2), data: operation.bytes(3) };
}

/** An answer to check tx or deliver tx, or an element of those to finalize block: one layout. */
export function txOutcome(answer: WireMessage): TxOutcome {
  return {
    code: answer.int(1),
    data: answer.bytes(2),
    log: answer.text(3),
    gasWanted: answer.bigint(5),
    gasUsed: answer.bigint(6),
    events: answer.messages(7).map(appEvent),
    codespace: answer.text(8),
  };
}

function appEvent(event: WireMessage): AppEvent {
  return {
    type: event.text(1),
    attributes: event.messages(2).map(pair => ({ key: pair.text(1), value: pair.text(2) })),
  };
}

/** What init chain answered: the first validators, and the app's hash. */
export function initialised(
  answer: WireMessage,
  hashes: Hashes,
): Pick<Executed, 'validators' | 'params'> & { readonly appHash: Uint8Array } {
  return {
    params: paramsIn(answer.message(1)),
    validators: answer.messages(2).map(update => validatorOf(update, hashes)),
    appHash: answer.bytes(3),
  };
}

/** The transactions of a block, as the proposing app wants them. */
export function preparedTxs(answer: WireMessage): readonly Uint8Array[] {
  return answer.list(1);
}

export function isAccepted(answer: WireMessage): boolean {
  return answer.int(1) === acceptStatus;
}

/** An answer to finalize block. */
export function finalized(answer: WireMessage, hashes: Hashes): Executed {
  return {
    txs: answer.messages(2).map(txOutcome),
    validators: answer.messages(3).map(update => validatorOf(update, hashes)),
    params: paramsIn(answer.message(4)),
    appHash: answer.bytes(5),
  };
}

/** An answer to end block, with those to the transactions before it. */
export function ended(answer: WireMessage, txs: readonly TxOutcome[], hashes: Hashes): Executed {
  return {
    txs,
    validators: answer.messages(1).map(update => validatorOf(update, hashes)),
    params: paramsIn(answer.message(2)),
    appHash: undefined,
  };
}

/** The app's hash in an answer to commit, before CometBFT 0.38. */
export function committedHash(answer: WireMessage): Uint8Array {
  return answer.bytes(2);
}

/** ConsensusParams{block 1 {max_bytes 1}, abci 5 {vote_extensions_enable_height 1}}. */
function paramsIn(params: WireMessage): ChangedParams {
  const first = (number: number) =>
    params.numbers.includes(number) ? params.message(number).int(1) : undefined;
  return { maxBytes: first(1), extensionsFrom: first(5) };
}

function validatorOf(update: WireMessage, hashes: Hashes): Validator {
  const key = update.bytes(1);
  return { key, address: addressOf(key, hashes), power: update.bigint(2) };
}

const ed25519 = 1;
const secp256k1 = 2;

/**
 * The address of a public key: the first 20 bytes of SHA-256 for ed25519, RIPEMD-160 of SHA-256 for
 * secp256k1 (crypto/ed25519, crypto/secp256k1 of CometBFT).
 */
export function addressOf(key: Uint8Array, { sha256, ripemd160 }: Hashes): Uint8Array {
  const message = new WireMessage(key);
  const [kind] = message.numbers;
  const bytes = sha256(message.bytes(kind ?? ed25519));
  if (kind === secp256k1) return ripemd160(bytes);
  return bytes.subarray(0, 20);
}
