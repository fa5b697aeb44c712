import assert from 'node:assert/strict';
import { lacksFee, nextFee } from '../../../core/rehearse/fees.ts';

const gaia = 'got length 0: no fee coin provided. Must provide one.';
const evm =
  'gas prices too low, got: 0aevmos required: 230191131aevmos. Please retry using a higher gas price or a higher fee: insufficient fee';
const sdk = 'insufficient fees; got:  required: 2500uatom: insufficient fee';

describe('fees', () => {
  it('are what is lacking in the words of fee markets, EVM chains and the SDK, and in no others', () => {
    assert.deepEqual([gaia, evm, sdk].map(lacksFee), [true, true, true]);
    assert.equal(
      lacksFee('account sequence mismatch, expected 2, got 1: incorrect account sequence'),
      false,
    );
  });

  it('are twice what is required: of a price for each unit of gas, of an amount as it is', () => {
    assert.equal(nextFee(evm, 1_000_000, undefined), 460_382_262_000_000n);
    assert.equal(nextFee(sdk, 1_000_000, undefined), 5000n);
  });

  it('are plenty where nothing is said, then plenty for chains that count in 10^18, then nothing more', () => {
    assert.equal(nextFee(gaia, 1_000_000, undefined), 10_000_000n);
    assert.equal(nextFee(gaia, 1_000_000, 10_000_000n), 10_000_000_000_000_000n);
    assert.equal(nextFee(gaia, 1_000_000, 10_000_000_000_000_000n), undefined);
  });
});
