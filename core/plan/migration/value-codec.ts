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
  return known[codec] ?? /^[\w.]+\[([^]+)\](?:\((?:cdc)?\))$/.exec(codec)?.[1];
}

/** A value of a type, one that is not its zero value where that can be written. */
export function valueOf(type: string): string {
  if (/^u?int\d+$/.test(type)) return `${type}(7)`;
  if (type === 'string') return '"value"';
  if (type === 'bool') return 'true';
  if (type === '[]byte') return '[]byte("value")';
  const [, qualifier, name] = /^(\w+)\.(Int|Uint|LegacyDec)$/.exec(type) ?? [];
  return name === 'Int'
    ? `${qualifier}.NewInt(7)`
    : name === 'Uint'
      ? `${qualifier}.NewUint(7)`
      : name === 'LegacyDec'
        ? `${qualifier}.LegacyNewDec(7)`
        : `${type}{}`;
}
