import { joinedBytes } from '../wire-bytes.ts';
import type { AppInfo, Hashes, Validator } from './block.ts';
import { addressOf } from './responses.ts';
import type { Tip } from './tip.ts';
import { bytesField, intField, messageField, WireMessage } from './wire.ts';

/** More than any chain has in its active set. */
const mostValidators = 10_000;

/** QueryValidatorsRequest{status 1, pagination 2 {limit 3}} of cosmos.staking.v1beta1. */
export const bondedRequest: Uint8Array = joinedBytes([
  bytesField(1, 'BOND_STATUS_BONDED'),
  messageField(2, intField(3, mostValidators)),
]);

/** The kinds of keys that CometBFT knows, as fields of its PublicKey, by their types in the SDK. */
const keyFields: Readonly<Record<string, number>> = {
  '/cosmos.crypto.ed25519.PubKey': 1,
  '/cosmos.crypto.secp256k1.PubKey': 2,
};

/**
 * The bonded validators of a QueryValidatorsResponse{validators 1 {key 2, tokens 5}}. One whose key
 * CometBFT does not know is left out: it signs nothing.
 */
export function bondedValidators(answer: Uint8Array, hashes: Hashes): Validator[] {
  const bonded = new WireMessage(answer).messages(1).flatMap(validator => {
    const any = validator.message(2);
    const field = keyFields[any.text(1)];
    if (field === undefined) return [];
    const key = bytesField(field, any.message(2).bytes(1));
    return [{ key, address: addressOf(key, hashes), tokens: BigInt(validator.text(5) || '0') }];
  });
  const reduction = reductionOf(bonded.map(({ tokens }) => tokens));
  return bonded.map(({ key, address, tokens }) => ({ key, address, power: tokens / reduction }));
}

/**
 * What tokens are divided by to give powers: 10^6 as in the SDK, and 10^18 where that would be more
 * than CometBFT adds up (types/validator_set.go), as in chains that count in 10^18.
 */
function reductionOf(tokens: readonly bigint[]): bigint {
  const total = tokens.reduce((sum, one) => sum + one, 0n);
  return total / 10n ** 6n < 2n ** 60n ? 10n ** 6n : 10n ** 18n;
}

/** A chain that stands on a state; `time` is in milliseconds since 1970. */
export function stateTip(
  { height, appHash }: AppInfo,
  state: {
    readonly chainId: string;
    readonly time: number;
    readonly validators: readonly Validator[];
  },
): Tip {
  const { chainId, time, validators } = state;
  return {
    chainId,
    height,
    time,
    appHash,
    maxBytes: -1,
    signed: validators,
    signing: validators,
    following: validators,
  };
}
