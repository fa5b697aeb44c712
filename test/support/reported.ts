import type { Rehearsal } from '../../core/rehearse/result.ts';
import { notCompared } from '../../core/rehearse/result.ts';

/** The result of a rehearsal that passed, where little more than the upgrade was looked at. */
export const passedRehearsal: Rehearsal = {
  plan: 'v3',
  from: 'v2.0.0',
  mode: 'validator',
  state: null,
  cost: null,
  steps: [
    { name: 'build old', ms: 61_000, ok: true },
    { name: 'upgrade', ms: 1250, ok: true },
  ],
  compared: {
    ...notCompared,
    plan: { name: 'v3', height: 12_345, applied: 12_345 },
    modules: [
      { name: 'counter', from: 1, to: 2, source: 2, migrated: true },
      { name: 'bank', from: 4, to: 4, source: null, migrated: false },
    ],
    stores: [{ name: 'bank', expected: true, found: true }],
  },
};

/** All that a rehearsal may find, some of it as it should not be. */
export const fullRehearsal: Rehearsal = {
  ...passedRehearsal,
  mode: 'driven',
  state: { source: 'snapshot.tar.gz', chainId: 'tally-1', height: 12_343 },
  cost: { finalizeMs: 640, commitMs: 95, peakBytes: 1_234_567_890 },
  compared: {
    ...passedRehearsal.compared,
    stores: [
      { name: 'bank', expected: true, found: true },
      { name: 'burn', expected: false, found: true },
    ],
    changes: [
      {
        store: 'counter',
        added: 1500,
        changed: 1_200_000,
        deleted: 300_000,
        bytes: 88_200_000,
        explained: true,
        migrated: true,
      },
      {
        store: 'ledger',
        added: 100_000,
        changed: 0,
        deleted: 0,
        bytes: 4_100_000,
        explained: true,
        migrated: false,
      },
      {
        store: 'bank',
        added: 0,
        changed: 75_150,
        deleted: 0,
        bytes: -2048,
        explained: false,
        migrated: false,
      },
      {
        store: 'gov',
        added: 0,
        changed: 0,
        deleted: 0,
        bytes: 0,
        explained: true,
        migrated: true,
      },
    ],
    appHash: {
      first: 'AA',
      second: 'BB',
      equal: false,
      differs: [
        { store: 'counter', key: '0a01ff' },
        { store: 'wasm', key: null },
      ],
    },
    invariants: [{ name: 'supply of stake', ok: true, before: '1000', after: '1000' }],
    rescue: [
      { binary: 'old', ok: true },
      { binary: 'new', ok: false },
    ],
    checks: [
      { name: 'the pool keeps its funds', ok: false, before: '12', after: '11' },
      { name: 'the ledger has its head', ok: true, before: null, after: { a: [1] } },
    ],
    pending: [{ what: 'proposal 12', type: '/cosmos.gov.v1.MsgExecLegacyContent' }],
  },
  failure: {
    step: 'repeat',
    words: 'two runs of the upgrade block gave different app hashes',
    rule: 'nondeterministic-handler',
    file: 'app/upgrades/v3/upgrades.go',
    line: 27,
    fix: 'sort what the handler ranges over',
    store: 'counter',
    key: '0a01ff',
  },
};
