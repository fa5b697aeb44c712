import { joinedBytes } from '../wire-bytes.ts';
import type { Block, Executed, Hashes, Validator } from './block.ts';
import type { InitialState } from './requests.ts';
import { bytesField, intField, messageField, timestampField } from './wire.ts';

/** Milliseconds from one block to the next, as on most main networks. */
export const usualBlockTime = 6000;

/**
 * Where a chain stands: all that the next block is made of. A value, so that the same block can be
 * made in several copies of a home.
 */
export interface Tip {
  readonly chainId: string;
  /** The height of the last block; one below the first where there is none. */
  readonly height: number;
  /** The time of the last block, in milliseconds since 1970. */
  readonly time: number;
  readonly appHash: Uint8Array;
  /** The most bytes of a block; -1 for no limit. */
  readonly maxBytes: number;
  /** The first height whose votes have extensions; absent or 0 for none. */
  readonly extensionsFrom?: number;
  /** Those who signed the last block; none before the first. */
  readonly signed: readonly Validator[];
  /** Those who sign the next block, and the one after it. */
  readonly signing: readonly Validator[];
  readonly following: readonly Validator[];
}

/** A chain before its first block. */
export function initialTip(
  state: InitialState,
  started: Pick<Executed, 'validators' | 'params'> & { readonly appHash: Uint8Array },
): Tip {
  const validators = started.validators.length > 0 ? started.validators : state.validators;
  return {
    chainId: state.chainId,
    height: state.initialHeight - 1,
    // The first block has the genesis's own time (state/state.go of CometBFT).
    time: state.time - usualBlockTime,
    appHash: started.appHash,
    maxBytes: started.params.maxBytes ?? -1,
    extensionsFrom: started.params.extensionsFrom ?? 0,
    signed: [],
    signing: validators,
    following: validators,
  };
}

/** The next block, `after` milliseconds behind the last. The same tip gives the same block. */
export function nextBlock(
  tip: Tip,
  txs: readonly Uint8Array[],
  hashes: Hashes,
  after = usualBlockTime,
): Block {
  const height = tip.height + 1;
  const time = tip.time + after;
  const { chainId, appHash, signed: signers } = tip;
  return {
    chainId,
    height,
    time,
    txs,
    signers,
    appHash,
    proposer: proposerOf(tip, height),
    hash: hashes.sha256(
      joinedBytes([bytesField(1, chainId), intField(2, height), timestampField(3, time), ...txs]),
    ),
    nextValidatorsHash: validatorsHash(tip.following, hashes),
  };
}

/** The chain after a block. What a block changes of the validators counts two blocks later. */
export function advanced(
  tip: Tip,
  block: Block,
  executed: Pick<Executed, 'validators' | 'params'>,
  appHash: Uint8Array,
): Tip {
  return {
    chainId: tip.chainId,
    height: block.height,
    time: block.time,
    appHash,
    maxBytes: executed.params.maxBytes ?? tip.maxBytes,
    extensionsFrom: executed.params.extensionsFrom ?? tip.extensionsFrom ?? 0,
    signed: tip.signing,
    signing: tip.following,
    following: updated(tip.following, executed.validators),
  };
}

/**
 * Whether the next block is the first that has extensions of votes, which only a validator makes:
 * those of the block before it.
 */
export function bringsExtensions({ extensionsFrom = 0, height }: Tip): boolean {
  return extensionsFrom > 0 && height === extensionsFrom;
}

/** Everyone in turn. */
function proposerOf({ signing }: Tip, height: number): Uint8Array {
  return signing[height % signing.length]?.address ?? new Uint8Array();
}

function updated(
  validators: readonly Validator[],
  updates: readonly Validator[],
): readonly Validator[] {
  if (updates.length === 0) return validators;
  const byAddress = new Map(validators.map(one => [one.address.join(), one]));
  for (const update of updates) {
    const key = update.address.join();
    if (update.power === 0n) byAddress.delete(key);
    else byAddress.set(key, update);
  }
  return [...byAddress.values()].sort(byPower);
}

/** As CometBFT sorts them: by power, then by address (types/validator_set.go). */
function byPower(a: Validator, b: Validator): number {
  if (a.power !== b.power) return a.power > b.power ? -1 : 1;
  const at = a.address.findIndex((byte, i) => byte !== b.address[i]);
  return at < 0 ? 0 : a.address[at]! - b.address[at]!;
}

/** The root of the Merkle tree of the validators (types/validator_set.go, RFC 6962). */
function validatorsHash(validators: readonly Validator[], { sha256 }: Hashes): Uint8Array {
  const leaves = validators.map(({ key, power }) =>
    joinedBytes([messageField(1, key), intField(2, power)]),
  );
  const root = (from: number, to: number): Uint8Array => {
    if (to - from === 0) return sha256(new Uint8Array());
    if (to - from === 1) return sha256(joinedBytes([Uint8Array.of(0), leaves[from]!]));
    const half = from + 2 ** (Math.ceil(Math.log2(to - from)) - 1);
    return sha256(joinedBytes([Uint8Array.of(1), root(from, half), root(half, to)]));
  };
  return root(0, leaves.length);
}
