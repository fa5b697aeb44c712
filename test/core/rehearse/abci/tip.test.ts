import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Validator } from '../../../../core/rehearse/abci/block.ts';
import type { Tip } from '../../../../core/rehearse/abci/tip.ts';
import {
  advanced,
  bringsExtensions,
  initialTip,
  nextBlock,
} from '../../../../core/rehearse/abci/tip.ts';
import { nodeHashes } from '../../../../rehearse/consensus/hashes.ts';

function validator(address: number, power: bigint): Validator {
  return { key: Uint8Array.of(0x0a, 1, address), address: Uint8Array.of(address), power };
}

const [one, two, three] = [validator(1, 10n), validator(2, 10n), validator(3, 10n)];
const start: Tip = initialTip(
  {
    chainId: 'c',
    time: 60_000,
    params: new Uint8Array(),
    validators: [],
    appState: new Uint8Array(),
    initialHeight: 1,
  },
  {
    validators: [one, two],
    params: { maxBytes: 100, extensionsFrom: undefined },
    appHash: Uint8Array.of(1),
  },
);

/** A block, and the chain after it. */
function step(
  tip: Tip,
  validators: readonly Validator[] = [],
  { after, ...changed }: { after?: number; maxBytes?: number; extensionsFrom?: number } = {},
) {
  const block = nextBlock(tip, [], nodeHashes, after);
  const params = { maxBytes: undefined, extensionsFrom: undefined, ...changed };
  return { block, tip: advanced(tip, block, { validators, params }, Uint8Array.of(9)) };
}

const addresses = (validators: readonly Validator[]) => validators.map(({ address }) => address[0]);

describe('the blocks of a chain', () => {
  it('begin at the time of the genesis, come every six seconds and later where time is to pass', () => {
    const first = step(start);
    const second = step(first.tip);
    const third = step(second.tip, [], { after: 6000 + 86_400_000 });
    assert.deepEqual(
      [first, second, third].map(({ block }) => [block.height, block.time]),
      [
        [1, 60_000],
        [2, 66_000],
        [3, 72_000 + 86_400_000],
      ],
    );
  });

  it('begin at another height where the genesis says so', () => {
    const later = { ...start, height: 6 };
    assert.equal(nextBlock(later, [], nodeHashes).height, 7);
  });

  it('have the votes of those who signed the block before; the first has none', () => {
    const first = step(start);
    assert.deepEqual(addresses(first.block.signers), []);
    assert.deepEqual(addresses(step(first.tip).block.signers), [1, 2]);
  });

  it('count a change of validators two blocks later, as CometBFT does', () => {
    const first = step(start, [three, validator(1, 0n)]);
    const second = step(first.tip);
    const third = step(second.tip);
    const fourth = step(third.tip);
    assert.deepEqual(addresses(first.tip.signing), [1, 2]);
    assert.deepEqual(addresses(second.tip.signing), [2, 3]);
    // Block 3 is signed by the new ones, and block 4 has their votes.
    assert.deepEqual(addresses(third.block.signers), [1, 2]);
    assert.deepEqual(addresses(fourth.block.signers), [2, 3]);
  });

  it('sort validators by power, then by address', () => {
    const { tip } = step(start, [validator(3, 11n), validator(0, 10n)]);
    assert.deepEqual(addresses(tip.following), [3, 0, 1, 2]);
  });

  it('are proposed by everyone in turn, and are the same for the same chain', () => {
    const first = nextBlock(start, [], nodeHashes);
    const second = step(step(start).tip).block;
    assert.notDeepEqual(first.proposer, second.proposer);
    assert.deepEqual(first, nextBlock(start, [], nodeHashes));
    assert.notDeepEqual(first.hash, nextBlock(start, [Uint8Array.of(1)], nodeHashes).hash);
  });

  it("have the app's hash, and its limit once it changes that", () => {
    const first = step(start);
    assert.deepEqual([...first.block.appHash], [1]);
    assert.deepEqual([...step(first.tip).block.appHash], [9]);
    assert.deepEqual([first.tip.maxBytes, step(start, [], { maxBytes: 7 }).tip.maxBytes], [100, 7]);
  });

  it('bring extensions of votes one block after they are made', () => {
    const first = step(start, [], { extensionsFrom: 3 });
    const second = step(first.tip, [], { maxBytes: 5 });
    const third = step(second.tip);
    const fourth = step(third.tip);
    assert.deepEqual([start, first.tip, second.tip, third.tip, fourth.tip].map(bringsExtensions), [
      false,
      false,
      false,
      true,
      false,
    ]);
  });

  it('know the validators by the root of their Merkle tree', () => {
    const sha = (bytes: readonly number[]) =>
      createHash('sha256').update(Uint8Array.from(bytes)).digest();
    const leaf = (address: number) => sha([0, 0x0a, 3, 0x0a, 1, address, 0x10, 10]);
    const two12 = sha([1, ...leaf(1), ...leaf(2)]);
    assert.deepEqual([...nextBlock(start, [], nodeHashes).nextValidatorsHash], [...two12]);
    const { tip } = step(start, [three]);
    assert.deepEqual(
      [...nextBlock(tip, [], nodeHashes).nextValidatorsHash],
      [...sha([1, ...two12, ...leaf(3)])],
    );
    const nobody = { ...start, signing: [], following: [] };
    const block = nextBlock(nobody, [], nodeHashes);
    assert.deepEqual([[...block.nextValidatorsHash], block.proposer.length], [[...sha([])], 0]);
  });
});
