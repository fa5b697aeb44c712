import type { ImportSpec } from '../../../go/edit/imports.ts';
import { keyedFields } from '../../../go/edit/print.ts';
import { keywords } from '../../../go/source/keywords.ts';
import { render } from '../../../render.ts';
import { sampleValue } from '../value-codec.ts';
import type { Carried, MessageChange } from './compare.ts';

/**
 * How the migration's package names both versions: the qualifiers of today's package and of the old
 * one.
 */
export interface Names {
  readonly now: string;
  readonly old: string;
}

/**
 * The versions of the module's state that a message goes from and to, and the release with the old
 * one.
 */
export interface Passage {
  readonly to: number;
  readonly ref: string;
}

/**
 * The function that makes a message of today out of what it was. What nobody but the developers can
 * know gets its empty value.
 */
export function carryOver(
  { now, fields, gone }: MessageChange,
  names: Names,
  { to, ref }: Passage,
): { text: string; imports: ReadonlyMap<string, ImportSpec> } {
  const imports = new Map<string, ImportSpec>();
  const each = fields
    .filter(field => field.how === 'each')
    .map(field => ({ ...field, local: localName(field.name, names) }));
  const copied = fields.filter(field => field.how === 'copied');
  const keyed = keyedFields(
    [
      ...copied.map(({ name }) => ({ key: name, value: `old.${name}` })),
      ...each.map(({ name, local }) => ({ key: name, value: local })),
    ],
    '\t\t',
  );
  const open = fields.flatMap(field => {
    const what = questionOn(field, ref);
    return what === undefined ? [] : [{ what, line: emptyLine(field, names, imports) }];
  });
  const text = render('migration/carry-over.go', {
    name: now.name,
    to,
    ref,
    ...names,
    each: each.map(({ name: field, change, shape, local }) => ({
      field,
      local,
      held: change.now.name,
      list: shape.startsWith('[]'),
      pointer: shape.endsWith('*'),
    })),
    keyed,
    open: open.map((one, i) => ({ ...one, apart: i > 0 || keyed !== '' })),
    gone: gone.map(field => `old.${field.name}`).join(', '),
  }).trimEnd();
  return { text, imports };
}

/** What the developers have to decide of a field; undefined where nothing is open. */
function questionOn(field: Carried, ref: string): string | undefined {
  const { name } = field;
  if (field.how === 'new')
    return `${name} is new since ${ref}: decide what entries that are there already get.`;
  if (field.how === 'changed')
    return (
      `${name} was ${shown(field.was)} in ${ref} and is ${shown(field.type)} now: ` +
      `decide how old.${name} becomes that.`
    );
  return undefined;
}

/** The field with its empty value; a comment where that is not known. */
function emptyLine(field: Carried, names: Names, imports: Map<string, ImportSpec>): string {
  const empty = emptyValue(field, names);
  if (!empty) return `// ${field.name}, a ${shown(field.type)}`;
  if (empty.import) imports.set(empty.text.slice(0, empty.text.indexOf('.')), empty.import);
  return `${field.name}: ${empty.text},`;
}

/** A message as a test has it, before and after: values in what is carried over. */
export function example(
  { old, now, fields }: MessageChange,
  names: Names,
  side: keyof Names,
  indent: string,
): string {
  const keyed = fields.flatMap(field => {
    const value = exampleValue(field, names, side, `${indent}\t`);
    return value === undefined ? [] : [{ key: field.name, value }];
  });
  const type = `${names[side]}.${(side === 'now' ? now : old).name}`;
  if (keyed.length === 0) return `${type}{}`;
  return `${type}{\n${keyedFields(keyed, `${indent}\t`)}\n${indent}}`;
}

function exampleValue(
  field: Carried,
  names: Names,
  side: keyof Names,
  indent: string,
): string | undefined {
  if (field.how === 'copied') return sample(field.type);
  return field.how === 'each' ? heldExample(field, names, side, indent) : undefined;
}

/** An example of the message that a field holds, in the field's shape. */
function heldExample(
  { change, shape }: Carried & { how: 'each' },
  names: Names,
  side: keyof Names,
  indent: string,
): string {
  if (!shape.startsWith('[]')) {
    const value = example(change, names, side, indent);
    return shape === '*' ? `&${value}` : value;
  }
  const type = `${names[side]}.${change.now.name}`;
  // Elements of a list have its type.
  const element = example(change, names, side, `${indent}\t`).slice(type.length);
  return `${shape}${type}{\n${indent}\t${element},\n${indent}}`;
}

/**
 * A value that is not the empty one, of the types where that can be written without another
 * package.
 */
function sample(type: string): string | undefined {
  if (/^(string|bool|\[\]byte|u?int(32|64))$/.test(type))
    return sampleValue(type).replace(/^u?int\d+\((\d+)\)$/, '$1');
  if (type === '[]string') return '[]string{"value"}';
  return /^\[\]u?int(32|64)$/.test(type) ? `${type}{7}` : undefined;
}

const sdk: ImportSpec = { path: 'github.com/cosmos/cosmos-sdk/types', alias: 'sdk' };
const math: ImportSpec = { path: 'cosmossdk.io/math', alias: undefined };
const time: ImportSpec = { path: 'time', alias: undefined };
const structs: Readonly<Record<string, { readonly text: string; readonly import: ImportSpec }>> = {
  'cosmossdk.io/math.Int': { text: 'math.Int{}', import: math },
  'cosmossdk.io/math.Uint': { text: 'math.Uint{}', import: math },
  'cosmossdk.io/math.LegacyDec': { text: 'math.LegacyDec{}', import: math },
  'github.com/cosmos/cosmos-sdk/types.Coin': { text: 'sdk.Coin{}', import: sdk },
  'github.com/cosmos/cosmos-sdk/types.DecCoin': { text: 'sdk.DecCoin{}', import: sdk },
  'time.Time': { text: 'time.Time{}', import: time },
};

/** The empty value of a field's type; undefined where the type does not say which that is. */
function emptyValue(
  { type, meaning, wire }: Carried,
  { now }: Names,
): { text: string; import?: ImportSpec } | undefined {
  if (/^(\*|\[\]|map\[)/.test(type)) return { text: 'nil' };
  if (type === 'string') return { text: '""' };
  if (type === 'bool') return { text: 'false' };
  const isNumber = /^(u?int(32|64)|float(32|64))$/.test(type) || wire.startsWith('varint');
  if (isNumber || meaning === 'time.Duration') return { text: '0' };
  if (/^[A-Z]\w*$/.test(type) && wire.startsWith('bytes')) return { text: `${now}.${type}{}` };
  return structs[meaning];
}

/** A type as comments name it: without the made-up names of generated imports. */
function shown(type: string): string {
  return type.replace(
    /(\w+)\.(\w+)/g,
    (_, qualifier: string, name: string) => `${qualifier.replace(/^.*_/, '')}.${name}`,
  );
}

/** Names that a local variable of the function cannot have. */
const taken = new Set([
  ...keywords,
  'old',
  'err',
  'one',
  'migrated',
  'nil',
  'true',
  'false',
  'append',
]);

function localName(field: string, names: Names): string {
  const name = field[0]!.toLowerCase() + field.slice(1);
  const isTaken = taken.has(name) || name === names.now || name === names.old;
  return isTaken ? `${name}Now` : name;
}
