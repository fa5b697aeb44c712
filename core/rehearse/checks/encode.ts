import { joinedBytes } from '../wire-bytes.ts';
import type { JsonObject, JsonValue } from './check.ts';
import { isJsonObject } from './check.ts';
import { fieldTypes, scalarField } from './scalars.ts';
import type { FieldType, MessageType, Schema } from './schema.ts';
import { wireField } from './wire-values.ts';

/**
 * A message from JSON, whose names are those of the proto file or their camel case. Throws where a
 * name or a value does not fit, with what would.
 */
export function encodeMessage(schema: Schema, name: string, json: JsonObject): Uint8Array {
  const message = schema.messages.get(name);
  if (!message) throw new Error(`a message ${name}, which the chain does not describe`);
  const parts = Object.entries(json).flatMap(([member, value]) => {
    const field = fieldNamed(message, member);
    if (!field) throw new Error(`${name} has no field ${member}; it has ${fieldNames(message)}`);
    return value === null ? [] : encodedField(schema, field, value);
  });
  return joinedBytes(parts);
}

function fieldNamed({ fields }: MessageType, name: string): FieldType | undefined {
  return fields.find(field => field.name === name || field.jsonName === name);
}

function fieldNames({ fields }: MessageType): string {
  return fields.map(({ name }) => name).join(', ') || 'none';
}

function encodedField(schema: Schema, field: FieldType, value: JsonValue): Uint8Array[] {
  if (schema.messages.get(field.typeName ?? '')?.isMapEntry)
    throw new Error(`the field ${field.name} is a map, which a check cannot send`);
  if (!field.isRepeated) return [encodedValue(schema, field, value)];
  if (!Array.isArray(value)) throw new Error(`the field ${field.name} has to be a list`);
  return (value as readonly JsonValue[]).map(element => encodedValue(schema, field, element));
}

function encodedValue(schema: Schema, field: FieldType, value: JsonValue): Uint8Array {
  const { name, number, type, typeName = '' } = field;
  if (type === fieldTypes.message) {
    if (!isJsonObject(value)) throw new Error(`the field ${name} has to be an object`);
    return wireField(number, encodeMessage(schema, typeName, value));
  }
  const sent = type === fieldTypes.enum ? enumNumber(schema, field, value) : value;
  const integer = type === fieldTypes.enum ? fieldTypes.int32 : type;
  const bytes = scalarField(number, integer, sent);
  if (!bytes) throw new Error(`the field ${name} cannot be ${JSON.stringify(value)}`);
  return bytes;
}

function enumNumber({ enums }: Schema, { name, typeName }: FieldType, value: JsonValue): JsonValue {
  if (typeof value !== 'string') return value;
  const names = enums.get(typeName ?? '') ?? new Map<number, string>();
  const found = [...names].find(([, text]) => text === value);
  if (found) return found[0];
  throw new Error(`the field ${name} cannot be ${value}; it is ${[...names.values()].join(', ')}`);
}
