import type { JsonValue } from './check.ts';
import { isJsonObject } from './check.ts';

/** What is wrong with a JSON pointer (RFC 6901); undefined where nothing is. */
export function pointerFault(pointer: unknown): string | undefined {
  const isPointer = typeof pointer === 'string' && /^(\/([^~/]|~[01])*)*$/.test(pointer);
  return isPointer
    ? undefined
    : '"pointer" has to be a JSON pointer, as "/supply/0/amount"; "~" is written "~0", "/" "~1"';
}

/** The value that a JSON pointer leads to; undefined where there is none. */
export function valueAt(value: JsonValue, pointer: string): JsonValue | undefined {
  let at: JsonValue | undefined = value;
  for (const escaped of pointer.split('/').slice(1)) {
    const name = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    at = at === undefined ? undefined : memberOf(at, name);
  }
  return at;
}

function memberOf(value: JsonValue, name: string): JsonValue | undefined {
  if (Array.isArray(value))
    return /^(0|[1-9]\d*)$/.test(name) ? (value as readonly JsonValue[])[Number(name)] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
