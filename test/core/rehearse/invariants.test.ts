import assert from 'node:assert/strict';
import { invariants } from '../../../core/rehearse/invariants.ts';
import type { StateTotals } from '../../../core/rehearse/state-facts.ts';

const sound: StateTotals = {
  height: 7,
  bank: true,
  supply: {},
  denominations: 2,
  bondDenom: 'stake',
  bonded: { kept: '5', sum: '5' },
  notBonded: { kept: '0', sum: '0' },
  moduleAccounts: ['gov', 'mint'],
};

function broken(more: Partial<StateTotals>, before: Partial<StateTotals> = {}) {
  return invariants({ ...sound, ...before }, { ...sound, ...more }).filter(({ ok }) => !ok);
}

describe('what has to add up', () => {
  it('does, where nothing changed', () => {
    assert.deepEqual(
      invariants(sound, sound).map(({ ok, before, after }) => [ok, before, after]),
      [
        [true, '2 agree', '2 agree'],
        [true, '5', '5'],
        [true, '0', '0'],
        [true, '2', '2'],
      ],
    );
  });

  it('tells a supply that is not the sum of balances', () => {
    const supply = { uatom: { kept: '7', sum: '6' }, ibc: { kept: '1', sum: '2' } };
    assert.deepEqual(broken({ supply }), [
      {
        name: 'supply is the sum of balances',
        ok: false,
        before: '2 agree',
        after: 'ibc: supply 1, balances 2, and 1 more',
      },
    ]);
  });

  it('tells a pool that does not hold its tokens', () => {
    assert.deepEqual(
      broken({ bonded: { kept: '5', sum: '6' } }).map(({ after }) => after),
      ['pool 5, tokens 6'],
    );
  });

  it('tells a module account that is gone, and none that is new', () => {
    assert.deepEqual(
      broken({ moduleAccounts: ['gov', 'nft'] }).map(({ after }) => after),
      ['gone: mint'],
    );
    assert.deepEqual(broken({ moduleAccounts: ['gov', 'mint', 'nft'] }), []);
  });

  it('blames the upgrade for nothing that was so before, and for nothing that is not known', () => {
    const supply = { uatom: { kept: '7', sum: '6' } };
    assert.deepEqual(broken({ supply }, { supply }), []);
    assert.deepEqual(broken({ bonded: null, notBonded: null, bank: false }), []);
  });
});
