import assert from 'node:assert/strict';
import {
  fewestSeconds,
  haltHeightMeaning,
  heightAfter,
  heightAt,
  heightsToMeasure,
  measureBlocks,
  secondsToCancel,
  timeError,
  timeOf,
} from '../../../core/gov/height.ts';
import { readGovParams } from '../../../core/gov/params.ts';

const start = Date.UTC(2026, 0, 1);
/** Blocks of 5 and 7 seconds in turn, ten a stretch. */
const uneven = Array.from({ length: 11 }, (_, i) => ({
  height: 1000 + 10 * i,
  time: start + (60 * i - (i % 2) * 10) * 1000,
}));

describe('the time of blocks', () => {
  const clock = measureBlocks(uneven)!;
  it('is their mean, with the error of what was measured', () => {
    assert.equal(clock.newest.height, 1100);
    assert.equal(clock.blockSeconds.mean, 6);
    // Ten stretches of 5 or 7 seconds a block: 2·√(10·1/9/10).
    assert.ok(Math.abs(clock.blockSeconds.error - 2 / 3) < 1e-9, `${clock.blockSeconds.error}`);
  });
  it('is not known from too few blocks, or where time stands still', () => {
    assert.equal(measureBlocks(uneven.slice(0, 2)), undefined);
    assert.equal(measureBlocks([]), undefined);
    assert.equal(measureBlocks(uneven.map(({ height }) => ({ height, time: 0 }))), undefined);
  });
  it('tells the height of a time, and the time of a height', () => {
    const at = start + 600_000 + 3600_000;
    assert.equal(heightAt(clock, at), 1100 + 600);
    assert.equal(timeOf(clock, 1700), at);
    assert.equal(Math.round(timeError(clock, 1700)), 400);
    assert.equal(Math.round(fewestSeconds(clock, 1700)), 3200);
    const height = heightAfter(clock, 3200);
    assert.ok(fewestSeconds(clock, height) >= 3200 - 1e-6);
    assert.ok(fewestSeconds(clock, height - 1) < 3200);
  });
  it('is measured by eleven heights', () => {
    const heights = heightsToMeasure(12_345, 10_000);
    assert.deepEqual([heights.length, heights[0], heights.at(-1)], [11, 2345, 12_345]);
  });
});

describe('the time that a cancel needs', () => {
  it('is that of two proposals, and to notice', () =>
    assert.equal(secondsToCancel({ deposit: 100, voting: 20 }, 5), 245));
  it('has halts at another height in old SDKs', () => {
    assert.match(haltHeightMeaning('0.47'), /commits block N/);
    assert.match(haltHeightMeaning('0.50'), /before block N/);
    assert.match(haltHeightMeaning(null), /up to SDK 0\.47.*from SDK 0\.50/);
  });
});

describe('gov parameters', () => {
  const deposit = [{ denom: 'uatom', amount: '250000000' }];
  it('are read from 0.47 on', () =>
    assert.deepEqual(
      readGovParams([
        {
          params: {
            min_deposit: deposit,
            max_deposit_period: '1209600s',
            voting_period: '1209600s',
            expedited_voting_period: '86400s',
            expedited_min_deposit: [{ denom: 'uatom', amount: '500000000' }],
          },
        },
        { voting_params: null, params: {} },
      ]),
      {
        depositPeriod: 1_209_600,
        votingPeriod: 1_209_600,
        minDeposit: deposit,
        expedited: {
          votingPeriod: 86_400,
          minDeposit: [{ denom: 'uatom', amount: '500000000' }],
        },
      },
    ));
  it('are read from 0.40 to 0.46, where each answer has its own', () =>
    assert.deepEqual(
      readGovParams([
        {
          deposit_params: { min_deposit: deposit, max_deposit_period: '172800s' },
          voting_params: { voting_period: '0s' },
        },
        {
          deposit_params: { min_deposit: [], max_deposit_period: '0s' },
          voting_params: { voting_period: '3600s' },
        },
      ]),
      { depositPeriod: 172_800, votingPeriod: 3600, minDeposit: deposit, expedited: undefined },
    ));
  it('are read of amino, in nanoseconds', () => {
    const params = readGovParams([
      { height: '5', result: { min_deposit: deposit, max_deposit_period: '172800000000000' } },
      { height: '5', result: { voting_period: '3600000000000' } },
    ]);
    assert.deepEqual([params?.depositPeriod, params?.votingPeriod], [172_800, 3600]);
  });
  it('are not known where an answer has another form', () => {
    for (const answers of [[], [null], [{ params: 5 }], [{ params: { voting_period: 7 } }]])
      assert.equal(readGovParams(answers), undefined);
  });
});
