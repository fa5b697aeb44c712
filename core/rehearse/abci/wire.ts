import { Refusal } from '../../refusal.ts';
import { joinedBytes, varint } from '../wire-bytes.ts';

// As much of protobuf's wire format as ABCI and queries of a node need: varints and bytes
// (https://protobuf.dev/programming-guides/encoding/).

const varintType = 0;
const fixed64Type = 1;
const bytesType = 2;
const fixed32Type = 5;
const text = new TextEncoder();

/** A field of a number or a boolean. Zero is not written, as proto3 has it. */
export function intField(number: number, value: number | bigint | boolean): Uint8Array {
  const wanted = typeof value === 'boolean' ? Number(value) : value;
  return BigInt(wanted) === 0n
    ? new Uint8Array()
    : joinedBytes([varint(number * 8 + varintType), varint(wanted)]);
}

/** A field of bytes or text. Nothing is not written, as proto3 has it. */
export function bytesField(number: number, value: Uint8Array | string): Uint8Array {
  const bytes = typeof value === 'string' ? text.encode(value) : value;
  return bytes.length === 0 ? bytes : messageField(number, bytes);
}

/** An element of a list of bytes, or a message: written though it is empty. */
export function messageField(number: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return joinedBytes([varint(number * 8 + bytesType), varint(length), ...parts]);
}

/** A google.protobuf.Timestamp of milliseconds since 1970. */
export function timestampField(number: number, ms: number): Uint8Array {
  const seconds = Math.floor(ms / 1000);
  return messageField(number, intField(1, seconds), intField(2, (ms - seconds * 1000) * 1_000_000));
}

/** A google.protobuf.Duration of nanoseconds. */
export function durationField(number: number, ns: bigint): Uint8Array {
  return messageField(number, intField(1, ns / 1_000_000_000n), intField(2, ns % 1_000_000_000n));
}

/** A message before it is sent over a socket: its length, then itself. */
export function framed(message: Uint8Array): Uint8Array {
  return joinedBytes([varint(message.length), message]);
}

/** Where a message lies among bytes that were received: they may still end before it does. */
export interface WireFrame {
  readonly start: number;
  readonly end: number;
}

/** The framed message that begins at `from`; undefined while its length is not all there. */
export function frameAt(bytes: Uint8Array, from: number): WireFrame | undefined {
  let length = 0;
  for (let at = from, scale = 1; at < bytes.length; at++, scale *= 128) {
    const byte = bytes[at]!;
    length += (byte & 0x7f) * scale;
    if (byte < 0x80) return { start: at + 1, end: at + 1 + length };
  }
  return undefined;
}

/**
 * A message that was read: its fields by their numbers. What is absent is zero or empty, as proto3
 * has it. Throws where the bytes are no message.
 */
export class WireMessage {
  private readonly fields: readonly Field[];

  constructor(bytes: Uint8Array) {
    this.fields = [...fieldsOf(bytes)];
  }

  /** The numbers of its fields, in the order in which they came. */
  get numbers(): readonly number[] {
    return this.fields.map(({ number }) => number);
  }

  /** A number; of those that do not fit a double the digits that do. */
  int(number: number): number {
    return Number(this.bigint(number));
  }

  /** A number, as int64. */
  bigint(number: number): bigint {
    const value = this.last(number);
    return typeof value === 'bigint' ? BigInt.asIntN(64, value) : 0n;
  }

  bytes(number: number): Uint8Array {
    const value = this.last(number);
    return value instanceof Uint8Array ? value : new Uint8Array();
  }

  text(number: number): string {
    return new TextDecoder().decode(this.bytes(number));
  }

  message(number: number): WireMessage {
    return new WireMessage(this.bytes(number));
  }

  /** The elements of a list of bytes or messages. */
  list(number: number): Uint8Array[] {
    return this.fields.flatMap(({ number: its, value }) =>
      its === number && value instanceof Uint8Array ? [value] : [],
    );
  }

  messages(number: number): WireMessage[] {
    return this.list(number).map(bytes => new WireMessage(bytes));
  }

  private last(number: number): bigint | Uint8Array | undefined {
    return this.fields.findLast(field => field.number === number)?.value;
  }
}

interface Field {
  readonly number: number;
  readonly value: bigint | Uint8Array;
}

function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const read = (): bigint => {
    for (let value = 0n, shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw endsEarly();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new Refusal('the node sent a number of more than 64 bits');
  };
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw endsEarly();
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = Number(read());
    const number = Math.floor(tag / 8);
    switch (tag % 8) {
      case varintType:
        yield { number, value: read() };
        break;
      case bytesType:
        yield { number, value: take(Number(read())) };
        break;
      case fixed64Type:
        yield { number, value: take(8) };
        break;
      case fixed32Type:
        yield { number, value: take(4) };
        break;
      default:
        throw new Refusal(`the node sent a field of wire type ${tag % 8}`);
    }
  }
}

function endsEarly(): Refusal {
  return new Refusal('the node sent a message that ends too early');
}
