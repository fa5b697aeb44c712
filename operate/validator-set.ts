import { createHash, getHashes } from 'node:crypto';
import type { StakingPage, StakingValidator } from '../core/operate/staking.ts';
import {
  validatorsJson,
  validatorsMethod,
  validatorsPath,
  validatorsRequest,
  validatorsResponse,
} from '../core/operate/staking.ts';
import { Refusal } from '../core/refusal.ts';
import type { NodeAddress } from '../host/node-address.ts';
import { oneLine } from '../host/node-address.ts';
import type { NodeRpc } from '../host/rpc.ts';

/** CometBFT allows no more (types/validator_set.go, MaxVotesCount). */
const mostValidators = 10_000;

/** The validators of one height. */
export interface ValidatorSet {
  readonly height: number;
  readonly validators: readonly { readonly address: string; readonly power: bigint }[];
}

/**
 * Reads all pages of the set, each at the height of the first. Throws one line where they do not
 * add up: of a set that is not whole no share is known.
 */
export async function validatorSet(rpc: NodeRpc): Promise<ValidatorSet> {
  const first = await rpc.validators(1);
  const { height, total } = first;
  const strange = (what: string) => new Refusal(`${rpc.host} does not give a whole set: ${what}`);
  if (total > mostValidators) throw strange(`it says that there are ${total} validators`);
  const found = new Map(first.validators.map(({ address, power }) => [address, power]));
  for (let page = 2; found.size < total; page++) {
    const before = found.size;
    const next = await rpc.validators(page, height);
    if (next.height !== height) throw strange(`page ${page} is of height ${next.height}`);
    for (const { address, power } of next.validators) found.set(address, power);
    if (found.size === before) throw strange(`${found.size} of ${total} validators are listed`);
  }
  if (found.size !== total) throw strange(`it lists ${found.size}, and says ${total}`);
  return { height, validators: [...found].map(([address, power]) => ({ address, power })) };
}

/**
 * The bonded validators of x/staking by their consensus addresses, asked by RPC. Undefined where
 * the chain has no x/staking, with its words.
 */
export async function stakingByRpc(
  rpc: NodeRpc,
): Promise<ReadonlyMap<string, StakingValidator> | { readonly reason: string }> {
  const pages: StakingPage[] = [];
  for (let key = new Uint8Array(); pages.length < mostValidators / 100; ) {
    const answer = await rpc.query(validatorsMethod, validatorsRequest(key), 0);
    if (answer.code !== 0) return { reason: oneLine(answer.log) || `code ${answer.code}` };
    const page = validatorsResponse(answer.value);
    pages.push(page);
    if (page.next.length === 0) break;
    key = Uint8Array.from(page.next);
  }
  return byAddress(pages.flatMap(({ validators }) => validators));
}

/** The same by a REST address. Throws one line where it cannot be asked. */
export async function stakingByRest(
  node: NodeAddress,
): Promise<ReadonlyMap<string, StakingValidator>> {
  const all: StakingValidator[] = [];
  for (let key = '', pages = 0; pages < mostValidators / 100; pages++) {
    const answer = await node.ask(validatorsPath(key));
    const page = validatorsJson(answer, base64 => Buffer.from(base64, 'base64'));
    if (!page) throw new Refusal(`${node.host} gave no validators: is this its REST address?`);
    all.push(...page.validators);
    if (page.next === '') break;
    key = page.next;
  }
  return byAddress(all);
}

/** Keys of kinds whose addresses are not known here are left out. */
function byAddress(validators: readonly StakingValidator[]): Map<string, StakingValidator> {
  return new Map(
    validators.flatMap(validator => {
      const address = consensusAddress(validator.key);
      return address === undefined ? [] : [[address, validator] as const];
    }),
  );
}

/**
 * The address of a key, 40 hexadecimal digits in upper case (cometbft/crypto/ed25519 and secp256k1):
 * 20 bytes of SHA-256, or RIPEMD-160 of SHA-256.
 */
export function consensusAddress({ type, bytes }: StakingValidator['key']): string | undefined {
  const sha256 = createHash('sha256').update(bytes).digest();
  if (type.endsWith('.ed25519.PubKey')) return sha256.subarray(0, 20).toString('hex').toUpperCase();
  if (!type.endsWith('.secp256k1.PubKey') || !getHashes().includes('ripemd160')) return undefined;
  return createHash('ripemd160').update(sha256).digest('hex').toUpperCase();
}
