import { createHash } from 'node:crypto';
import type { StakingValidator } from '../../core/operate/staking.ts';
import { bytesField, messageField, WireMessage } from '../../core/rehearse/abci/wire.ts';
import { joinedBytes } from '../../core/rehearse/wire-bytes.ts';
import type { RpcAnswer } from './rpc-node.ts';
import { result } from './rpc-node.ts';

/** A validator of a test network. */
export interface TestValidator {
  readonly key: Uint8Array;
  /** By an implementation of the test's own. */
  readonly address: string;
  readonly power: string;
  readonly moniker: string;
  readonly details: string;
}

/** The validator of a number. */
export function testValidator(i: number, power: number | string, details = ''): TestValidator {
  const key = createHash('sha256').update(`key ${i}`).digest();
  const address = createHash('sha256').update(key).digest('hex').slice(0, 40).toUpperCase();
  return { key, address, power: String(power), moniker: `val-${i}`, details };
}

/** Answers `/validators` page by page. */
export function validatorAnswers(all: readonly TestValidator[], height = 77): RpcAnswer {
  return (response, url) => {
    const [page, size] = ['page', 'per_page'].map(name => Number(url.searchParams.get(name)));
    const asked = url.searchParams.get('height');
    result(response, {
      // A later page without the height would be of a later set.
      block_height: String(page! > 1 && asked === null ? height + 1 : height),
      validators: all
        .slice((page! - 1) * size!, page! * size!)
        .map(({ address, power }) => ({ address, voting_power: power })),
      count: String(size),
      total: String(all.length),
    });
  };
}

/** Answers the staking module's query, `limit` validators a page. */
export function stakingAnswer(all: readonly TestValidator[], limit = 100) {
  return (data: Uint8Array): Uint8Array => {
    const request = new WireMessage(data);
    const from = Number(Buffer.from(request.message(2).bytes(1)).toString() || 0);
    const page = all
      .slice(from, from + limit)
      .map(({ key, moniker, details }, i) =>
        messageField(
          1,
          bytesField(1, `valoper1${from + i}`),
          messageField(
            2,
            bytesField(1, '/cosmos.crypto.ed25519.PubKey'),
            bytesField(2, bytesField(1, key)),
          ),
          messageField(7, bytesField(1, moniker), bytesField(5, details)),
        ),
      );
    const next = from + limit < all.length ? String(from + limit) : '';
    return joinedBytes([...page, messageField(2, bytesField(1, next))]);
  };
}

/** A validator as x/staking gives it. */
export function staked({ key, moniker, details }: TestValidator): StakingValidator {
  const type = '/cosmos.crypto.ed25519.PubKey';
  return { operator: 'valoper1x', moniker, details, key: { type, bytes: key } };
}
