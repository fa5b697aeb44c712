import { joinedBytes } from '../wire-bytes.ts';
import type { JsonValue } from './check.ts';
import { fixedField, wireField } from './wire-values.ts';

/** FieldDescriptorProto.Type (google/protobuf/descriptor.proto). */
export const fieldTypes = {
  double: 1,
  float: 2,
  int64: 3,
  uint64: 4,
  int32: 5,
  fixed64: 6,
  fixed32: 7,
  bool: 8,
  string: 9,
  message: 11,
  bytes: 12,
  uint32: 13,
  enum: 14,
  sfixed32: 15,
  sfixed64: 16,
  sint32: 17,
  sint64: 18,
} as const;

const { double, float, int64, uint64, fixed64, fixed32, bool, string, bytes } = fieldTypes;
const { uint32, sfixed32, sfixed64, sint32, sint64 } = fieldTypes;

/** What a scalar of that type is where it is not sent; bytes are null, as the SDK writes them. */
export function defaultScalar(type: number): JsonValue {
  switch (type) {
    case bool:
      return false;
    case string:
      return '';
    case bytes:
      return null;
    case int64:
    case uint64:
    case fixed64:
    case sfixed64:
    case sint64:
      return '0';
    default:
      return 0;
  }
}

/** Whether a list of that type may be sent as one stretch of bytes. */
export function isPackable(type: number): boolean {
  return type !== string && type !== bytes && type !== fieldTypes.message;
}

/** How many bytes a number of that type always takes; undefined for varints. */
export function fixedWidth(type: number): 4 | 8 | undefined {
  if (type === float || type === fixed32 || type === sfixed32) return 4;
  return type === double || type === fixed64 || type === sfixed64 ? 8 : undefined;
}

/** A scalar as JSON has it: numbers of 64 bits and bytes (base64) as text. */
export function scalarOf(type: number, value: bigint | Uint8Array): JsonValue {
  if (typeof value === 'bigint') return numberOf(type, value);
  if (type === string) return new TextDecoder().decode(value);
  if (type === bytes) return base64(value);
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  switch (type) {
    case double:
      return view.getFloat64(0, true);
    case float:
      return view.getFloat32(0, true);
    case fixed32:
      return view.getUint32(0, true);
    case sfixed32:
      return view.getInt32(0, true);
    case fixed64:
      return String(view.getBigUint64(0, true));
    default:
      return String(view.getBigInt64(0, true));
  }
}

function numberOf(type: number, value: bigint): JsonValue {
  switch (type) {
    case bool:
      return value !== 0n;
    case int64:
      return String(BigInt.asIntN(64, value));
    case uint64:
      return String(value);
    case sint64:
      return String(unfolded(value));
    case sint32:
      return Number(unfolded(value));
    case uint32:
      return Number(BigInt.asUintN(32, value));
    default:
      return Number(BigInt.asIntN(32, value));
  }
}

/** Signed numbers are folded around zero: 0, -1, 1, -2. */
function unfolded(value: bigint): bigint {
  return (value >> 1n) ^ -(value & 1n);
}

function folded(value: bigint): bigint {
  return value < 0n ? -value * 2n - 1n : value * 2n;
}

/** Bytes as JSON has them. */
export function base64(value: Uint8Array): string {
  return btoa(Array.from(value, byte => String.fromCharCode(byte)).join(''));
}

/** A scalar as it is sent; undefined where the value is none of that type. */
export function scalarField(
  number: number,
  type: number,
  value: JsonValue,
): Uint8Array | undefined {
  if (type === string)
    return typeof value === 'string'
      ? wireField(number, new TextEncoder().encode(value))
      : undefined;
  if (type === bytes) return bytesField(number, value);
  if (type === bool)
    return typeof value === 'boolean' ? wireField(number, BigInt(value)) : undefined;
  if (type === double || type === float) return floatField(number, type, value);
  return integerField(number, type, value);
}

function bytesField(number: number, value: JsonValue): Uint8Array | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    return wireField(
      number,
      Uint8Array.from(atob(value), sign => sign.charCodeAt(0)),
    );
  } catch {
    return undefined;
  }
}

function floatField(number: number, type: number, value: JsonValue): Uint8Array | undefined {
  if (typeof value !== 'number') return undefined;
  const view = new DataView(new ArrayBuffer(type === float ? 4 : 8));
  if (type === float) view.setFloat32(0, value, true);
  else view.setFloat64(0, value, true);
  return fixedField(number, new Uint8Array(view.buffer));
}

function integerField(number: number, type: number, value: JsonValue): Uint8Array | undefined {
  const isWhole =
    typeof value === 'number'
      ? Number.isSafeInteger(value)
      : typeof value === 'string' && /^-?\d+$/.test(value);
  if (!isWhole || (typeof value !== 'number' && typeof value !== 'string')) return undefined;
  const whole = BigInt(value);
  const width = fixedWidth(type);
  if (width === undefined)
    return wireField(number, type === sint32 || type === sint64 ? folded(whole) : whole);
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt.asUintN(64, whole), true);
  return fixedField(number, joinedBytes([new Uint8Array(view.buffer, 0, width)]));
}
