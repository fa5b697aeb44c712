import type { JsonValue } from './check.ts';
import { isJsonObject } from './check.ts';
import { wireValues } from './wire-values.ts';

/**
 * The messages that JSON writes in a form of their own
 * (https://protobuf.dev/programming-guides/json/); undefined for all others. `decode` takes what an
 * Any holds: the full name of its message, and its bytes.
 */
export function decodeKnown(
  name: string,
  bytes: Uint8Array,
  decode: (type: string, value: Uint8Array) => JsonValue,
): JsonValue | undefined {
  switch (name) {
    case 'google.protobuf.Timestamp':
      return timestamp(bytes);
    case 'google.protobuf.Duration':
      return duration(bytes);
    case 'google.protobuf.Any':
      return any(bytes, decode);
    default:
      return undefined;
  }
}

interface Parts {
  readonly numbers: ReadonlyMap<number, bigint>;
  readonly bytes: ReadonlyMap<number, Uint8Array>;
}

function partsOf(message: Uint8Array): Parts {
  const numbers = new Map<number, bigint>();
  const bytes = new Map<number, Uint8Array>();
  for (const { number, value } of wireValues(message)) {
    if (typeof value === 'bigint') numbers.set(number, BigInt.asIntN(64, value));
    else bytes.set(number, value);
  }
  return { numbers, bytes };
}

/** Timestamp{seconds 1, nanos 2}: `2026-01-02T03:04:05.123Z`. */
function timestamp(message: Uint8Array): string {
  const { numbers } = partsOf(message);
  const seconds = Number(numbers.get(1) ?? 0n);
  // Go's zero time lies before 1970, within what a Date holds.
  const whole = new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, '');
  return `${whole}${fraction(numbers.get(2) ?? 0n)}Z`;
}

/** Duration{seconds 1, nanos 2}: `172800s`. */
function duration(message: Uint8Array): string {
  const { numbers } = partsOf(message);
  const nanos = (numbers.get(1) ?? 0n) * 1_000_000_000n + BigInt.asIntN(32, numbers.get(2) ?? 0n);
  const size = nanos < 0n ? -nanos : nanos;
  const sign = nanos < 0n ? '-' : '';
  return `${sign}${size / 1_000_000_000n}${fraction(size % 1_000_000_000n)}s`;
}

/** Nanoseconds as `.123`, in three, six or nine places; nothing where there are none. */
function fraction(nanos: bigint): string {
  if (nanos === 0n) return '';
  const digits = String(nanos).padStart(9, '0');
  return `.${digits.replace(/(000){1,2}$/, '')}`;
}

/** Any{type_url 1, value 2}: its message, with its type. */
function any(
  message: Uint8Array,
  decode: (type: string, value: Uint8Array) => JsonValue,
): JsonValue {
  const { bytes } = partsOf(message);
  const url = new TextDecoder().decode(bytes.get(1) ?? new Uint8Array());
  const content = decode(url.slice(url.lastIndexOf('/') + 1), bytes.get(2) ?? new Uint8Array());
  return { '@type': url, ...(isJsonObject(content) ? content : { value: content }) };
}
