/** As much of JSON Schema as the schemas here use. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer';
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const explained = new Set(['$schema', 'title', 'description']);
const checked = new Set([
  ...['$ref', 'type', 'const', 'enum', 'pattern', 'minLength', 'minItems', 'minimum', 'items'],
  ...['required', 'properties', 'additionalProperties', 'definitions'],
]);

/** What of a value is not as a schema asks, as `path: what`. Throws for a keyword it does not know. */
export function schemaFaults(root: Schema, value: unknown): string[] {
  return faultsOf(root, root, value, '');
}

function faultsOf(root: Schema, schema: Schema, value: unknown, path: string): string[] {
  ensureKnown(schema);
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace('#/definitions/', '');
    return faultsOf(root, root.definitions![name]!, value, path);
  }
  if (schema.type !== undefined && !isOfType(value, schema.type))
    return [`${path}: is not of type ${schema.type}`];
  const faults = scalarFaults(schema, value, path);
  if (Array.isArray(value)) faults.push(...listFaults(root, schema, value, path));
  else if (typeof value === 'object' && value !== null)
    faults.push(...objectFaults(root, schema, value, path));
  return faults;
}

function ensureKnown(schema: Schema): void {
  for (const keyword of Object.keys(schema))
    if (!checked.has(keyword) && !explained.has(keyword))
      throw new Error(`this check does not know ${keyword}`);
}

function scalarFaults(schema: Schema, value: unknown, path: string): string[] {
  const faults: string[] = [];
  if ('const' in schema && value !== schema.const) faults.push(`${path}: is another value`);
  if (schema.enum && !schema.enum.includes(value)) faults.push(`${path}: is none of the values`);
  if (typeof value === 'string') {
    const { pattern, minLength = 0 } = schema;
    if (value.length < minLength) faults.push(`${path}: is too short`);
    if (pattern !== undefined && !new RegExp(pattern).test(value))
      faults.push(`${path}: does not match`);
  }
  if (typeof value === 'number' && value < (schema.minimum ?? -Infinity))
    faults.push(`${path}: is too small`);
  return faults;
}

function isOfType(value: unknown, type: NonNullable<Schema['type']>): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object')
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function listFaults(root: Schema, schema: Schema, list: readonly unknown[], path: string) {
  const { items } = schema;
  const faults = items
    ? list.flatMap((item, i) => faultsOf(root, items, item, `${path}/${i}`))
    : [];
  return list.length < (schema.minItems ?? 0) ? [`${path}: has too few`, ...faults] : faults;
}

function objectFaults(root: Schema, schema: Schema, object: object, path: string): string[] {
  const missing = (schema.required ?? []).filter(name => !(name in object));
  const faults = missing.map(name => `${path}: lacks ${name}`);
  for (const [name, value] of Object.entries(object)) {
    const property = schema.properties?.[name] ?? schema.additionalProperties;
    if (property === false) faults.push(`${path}: has ${name}`);
    else if (typeof property === 'object')
      faults.push(...faultsOf(root, property, value, `${path}/${name}`));
  }
  return faults;
}
