import assert from 'node:assert/strict';
import { disagreements } from '../../../core/rehearse/compare.ts';
import type { Compared, ComparedModule } from '../../../core/rehearse/result.ts';
import { notCompared } from '../../../core/rehearse/result.ts';
import { rehearsalText } from '../../../rehearse/report-text.ts';

const plan = { name: 'v2', height: 30, applied: 30 };

function compared(module: Partial<ComparedModule>, more: Partial<Compared> = {}): Compared {
  return {
    ...notCompared,
    plan,
    modules: [{ name: 'counter', from: 1, to: 2, source: 2, migrated: true, ...module }],
    stores: [{ name: 'bank', expected: true, found: true }],
    ...more,
  };
}

describe('what a rehearsal compares', () => {
  it('agrees where the chain is at the versions and stores of the source', () => {
    assert.deepEqual(disagreements(compared({})), []);
    assert.deepEqual(disagreements(compared({ source: null })), []);
  });

  it('tells a version that is not the one of the source', () => {
    assert.deepEqual(disagreements(compared({ to: 1 })), [
      'module counter is at version 1 on the chain, and ConsensusVersion in the source says 2',
    ]);
    assert.deepEqual(disagreements(compared({ to: null })), [
      'module counter is at version none on the chain, and ConsensusVersion in the source says 2',
    ]);
  });

  it('tells a plan that was not applied, and one that was applied at another height', () => {
    assert.deepEqual(disagreements(compared({}, { plan: { ...plan, applied: 0 } })), [
      'the chain went on and plan v2 was not applied',
    ]);
    assert.deepEqual(disagreements(compared({}, { plan: { ...plan, applied: 31 } })), [
      'plan v2 was applied at height 31 instead of 30',
    ]);
  });

  it('tells stores that are missing, and stores that are left', () => {
    const stores = [
      { name: 'nft', expected: true, found: false },
      { name: 'crisis', expected: false, found: true },
    ];
    assert.deepEqual(disagreements(compared({}, { stores })), [
      'store nft should be there and the node does not serve it',
      'store crisis should be gone and the node serves it',
    ]);
  });

  it('passes where another module with lower versions took over a name, and says so', () => {
    const lowered = compared({ name: 'evm', from: 5, to: 1, source: 1, migrated: false });
    assert.deepEqual(disagreements(lowered), []);
    const found = { plan: 'v2', from: 'v1.0.0', mode: 'driven', state: null, cost: null } as const;
    assert.match(
      rehearsalText({ ...found, steps: [], compared: lowered }),
      /^ {2}module evm 5 -> 1, lowered: nothing was migrated$/m,
    );
  });
});
