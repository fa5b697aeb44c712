import assert from 'node:assert/strict';
import type { ReadinessInput } from '../../../core/operate/readiness.ts';
import { allEvidence, isEnough, readinessOf } from '../../../core/operate/readiness.ts';
import { readinessText } from '../../../core/operate/readiness-text.ts';
import { readReports } from '../../../core/operate/reports.ts';
import { compareSoftware, isSoftwareVersion } from '../../../core/operate/software-version.ts';
import { staked, testValidator } from '../../support/validators.ts';

const [a, b, c, d] = [
  testValidator(0, 5),
  testValidator(1, 3),
  testValidator(2, 1),
  testValidator(3, 1),
];
const all = [a, b, c, d];

function input(more: Partial<ReadinessInput> = {}): ReadinessInput {
  return {
    chainId: 'tally-1',
    height: 77,
    wanted: { kind: 'release', version: 'v2.1.0' },
    set: all.map(({ address, power }) => ({ address, power: BigInt(power) })),
    staking: new Map(),
    seen: new Map(),
    reports: [],
    count: ['measured', 'signed'],
    min: '0.95',
    problems: [],
    ...more,
  };
}

const seenOf = (...versions: string[]) =>
  versions.map((version, i) => ({ endpoint: `http://${i}`, version }));
const signed = (one: typeof a, details: string) =>
  new Map([[one.address, staked({ ...one, details })]]);
const report = (one: typeof a, more = {}) => ({
  chainId: 'tally-1',
  upgrade: 'v3',
  consensusAddress: one.address,
  version: 'v2.1.0',
  ...more,
});

describe('readiness', () => {
  it('takes the best evidence of each validator, and unknown for not ready', () => {
    const readiness = readinessOf(
      input({
        seen: new Map([
          [a.address, seenOf('2.1.0')],
          [b.address, seenOf('2.0.9')],
        ]),
        staking: new Map([
          ...signed(b, 'a bank [ready:v2.1.0]'),
          ...signed(c, 'we are [ready:v2.1.1].'),
        ]),
        reports: [report(d)],
      }),
    );
    assert.deepEqual(
      readiness.validators.map(({ address, state, version, evidence }) => ({
        address,
        state,
        version,
        evidence,
      })),
      [
        { address: a.address, state: 'ready', version: '2.1.0', evidence: 'measured' },
        { address: b.address, state: 'behind', version: '2.0.9', evidence: 'measured' },
        ...[c, d]
          .sort((x, y) => (x.address < y.address ? -1 : 1))
          .map(({ address }) =>
            address === c.address
              ? { address, state: 'ready', version: 'v2.1.1', evidence: 'signed' }
              : { address, state: 'unknown', version: null, evidence: null },
          ),
      ],
    );
    assert.deepEqual(readiness.shares, { ready: '0.6000', behind: '0.3000', unknown: '0.1000' });
    assert.deepEqual(readiness.byEvidence, {
      measured: '0.5000',
      signed: '0.1000',
      reported: '0.0000',
    });
    assert.equal(readiness.totalPower, '10');
  });

  it('counts the lowest version of several endpoints, and none that cannot be compared', () => {
    for (const [versions, state, version] of [
      [['2.2.0', '2.0.0', '2.1.0'], 'behind', '2.0.0'],
      [['2.2.0', '2.1.0'], 'ready', '2.1.0'],
      [['2.2.0', 'main-abc'], 'unknown', null],
      [['main-abc', '2.0.0'], 'behind', '2.0.0'],
    ] as const) {
      const { validators } = readinessOf(
        input({ seen: new Map([[a.address, seenOf(...versions)]]) }),
      );
      const row = validators.find(({ address }) => address === a.address)!;
      assert.deepEqual([row.state, row.version], [state, version], versions.join());
    }
  });

  it('reads tags that operators sign, for releases, eras and upgrades', () => {
    const stateFor = (wanted: ReadinessInput['wanted'], details: string) =>
      readinessOf(input({ wanted, staking: signed(a, details) })).validators.find(
        ({ address }) => address === a.address,
      )!.state;
    const release = { kind: 'release', version: 'v2.1.0' } as const;
    const era = { kind: 'era', name: 'pythagoras', version: 'v2.1.0' } as const;
    const upgrade = { kind: 'upgrade', name: 'v3' } as const;
    for (const [wanted, details, state] of [
      [release, '[ready:v2.0.0] [READY: v2.1.0 ]', 'ready'],
      // It says nothing of later releases.
      [release, '[ready:v2.0.0]', 'unknown'],
      [release, 'ready:v2.1.0', 'unknown'],
      [release, '[ready:pythagoras]', 'unknown'],
      [era, '[ready:pythagoras]', 'ready'],
      [era, '[ready:v2.1.0]', 'ready'],
      [upgrade, '[ready:v3]', 'ready'],
      [upgrade, '[ready:v3.0.0]', 'unknown'],
    ] as const)
      assert.equal(stateFor(wanted, details), state, `${wanted.kind} ${details}`);
  });

  it('measures nothing before an upgrade, and counts reports where they are asked for', () => {
    const more = {
      wanted: { kind: 'upgrade', name: 'v3' } as const,
      seen: new Map([[a.address, seenOf('9.0.0')]]),
      reports: [
        report(b),
        report(c, { upgrade: 'v9' }),
        report(d, { chainId: 'other' }),
        { ...report(a), consensusAddress: 'FF'.repeat(20) },
      ],
    };
    const counted = readinessOf(input({ ...more, count: allEvidence }));
    assert.deepEqual(counted.byEvidence, {
      measured: '0.0000',
      signed: '0.0000',
      reported: '0.3000',
    });
    assert.deepEqual(
      counted.problems.map(({ why }) => why),
      ['it is for v9', 'it is of other', 'it is of no validator of this height'],
    );
    assert.equal(readinessOf(input(more)).shares.ready, '0.0000');
  });

  it('is exact where numbers do not fit a double, and at the border', () => {
    const power = 9_007_199_254_740_993n;
    const set = [
      { address: a.address, power: power * 2n },
      { address: b.address, power },
    ];
    const seen = new Map([[a.address, seenOf('2.1.0')]]);
    const readiness = readinessOf(input({ set, seen, min: '0.666666666' }));
    assert.deepEqual(readiness.shares, { ready: '0.6666', behind: '0.0000', unknown: '0.3333' });
    assert.equal(readiness.totalPower, String(power * 3n));
    assert.equal(isEnough(readiness), true);
    assert.equal(isEnough({ ...readiness, min: '0.666666667' }), false);
    const nineteen = readinessOf(
      input({
        set: [
          { address: a.address, power: 19n },
          { address: b.address, power: 1n },
        ],
        seen,
      }),
    );
    assert.equal(isEnough(nineteen), true);
    assert.equal(isEnough({ ...nineteen, min: '0.950000001' }), false);
    assert.equal(isEnough({ ...nineteen, min: '0' }), true);
    assert.throws(() => readinessOf(input({ set: [] })), /have no voting power/);
  });

  it('never shows a share without its evidence', () => {
    const seen = new Map([[a.address, seenOf('2.1.0')]]);
    const text = readinessText(
      readinessOf(input({ seen, problems: [{ endpoint: 'http://x', why: 'is\u001bgone' }] })),
    );
    assert.match(
      text,
      /\nready 50\.00 % \(measured 50\.00, signed 0\.00, reported 0\.00\) · behind 0\.00 % · unknown 50\.00 %\n/,
    );
    assert.match(text, /\n {2}http:\/\/x {2}is gone\n/);
    assert.match(text, /95\.00 % are asked for: NOT ENOUGH\n$/);
  });

  it('reads lines of reports, and says which are none', () => {
    const line = JSON.stringify({ kind: 'upgrade-ready', ...report(a) });
    const { reports, problems } = readReports(`${line}\n\nx\n{"kind":"y"}\n`, 'ready.jsonl');
    assert.deepEqual(reports, [report(a)]);
    assert.deepEqual(
      problems.map(({ endpoint }) => endpoint),
      ['ready.jsonl:3', 'ready.jsonl:4'],
    );
  });
});

describe('versions of software', () => {
  it('are in the order in which chains release them', () => {
    const ordered = [
      '1.9.9',
      'v1.10.0',
      '2.0.0-alpha.1',
      'v2.0.0-beta2',
      '2.0.0-rc1',
      'v2.0.0-rc2',
      '2.0.0-rc9',
      'v2.0.0-rc10',
      '2.0.0-rc.11',
      'v2.0.0',
      '2.0.1',
      'v2.1',
      '2.1.0.1',
      'v10.0.0',
    ];
    ordered.forEach((version, i) => {
      ordered.forEach((other, n) => {
        const order = compareSoftware(version, other);
        assert.equal(Math.sign(order!), Math.sign(i - n), `${version} and ${other}`);
      });
    });
  });

  it('are the same with what does not matter', () => {
    for (const [x, y] of [
      ['v2.0.0', '2.0.0'],
      ['2.0.0+build.5', '2.0.0'],
      ['v2.1', 'v2.1.0'],
      ['2.0.0-3-gabcdef0', '2.0.0'],
      ['v2.0.0-rc1-12-g0123456789', '2.0.0-rc1'],
      ['2.0.0-dirty', '2.0.0'],
    ] as const)
      assert.equal(compareSoftware(x, y), 0, `${x} ${y}`);
  });

  it('are not read into what is none', () => {
    for (const text of ['', 'main-abc123', 'v', '2', 'v2.x', 'abcdef0', '2.0.0 or so', '1.2.3-é'])
      assert.equal(isSoftwareVersion(text), false, text);
    assert.equal(compareSoftware('main', '1.0.0'), undefined);
  });
});
