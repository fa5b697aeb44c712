import type { JsonObject, JsonValue } from './check.ts';
import { decodeKnown } from './known-messages.ts';
import { defaultScalar, fieldTypes, fixedWidth, isPackable, scalarOf } from './scalars.ts';
import type { FieldType, MessageType, Schema } from './schema.ts';
import { packedVarints, wireTypes, wireValues } from './wire-values.ts';

/**
 * A message as the chain's own commands and its REST address write it: names as in the proto file,
 * fields that are not set with their defaults, numbers of 64 bits as text. Throws where the bytes
 * are no such message.
 */
export function decodeMessage(schema: Schema, name: string, bytes: Uint8Array): JsonValue {
  const known = decodeKnown(name, bytes, (type, value) => {
    const content = schema.messages.has(type)
      ? decodeMessage(schema, type, value)
      : { value: scalarOf(fieldTypes.bytes, value) };
    return content;
  });
  if (known !== undefined) return known;
  const message = schema.messages.get(name);
  if (!message) throw new Error(`a message ${name}, which the chain does not describe`);
  return fieldsOf(schema, message, bytes);
}

function fieldsOf(schema: Schema, message: MessageType, bytes: Uint8Array): JsonObject {
  const sent = new Map<number, (bigint | Uint8Array)[]>();
  for (const { number, type, value } of wireValues(bytes)) {
    const field = message.fields.find(one => one.number === number);
    if (!field) continue;
    const isPacked =
      field.isRepeated &&
      type === wireTypes.bytes &&
      isPackable(field.type) &&
      value instanceof Uint8Array;
    const values = isPacked ? unpacked(field, value) : [value];
    sent.set(number, [...(sent.get(number) ?? []), ...values]);
  }
  const members = message.fields.flatMap((field): [string, JsonValue][] => {
    const value = fieldValue(schema, field, sent.get(field.number) ?? []);
    return value === undefined ? [] : [[field.name, value]];
  });
  return Object.fromEntries(members);
}

function unpacked({ type }: FieldType, bytes: Uint8Array): (bigint | Uint8Array)[] {
  const width = fixedWidth(type);
  if (width === undefined) return packedVarints(bytes);
  return Array.from({ length: bytes.length / width }, (_, i) =>
    bytes.subarray(i * width, (i + 1) * width),
  );
}

/** Undefined where the field is left out. */
function fieldValue(
  schema: Schema,
  field: FieldType,
  sent: readonly (bigint | Uint8Array)[],
): JsonValue | undefined {
  const entry = schema.messages.get(field.typeName ?? '');
  if (field.isRepeated && entry?.isMapEntry) return mapOf(schema, entry, sent);
  if (field.isRepeated) return sent.map(value => fieldJson(schema, field, value));
  const last = sent.at(-1);
  if (last !== undefined) return fieldJson(schema, field, last);
  if (field.isOptional) return undefined;
  return field.type === fieldTypes.message ? null : unset(schema, field);
}

function unset(schema: Schema, field: FieldType): JsonValue {
  if (field.type === fieldTypes.enum) return enumName(schema, field, 0n);
  return defaultScalar(field.type);
}

function fieldJson(schema: Schema, field: FieldType, value: bigint | Uint8Array): JsonValue {
  if (field.type === fieldTypes.enum && typeof value === 'bigint')
    return enumName(schema, field, value);
  if (field.type === fieldTypes.message && value instanceof Uint8Array)
    return decodeMessage(schema, field.typeName ?? '', value);
  const scalar = scalarOf(field.type, value);
  return field.isDecimal && typeof scalar === 'string' ? decimalText(field, scalar) : scalar;
}

function enumName({ enums }: Schema, { typeName }: FieldType, value: bigint): JsonValue {
  const number = Number(BigInt.asIntN(32, value));
  return enums.get(typeName ?? '')?.get(number) ?? number;
}

function mapOf(
  schema: Schema,
  entry: MessageType,
  sent: readonly (bigint | Uint8Array)[],
): JsonObject {
  const entries = sent.flatMap((bytes): [string, JsonValue][] => {
    if (typeof bytes === 'bigint') return [];
    const { key, value = null } = fieldsOf(schema, entry, bytes);
    return [[typeof key === 'string' ? key : JSON.stringify(key), value]];
  });
  return Object.fromEntries(entries);
}

/** The SDK's decimals have 18 places and are sent without the point (cosmossdk.io/math). */
function decimalText({ type }: FieldType, sent: string): string {
  const digits = type === fieldTypes.bytes ? atob(sent) : sent;
  const [, sign = '', all = ''] = /^(-?)(\d+)$/.exec(digits) ?? [];
  if (all === '') return sent;
  const padded = all.padStart(19, '0');
  return `${sign}${padded.slice(0, -18)}.${padded.slice(-18)}`;
}
