import assert from 'node:assert/strict';
import type { Check, Expectation, JsonValue } from '../../../../core/rehearse/checks/check.ts';
import { readChecks } from '../../../../core/rehearse/checks/read-checks.ts';
import type { AskNode, CheckAnswer } from '../../../../core/rehearse/checks/run-checks.ts';
import { askChecks, runChecks } from '../../../../core/rehearse/checks/run-checks.ts';
import { recorded, recordedSchema, unhex } from './recorded.ts';

const answered = (value: JsonValue): CheckAnswer => ({ value });
const check = (expect: Expectation): Check => ({
  name: 'a',
  file: 'f.json',
  line: 3,
  asked: { kind: 'store', store: 's', key: Uint8Array.of(1) },
  expect,
});
/** Why a check fails; undefined where it passes. */
const fault = (expect: Expectation, before: CheckAnswer, after: CheckAnswer) => {
  const { checks, failures } = runChecks(
    [check(expect)],
    new Map([['a', before]]),
    new Map([['a', after]]),
  );
  assert.equal(checks[0]!.ok, failures.length === 0);
  return failures[0]?.why;
};

describe('a check', () => {
  const same = { kind: 'same' } as const;
  const exists = { kind: 'exists' } as const;
  const nothing: CheckAnswer = { nothing: 'no such key in s' };
  const error: CheckAnswer = { error: 'no such store: s' };

  it('same: compares what was with what is', () => {
    assert.equal(fault(same, answered({ a: [1, '2'] }), answered({ a: [1, '2'] })), undefined);
    assert.equal(fault(same, answered('1'), answered(1)), undefined);
    assert.equal(fault(same, answered('1'), answered('2')), 'check "a": it was "1" and is "2"');
    assert.ok(fault(same, answered({ a: 1 }), answered({ a: 1, b: null })));
    assert.ok(fault(same, answered([1, 2]), answered([2, 1])));
    assert.ok(fault(same, answered(true), answered('true')));
  });

  it('same: fails where there is nothing on either side, for it would always pass', () => {
    assert.equal(fault(same, nothing, nothing), 'check "a": the new version has no such key in s');
    assert.match(fault(same, nothing, answered('1'))!, /the old version has no such key/);
    assert.match(
      fault(same, error, answered('1'))!,
      /the old version did not answer: no such store/,
    );
  });

  it('exists: asks only the new version', () => {
    assert.equal(fault(exists, error, answered('')), undefined);
    assert.match(fault(exists, answered('1'), nothing)!, /the new version has no such key/);
    assert.match(fault(exists, answered('1'), error)!, /the new version did not answer/);
  });

  it('becomes: compares with the value', () => {
    const five = { kind: 'becomes', value: 5 } as const;
    assert.equal(fault(five, error, answered('5')), undefined);
    assert.equal(
      fault(five, answered('5'), answered('6')),
      'check "a": it is "6", and should become 5',
    );
  });

  it('growsBy: adds exactly, whatever the size', () => {
    const grows = (amount: string) => ({ kind: 'growsBy', amount }) as const;
    const big = '123456789012345678901234567890';
    assert.equal(fault(grows('1'), answered(big), answered(`${big.slice(0, -1)}1`)), undefined);
    assert.ok(fault(grows('1'), answered(big), answered(big)));
    assert.equal(fault(grows('-0.25'), answered('1.50'), answered(1.25)), undefined);
    assert.match(fault(grows('1'), answered('x'), answered('2'))!, /not both numbers/);
    assert.match(
      fault(grows('2'), answered('1'), answered('2'))!,
      /it was "1" and is "2", and should have grown by 2$/,
    );
  });

  it('matches: looks at texts as they are, and at all else as JSON', () => {
    const pattern = { kind: 'matches', pattern: /^v\d$/u } as const;
    assert.equal(fault(pattern, error, answered('v2')), undefined);
    assert.match(fault(pattern, answered('v2'), answered('w2'))!, /which \^v\\d\$ does not match/);
    const json = { kind: 'matches', pattern: /"a":1/u } as const;
    assert.equal(fault(json, error, answered({ a: 1 })), undefined);
  });

  it('cuts a long value in its message, not in the result', () => {
    const long = 'x'.repeat(500);
    assert.ok(fault(same, answered('1'), answered(long))!.length < 250);
    const { checks } = runChecks([check(same)], new Map(), new Map([['a', answered(long)]]));
    assert.deepEqual(checks, [{ name: 'a', ok: false, before: null, after: long }]);
  });
});

describe('asking a node', () => {
  const text = JSON.stringify({
    checks: [
      {
        name: 'supply',
        query: 'cosmos.bank.v1beta1.Query/TotalSupply',
        pointer: '/supply/0/amount',
        expect: 'same',
      },
      {
        name: 'voting',
        query: '/cosmos.gov.v1.Query/Params',
        request: { params_type: 'voting' },
        pointer: '/params/voting_period',
        expect: { becomes: '172800s' },
      },
      { name: 'key', store: 'bank', key: '0a0b', expect: 'exists' },
      { name: 'no key', store: 'bank', key: '00', expect: 'exists' },
      {
        name: 'no plan',
        query: 'cosmos.upgrade.v1beta1.Query/CurrentPlan',
        pointer: '/plan',
        expect: 'exists',
      },
      { name: 'no such query', query: 'a.b.Query/C', expect: 'same' },
      {
        name: 'bad request',
        query: 'cosmos.gov.v1.Query/Params',
        request: { x: 1 },
        expect: 'same',
      },
      { name: 'refused', query: 'cosmos.bank.v1beta1.Query/Params', expect: 'same' },
    ],
  });

  it('sends each request, and takes what the pointer leads to', async () => {
    const found = readChecks('f.json', text);
    assert.ok('checks' in found);
    const asked: string[] = [];
    const ask: AskNode = (path, data) => {
      const sent = Buffer.from(data).toString('hex');
      asked.push(`${path} ${sent}`);
      const known = recorded.find(one => one.path === path && one.sent === sent);
      if (path === '/cosmos.bank.v1beta1.Query/Params')
        return Promise.resolve({ code: 6, log: 'unknown query path', value: new Uint8Array() });
      const stored = sent === '0a0b' ? 'ff00' : '';
      return Promise.resolve({ code: 0, log: '', value: unhex(known?.answer ?? stored) });
    };
    const answers = await askChecks(found.checks, ask, await recordedSchema());
    assert.deepEqual(Object.fromEntries(answers), {
      supply: { value: '1000000000' },
      voting: { value: '172800s' },
      key: { value: 'ff00' },
      'no key': { nothing: 'no such key in bank' },
      'no plan': { nothing: 'nothing at /plan' },
      'no such query': { error: 'its binary has no query /a.b.Query/C' },
      'bad request': {
        error: 'cosmos.gov.v1.QueryParamsRequest has no field x; it has params_type',
      },
      refused: { error: 'unknown query path' },
    });
    assert.ok(asked.includes('/store/bank/key 0a0b'), asked.join('\n'));
  });
});
