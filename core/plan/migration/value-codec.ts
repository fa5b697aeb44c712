/** The types of the values of codecs without parameters. */
const known: Readonly<Record<string, string>> = {
  'collections.BoolValue': 'bool',
  'collections.Uint16Value': 'uint16',
  'collections.Uint32Value': 'uint32',
  'collections.Uint64Value': 'uint64',
  'collections.Int32Value': 'int32',
  'collections.Int64Value': 'int64',
  'collections.StringValue': 'string',
  'collections.BytesValue': '[]byte',
  'sdk.IntValue': 'math.Int',
  'sdk.UintValue': 'math.Uint',
  'sdk.LegacyDecValue': 'math.LegacyDec',
};

/**
 * The type of the values of a codec as Go writes it: of the codecs of collections and of the SDK,
 * and of `CollValue[T](cdc)` and its kin; undefined for others.
 */
export function valueTypeOf(codec: string): string | undefined {
  return known[codec] ?? /^[\w.]+\[(.+)\](?:\((?:cdc)?\))$/s.exec(codec)?.[1];
}

/** The constructors of the SDK's numbers. */
const numbers: Readonly<Record<string, string>> = {
  Int: 'NewInt',
  Uint: 'NewUint',
  LegacyDec: 'LegacyNewDec',
};

/** A value of a type as Go, one that is not its zero value where that can be written. */
export function sampleValue(type: string): string {
  if (/^u?int\d+$/.test(type)) return `${type}(7)`;
  if (type === 'string') return '"value"';
  if (type === 'bool') return 'true';
  if (type === '[]byte') return '[]byte("value")';
  const [, qualifier, name = ''] = /^(\w+)\.(Int|Uint|LegacyDec)$/.exec(type) ?? [];
  const make = numbers[name];
  return make === undefined ? `${type}{}` : `${qualifier!}.${make}(7)`;
}
