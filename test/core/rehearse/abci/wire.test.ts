import assert from 'node:assert/strict';
import {
  bytesField,
  durationField,
  frameAt,
  framed,
  intField,
  messageField,
  timestampField,
  WireMessage,
} from '../../../../core/rehearse/abci/wire.ts';
import { varint } from '../../../../core/rehearse/wire-bytes.ts';

describe("protobuf's wire format", () => {
  it('writes numbers as varints, negative ones as int64', () => {
    assert.deepEqual([...varint(300)], [0xac, 0x02]);
    assert.deepEqual([...varint(-1)], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]);
    assert.deepEqual([...intField(2, 2n ** 53n + 1n)].length, 9);
  });

  it('leaves out what is zero or empty, but not the elements of a list', () => {
    assert.deepEqual(
      [intField(1, 0), intField(1, false), bytesField(1, ''), bytesField(1, new Uint8Array())],
      Array.from({ length: 4 }, () => new Uint8Array()),
    );
    assert.deepEqual([...messageField(1)], [0x0a, 0]);
  });

  it('writes times of any fraction of a second, and durations', () => {
    assert.deepEqual([...timestampField(1, 1500)], [0x0a, 8, 8, 1, 16, 0x80, 0xca, 0xb5, 0xee, 1]);
    assert.deepEqual([...timestampField(1, 2000)], [0x0a, 2, 8, 2]);
    // Half a second before 1970 is second -1 and half a second.
    assert.equal(new WireMessage(timestampField(1, -500)).message(1).int(1), -1);
    assert.equal(new WireMessage(timestampField(1, -500)).message(1).int(2), 500_000_000);
    assert.deepEqual([...durationField(2, 3_000_000_001n)], [0x12, 4, 8, 3, 16, 1]);
  });

  it('reads what it wrote, and passes over what it does not look for', () => {
    // 1: 300, 2: "ab", 3: fixed64, 2: "c", 4: fixed32, 5: -1
    const message = new WireMessage(
      Uint8Array.from([
        ...[0x08, 0xac, 0x02],
        ...[0x12, 2, 0x61, 0x62],
        ...[0x19, 1, 2, 3, 4, 5, 6, 7, 8],
        ...[0x12, 1, 0x63],
        ...[0x25, 1, 2, 3, 4],
        ...intField(5, -1),
      ]),
    );
    assert.deepEqual(message.numbers, [1, 2, 3, 2, 4, 5]);
    assert.deepEqual(
      [message.int(1), message.text(2), message.list(2).length, message.bigint(5), message.int(9)],
      [300, 'c', 2, -1n, 0],
    );
  });

  it('tells a message that ends too early, and a wire type that no field has', () => {
    for (const bytes of [[0x08], [0x0a, 2, 1], [0x09, 1], [0x0d, 1], [0x08, 0x80]])
      assert.throws(() => new WireMessage(Uint8Array.from(bytes)), /ends too early/);
    assert.throws(() => new WireMessage(Uint8Array.of(0x0b)), /wire type 3/);
    assert.throws(
      () => new WireMessage(Uint8Array.from([0x08, ...Array(10).fill(0x80), 1])),
      /more than 64 bits/,
    );
  });

  it('tells where a framed message lies, as soon as its length is there', () => {
    const long = framed(new Uint8Array(300));
    assert.deepEqual([...long.subarray(0, 2)], [0xac, 0x02]);
    assert.equal(frameAt(long.subarray(0, 1), 0), undefined);
    assert.deepEqual(frameAt(long.subarray(0, 2), 0), { start: 2, end: 302 });
    assert.deepEqual(frameAt(Uint8Array.from([9, 1, 7]), 1), { start: 2, end: 3 });
    assert.equal(frameAt(new Uint8Array(), 0), undefined);
  });
});
