import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { bondedValidators, stateTip } from '../../../../core/rehearse/abci/state-tip.ts';
import { bytesField, messageField } from '../../../../core/rehearse/abci/wire.ts';
import { joinedBytes } from '../../../../core/rehearse/wire-bytes.ts';
import { nodeHashes } from '../../../../rehearse/consensus/hashes.ts';

const ed25519 = '/cosmos.crypto.ed25519.PubKey';

/** A validator of a QueryValidatorsResponse. */
function validator(key: Uint8Array, tokens: string, type = ed25519): Uint8Array {
  const any = messageField(2, bytesField(1, type), messageField(2, bytesField(1, key)));
  return messageField(1, bytesField(1, 'cosmosvaloper1'), any, bytesField(5, tokens));
}

const [first, second] = [1, 2].map(byte => new Uint8Array(32).fill(byte)) as [
  Uint8Array,
  Uint8Array,
];

describe('the chain of a state', () => {
  it('is signed by its bonded validators, by their tokens', () => {
    const answer = joinedBytes([validator(first, '5000000'), validator(second, '7999999')]);
    const found = bondedValidators(answer, nodeHashes);
    assert.deepEqual(
      found.map(({ power }) => power),
      [5n, 7n],
    );
    const address = createHash('sha256').update(first).digest().subarray(0, 20);
    assert.deepEqual(Buffer.from(found[0]!.address), address);
    assert.deepEqual(found[0]!.key, bytesField(1, first));
  });

  it('counts in 10^18 where the powers would not add up otherwise', () => {
    const answer = joinedBytes([validator(first, `3${'0'.repeat(26)}`), validator(second, '0')]);
    assert.deepEqual(
      bondedValidators(answer, nodeHashes).map(({ power }) => power),
      [300_000_000n, 0n],
    );
  });

  it('leaves out a key that CometBFT does not know', () => {
    const answer = joinedBytes([validator(first, '5', '/chain.bls.PubKey'), validator(second, '')]);
    assert.equal(bondedValidators(answer, nodeHashes).length, 1);
  });

  it('stands at its last block', () => {
    const appHash = new Uint8Array([7]);
    const tip = stateTip(
      { height: 100, appHash },
      { chainId: 'tiny-1', time: 5000, validators: [] },
    );
    assert.deepEqual(
      [tip.chainId, tip.height, tip.time, tip.appHash],
      ['tiny-1', 100, 5000, appHash],
    );
    assert.deepEqual([tip.signed, tip.signing, tip.following], [[], [], []]);
  });
});
