import assert from 'node:assert/strict';
import { readChecks } from '../../../../core/rehearse/checks/read-checks.ts';

const read = (text: string) => readChecks('upgrades.checks/v2.json', text);
const entry = (members: object) => read(JSON.stringify({ checks: [members] }, null, 2));
const query = { name: 'a', query: 'a.v1.Query/B', expect: 'same' };
const store = { name: 'a', store: 'bank', key: '00ff', expect: 'exists' };

describe('the checks of a plan', () => {
  it('are read with where they stand', () => {
    const text = JSON.stringify({ checks: [query, { ...store, name: 'b' }] }, null, '\t');
    const found = read(text);
    assert.ok('checks' in found, JSON.stringify(found));
    assert.deepEqual(
      found.checks.map(({ name, file, line }) => [name, file, line]),
      [
        ['a', 'upgrades.checks/v2.json', 3],
        ['b', 'upgrades.checks/v2.json', 8],
      ],
    );
    assert.deepEqual(
      found.checks.map(({ asked }) => asked),
      [
        { kind: 'query', path: '/a.v1.Query/B', request: {}, pointer: undefined },
        { kind: 'store', store: 'bank', key: Uint8Array.of(0, 255) },
      ],
    );
  });

  it('are read with a byte order mark, and none at all', () => {
    assert.deepEqual(read('\uFEFF{"checks": []}'), { checks: [] });
    assert.deepEqual(read('{"$schema": "x", "checks": []}'), { checks: [] });
  });

  it('expect what is allowed', () => {
    const expectations = [
      'same',
      'exists',
      { becomes: null },
      { becomes: [1, 'a'] },
      { growsBy: -2 },
      { growsBy: '123456789012345678901234567890.5' },
      { matches: '^cosmos1' },
    ];
    for (const expect of expectations) {
      const found = entry({ ...query, pointer: '/a~1b/0', request: { x: 1 }, expect });
      assert.ok('checks' in found, JSON.stringify(found));
    }
  });

  const wrong: readonly (readonly [string, object, number, RegExp])[] = [
    ['no name', { ...query, name: '' }, 3, /"name" has to be a text/],
    ['a member nobody knows', { ...query, pionter: '' }, 7, /unknown "pionter"; a check has name,/],
    ['neither', { name: 'a', expect: 'same' }, 3, /either "query", or "store" and "key"/],
    ['both', { ...query, store: 'x' }, 3, /either "query", or "store" and "key"/],
    ['a query that is none', { ...query, query: 'bank/supply' }, 5, /as "cosmos\.bank/],
    ['a request that is none', { ...query, request: [] }, 7, /an object with the fields to send/],
    ['a pointer that is none', { ...query, pointer: 'a/b' }, 7, /JSON pointer, as "\/supply/],
    ['a bad escape in it', { ...query, pointer: '/a~2' }, 7, /JSON pointer/],
    ['a key with a query', { ...query, key: '00' }, 7, /"key" goes with "store"/],
    ['a store without a key', { name: 'a', store: 'x', expect: 'same' }, 3, /hexadecimal/],
    ['an odd key', { ...store, key: '0' }, 6, /hexadecimal, two digits a byte/],
    ['a pointer with a store', { ...store, pointer: '/a' }, 3, /go with "query"/],
    ['no expectation', { name: 'a', query: 'a.Q/B' }, 3, /"expect" has to be "same", "exists"/],
    ['another word', { ...query, expect: 'equal' }, 6, /"expect" has to be "same", "exists"/],
    ['another member', { ...query, expect: { is: 1 } }, 6, /unknown "is"; "expect" has to be/],
    ['two at once', { ...query, expect: { becomes: 1, matches: 'a' } }, 6, /"expect" has to be/],
    ['growth that is no number', { ...query, expect: { growsBy: 'x' } }, 6, /has to be a number/],
    ['growth of a key', { ...store, expect: { growsBy: 1 } }, 7, /"growsBy" needs a "query"/],
    ['a pattern that is none', { ...query, expect: { matches: '(' } }, 6, /regular expression/i],
  ];
  for (const [what, members, line, message] of wrong) {
    it(`name the line of ${what}, and what is allowed`, () => {
      const found = entry(members);
      assert.ok('faults' in found, 'it was accepted');
      assert.equal(found.faults.length, 1);
      assert.match(found.faults[0].message, message);
      assert.deepEqual(
        [found.faults[0].file, found.faults[0].line],
        ['upgrades.checks/v2.json', line],
      );
    });
  }

  it('are all looked at, and two of one name are one too many', () => {
    const found = read(
      JSON.stringify({ checks: [{ ...query, name: 'b', key: '' }, query, query, 5] }, null, 1),
    );
    assert.ok('faults' in found);
    assert.deepEqual(
      found.faults.map(({ line, message }) => [line, message]),
      [
        [7, '"key" goes with "store"'],
        [15, 'there are two checks "a"'],
        [19, 'a check is an object with a "name"'],
      ],
    );
  });

  it('are no JSON, or not the object that is due', () => {
    const line = (text: string) => {
      const found = read(text);
      return 'faults' in found ? [found.faults[0].line, found.faults[0].message] : [];
    };
    assert.deepEqual(line('{\n  "checks": [\n    {,}\n  ]\n}')[0], 3);
    assert.match(String(line('{\n  "checks": [')[1]), /^invalid JSON: /);
    for (const text of ['[]', 'null', '{}', '{"checks": {}}'])
      assert.deepEqual(line(text), [1, 'write { "checks": [ … ] }']);
    assert.match(String(line('{"checks": [], "more": 1}')[1]), /unknown "more"/);
  });
});
