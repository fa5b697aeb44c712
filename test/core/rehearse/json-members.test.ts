import assert from 'node:assert/strict';
import { JsonMembers } from '../../../core/rehearse/json-members.ts';

/** The members of a text that is given in pieces of so many bytes. */
function membersOf(text: string, size: number): Record<string, unknown> {
  const bytes = new TextEncoder().encode(text);
  const members = new JsonMembers();
  for (let at = 0; at < bytes.length; at += size) members.take(bytes.subarray(at, at + size));
  const entries = [...members.end('it')].map(([key, { start, end }]) => [
    key,
    JSON.parse(new TextDecoder().decode(bytes.subarray(start, end))) as unknown,
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

describe('the members of a JSON object that comes in pieces', () => {
  const object = {
    chain_id: 'tiny-1',
    'with "quotes" and \\': 'a } in "text", and: ü',
    app_state: { bank: { balances: [{ denom: '{', amount: '1' }] }, chain_id: 'inner' },
    list: [{ a: 1 }, [2, 3]],
    number: 5,
    none: null,
    last: true,
  };

  for (const size of [1, 2, 7, 4096]) {
    it(`are found in pieces of ${size}`, () => {
      for (const text of [JSON.stringify(object), JSON.stringify(object, null, 2)])
        assert.deepEqual(Object.values(membersOf(text, size)), Object.values(object));
    });
  }

  it('are found behind a byte order mark, and none where there are none', () => {
    assert.deepEqual(membersOf('\uFEFF{"a":1}', 2), { a: 1 });
    assert.deepEqual(membersOf('{ }', 1), {});
  });

  it('are not given where the object does not end', () => {
    const text = JSON.stringify(object);
    for (const length of [1, 20, text.length - 1])
      assert.throws(() => membersOf(text.slice(0, length), 16), /ends too early: it is not whole$/);
  });
});
