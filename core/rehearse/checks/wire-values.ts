import { joinedBytes, varint } from '../wire-bytes.ts';

/** A value of a field as it is sent: a varint, or bytes (fixed ones are 4 or 8 of them). */
export interface WireValue {
  readonly number: number;
  readonly type: WireType;
  readonly value: bigint | Uint8Array;
}

/** The wire types of protobuf that proto3 has (https://protobuf.dev/programming-guides/encoding/). */
export const wireTypes = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;
export type WireType = (typeof wireTypes)[keyof typeof wireTypes];

/** The fields of a message in the order in which they were sent. Throws where it is none. */
export function* wireValues(bytes: Uint8Array): Generator<WireValue> {
  const reader = new WireReader(bytes);
  while (!reader.isAtEnd) {
    const tag = Number(reader.varint());
    const number = Math.floor(tag / 8);
    const type = tag % 8;
    switch (type) {
      case wireTypes.varint:
        yield { number, type, value: reader.varint() };
        break;
      case wireTypes.fixed64:
        yield { number, type, value: reader.take(8) };
        break;
      case wireTypes.bytes:
        yield { number, type, value: reader.take(Number(reader.varint())) };
        break;
      case wireTypes.fixed32:
        yield { number, type, value: reader.take(4) };
        break;
      default:
        throw new Error(`a field of wire type ${type}`);
    }
  }
}

/** The numbers that a packed list of varints holds. */
export function packedVarints(bytes: Uint8Array): bigint[] {
  const reader = new WireReader(bytes);
  const numbers: bigint[] = [];
  while (!reader.isAtEnd) numbers.push(reader.varint());
  return numbers;
}

class WireReader {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new Error('a message that ends too early');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new Error('a number of more than 64 bits');
  }

  take(length: number): Uint8Array {
    const end = this.at + length;
    if (end > this.bytes.length) throw new Error('a message that ends too early');
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }
}

/** A field as it is sent. */
export function wireField(number: number, value: bigint | Uint8Array): Uint8Array {
  return typeof value === 'bigint'
    ? joinedBytes([varint(number * 8), varint(value)])
    : joinedBytes([varint(number * 8 + wireTypes.bytes), varint(value.length), value]);
}

/** A field of four or eight bytes. */
export function fixedField(number: number, bytes: Uint8Array): Uint8Array {
  const type = bytes.length === 4 ? wireTypes.fixed32 : wireTypes.fixed64;
  return joinedBytes([varint(number * 8 + type), bytes]);
}
