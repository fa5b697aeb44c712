import { Refusal } from '../../refusal.ts';
import type { Json } from '../genesis.ts';
import { jsonAt } from '../genesis.ts';
import { joinedBytes } from '../wire-bytes.ts';
import type { Hashes, Validator } from './block.ts';
import type { InitialState } from './requests.ts';
import { addressOf } from './responses.ts';
import { bytesField, durationField, intField, messageField } from './wire.ts';

/** What CometBFT takes where a genesis says nothing (types/params.go of 0.38). */
const defaults = {
  maxBytes: 4_194_304n,
  maxGas: -1n,
  ageBlocks: 100_000n,
  ageDuration: 172_800_000_000_000n,
  evidenceBytes: 1_048_576n,
};

/**
 * Reads a genesis.json for init chain: consensus parameters and validators lie under `consensus`
 * since SDK 0.50, at the top before. `decode` reads base64.
 */
export function initialState(
  genesis: Json,
  { decode, ...hashes }: Hashes & { readonly decode: (base64: string) => Uint8Array },
): InitialState {
  const chainId = jsonAt(genesis, 'chain_id');
  const time = Date.parse(textAt(genesis, 'genesis_time'));
  if (typeof chainId !== 'string' || Number.isNaN(time))
    throw new Refusal('the genesis has no chain_id, or no genesis_time');
  const validators =
    jsonAt(genesis, 'consensus', 'validators') ?? jsonAt(genesis, 'validators') ?? [];
  return {
    chainId,
    time,
    params: consensusParams(
      jsonAt(genesis, 'consensus', 'params') ?? jsonAt(genesis, 'consensus_params') ?? null,
    ),
    validators: (Array.isArray(validators) ? validators : []).map(validator =>
      genesisValidator(validator as Json, decode, hashes),
    ),
    appState: new TextEncoder().encode(JSON.stringify(jsonAt(genesis, 'app_state') ?? {})),
    initialHeight: Number(jsonAt(genesis, 'initial_height') ?? 1) || 1,
  };
}

/** The JSON of consensus parameters as a tendermint.types.ConsensusParams. */
function consensusParams(params: Json): Uint8Array {
  const at = (fallback: bigint, ...keys: readonly string[]) => integer(params, keys) ?? fallback;
  const types = jsonAt(params, 'validator', 'pub_key_types');
  const keyTypes = Array.isArray(types) ? types.map(String) : ['ed25519'];
  const extensions = at(0n, 'abci', 'vote_extensions_enable_height');
  return joinedBytes([
    messageField(
      1,
      intField(1, at(defaults.maxBytes, 'block', 'max_bytes')),
      intField(2, at(defaults.maxGas, 'block', 'max_gas')),
    ),
    messageField(
      2,
      intField(1, at(defaults.ageBlocks, 'evidence', 'max_age_num_blocks')),
      durationField(2, at(defaults.ageDuration, 'evidence', 'max_age_duration')),
      intField(3, at(defaults.evidenceBytes, 'evidence', 'max_bytes')),
    ),
    messageField(3, ...keyTypes.map(type => bytesField(1, type))),
    messageField(4, intField(1, at(0n, 'version', 'app'))),
    messageField(5, intField(1, extensions)),
  ]);
}

/** A whole number, which genesis files write as a text; undefined where there is none. */
function integer(json: Json, keys: readonly string[]): bigint | undefined {
  const value = jsonAt(json, ...keys);
  const isWhole = typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/.test(value));
  return isWhole ? BigInt(value) : undefined;
}

/** A text; empty where there is none. */
function textAt(json: Json, ...keys: readonly string[]): string {
  const value = jsonAt(json, ...keys);
  return typeof value === 'string' ? value : '';
}

const keyNumbers: Readonly<Record<string, number>> = {
  'tendermint/PubKeyEd25519': 1,
  'tendermint/PubKeySecp256k1': 2,
};

function genesisValidator(
  validator: Json,
  decode: (base64: string) => Uint8Array,
  hashes: Hashes,
): Validator {
  const type = textAt(validator, 'pub_key', 'type');
  const number = keyNumbers[type];
  if (number === undefined) throw new Refusal(`the genesis has a validator whose key is ${type}`);
  const key = bytesField(number, decode(textAt(validator, 'pub_key', 'value')));
  return {
    key,
    address: addressOf(key, hashes),
    power: integer(validator, ['power']) ?? 0n,
  };
}
