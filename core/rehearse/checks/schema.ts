import { wireValues } from './wire-values.ts';

/** What a chain says of its messages: google.protobuf.FileDescriptorProto, as far as it matters. */
export interface Schema {
  /** By full name, such as `cosmos.bank.v1beta1.Metadata`. */
  readonly messages: ReadonlyMap<string, MessageType>;
  /** By full name; names by number. */
  readonly enums: ReadonlyMap<string, ReadonlyMap<number, string>>;
  /** By path, such as `/cosmos.bank.v1beta1.Query/TotalSupply`. */
  readonly methods: ReadonlyMap<string, MethodType>;
}

/** A method: the full names of its messages. */
export interface MethodType {
  readonly input: string;
  readonly output: string;
}

/** A message: its fields in the order in which they are defined. */
export interface MessageType {
  readonly name: string;
  readonly fields: readonly FieldType[];
  /** Whether it stands for an entry of a map. */
  readonly isMapEntry: boolean;
}

/** A field of a message. */
export interface FieldType {
  readonly name: string;
  readonly jsonName: string;
  readonly number: number;
  /** The numbers of FieldDescriptorProto.Type. */
  readonly type: number;
  readonly isRepeated: boolean;
  /** Whether it is absent where it is not set: of a oneof, or `optional`. */
  readonly isOptional: boolean;
  /** The full name of its message or enum. */
  readonly typeName: string | undefined;
  /** Whether Go holds it as a decimal, which is sent as its digits times 10^18. */
  readonly isDecimal: boolean;
}

/** Reads what is a FileDescriptorProto{package 2, message_type 4, enum_type 5, service 6}. */
export function readSchema(files: Iterable<Uint8Array>): Schema {
  const schema = {
    messages: new Map<string, MessageType>(),
    enums: new Map<string, ReadonlyMap<number, string>>(),
    methods: new Map<string, MethodType>(),
  };
  for (const file of files) {
    const descriptor = descriptorOf(file);
    if (descriptor) addFile(schema, descriptor);
  }
  return schema;
}

/** Undefined where the bytes are something else. */
function descriptorOf(file: Uint8Array): Descriptor | undefined {
  try {
    const descriptor = new Descriptor(file);
    return descriptor.text(1).endsWith('.proto') ? descriptor : undefined;
  } catch {
    return undefined;
  }
}

function addFile(schema: GrowingSchema, file: Descriptor): void {
  const scope = file.text(2) === '' ? '' : `${file.text(2)}.`;
  for (const message of file.parts(4)) addMessage(schema, scope, message);
  for (const one of file.parts(5)) addEnum(schema, scope, one);
  for (const service of file.parts(6)) addService(schema, scope, service);
}

interface GrowingSchema {
  readonly messages: Map<string, MessageType>;
  readonly enums: Map<string, ReadonlyMap<number, string>>;
  readonly methods: Map<string, MethodType>;
}

/** DescriptorProto{name 1, field 2, nested_type 3, enum_type 4, options 7{map_entry 7}}. */
function addMessage(schema: GrowingSchema, scope: string, message: Descriptor): void {
  const name = `${scope}${message.text(1)}`;
  schema.messages.set(name, {
    name,
    fields: message.parts(2).map(fieldType),
    isMapEntry: message.parts(7).some(options => options.int(7) === 1),
  });
  for (const nested of message.parts(3)) addMessage(schema, `${name}.`, nested);
  for (const one of message.parts(4)) addEnum(schema, `${name}.`, one);
}

/** EnumDescriptorProto{name 1, value 2{name 1, number 2}}. */
function addEnum(schema: GrowingSchema, scope: string, one: Descriptor): void {
  const values = one.parts(2).map(value => [value.int(2), value.text(1)] as const);
  // The first of two names for one number is the one that is written.
  schema.enums.set(`${scope}${one.text(1)}`, new Map([...values].reverse()));
}

/** ServiceDescriptorProto{name 1, method 2{name 1, input_type 2, output_type 3}}. */
function addService(schema: GrowingSchema, scope: string, service: Descriptor): void {
  for (const method of service.parts(2))
    schema.methods.set(`/${scope}${service.text(1)}/${method.text(1)}`, {
      input: withoutDot(method.text(2)),
      output: withoutDot(method.text(3)),
    });
}

const repeatedLabel = 3;
/** gogoproto.customtype, an extension of FieldOptions (gogoproto/gogo.proto). */
const customTypeOption = 65003;

/** FieldDescriptorProto{name 1, number 3, label 4, type 5, type_name 6, oneof_index 9, …}. */
function fieldType(field: Descriptor): FieldType {
  const typeName = withoutDot(field.text(6));
  const customType = field.parts(8).map(options => options.text(customTypeOption))[0] ?? '';
  return {
    name: field.text(1),
    jsonName: field.text(10),
    number: field.int(3),
    type: field.int(5),
    isRepeated: field.int(4) === repeatedLabel,
    isOptional: field.has(9),
    typeName: typeName === '' ? undefined : typeName,
    isDecimal: /\.(Legacy)?Dec$/.test(customType),
  };
}

function withoutDot(name: string): string {
  return name.replace(/^\./, '');
}

/** A message of descriptor.proto that was read. */
class Descriptor {
  private readonly values: readonly { number: number; value: bigint | Uint8Array }[];

  constructor(bytes: Uint8Array) {
    this.values = [...wireValues(bytes)];
  }

  has(number: number): boolean {
    return this.values.some(one => one.number === number);
  }

  int(number: number): number {
    const value = this.values.findLast(one => one.number === number)?.value;
    return typeof value === 'bigint' ? Number(BigInt.asIntN(32, value)) : 0;
  }

  text(number: number): string {
    const value = this.values.findLast(one => one.number === number)?.value;
    return value instanceof Uint8Array ? new TextDecoder().decode(value) : '';
  }

  parts(number: number): Descriptor[] {
    return this.values.flatMap(one =>
      one.number === number && one.value instanceof Uint8Array ? [new Descriptor(one.value)] : [],
    );
  }
}
