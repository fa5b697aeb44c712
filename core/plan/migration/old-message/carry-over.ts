import type { ImportSpec } from '../../../go/edit/imports.ts';
import { keyedFields } from '../../../go/edit/print.ts';
import { render } from '../../../render.ts';
import { valueOf } from '../value-codec.ts';
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
 * know stands there with its empty value.
 */
export function carryOver(
  { now, fields, gone }: MessageChange,
  names: Names,
  { to, ref }: Passage,
): { text: string; imports: ReadonlyMap<string, ImportSpec> } {
  const imports = new Map<string, ImportSpec>();
  const name = now.name;
  const each = fields
    .filter(f => f.how === 'each')
    .map(field => ({ ...field, local: localName(field.name, names) }));
  const copied = fields.flatMap(f =>
    f.how === 'copied' ? [{ key: f.name, value: `old.${f.name}` }] : [],
  );
  const line = (field: Carried) => {
    const empty = emptyValue(field, names);
    if (empty?.import) imports.set(empty.text.slice(0, empty.text.indexOf('.')), empty.import);
    return empty ? `${field.name}: ${empty.text},` : `// ${field.name}, a ${shown(field.type)}`;
  };
  const open = fields.flatMap(field =>
    field.how === 'new'
      ? [
          {
            what: `${field.name} is new since ${ref}: decide what entries that are there already get.`,
            line: line(field),
          },
        ]
      : field.how === 'changed'
        ? [
            {
              what: `${field.name} was ${shown(field.was)} in ${ref} and is ${shown(field.type)} now: decide how old.${field.name} becomes that.`,
              line: line(field),
            },
          ]
        : [],
  );
  const keyed = keyedFields(
    [...copied, ...each.map(f => ({ key: f.name, value: f.local }))],
    '\t\t',
  );
  const text = render('migration/carry-over.go', {
    name,
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
    open: open.map((o, i) => ({ ...o, apart: i > 0 || keyed !== '' })),
    gone: gone.map(f => `old.${f.name}`).join(', '),
  }).trimEnd();
  return { text, imports };
}

/** A message as a test has it, before and after: values in what is carried over. */
export function example(
  { old, now, fields }: MessageChange,
  names: Names,
  side: keyof Names,
  indent: string,
): string {
  const keyed = fields.flatMap(field => {
    const value =
      field.how === 'copied'
        ? sample(field.type)
        : field.how === 'each'
          ? held(field, names, side, `${indent}\t`)
          : undefined;
    return value === undefined ? [] : [{ key: field.name, value }];
  });
  const type = `${names[side]}.${(side === 'now' ? now : old).name}`;
  return keyed.length === 0
    ? `${type}{}`
    : `${type}{\n${keyedFields(keyed, `${indent}\t`)}\n${indent}}`;
}

function held(
  { change, shape }: Carried & { how: 'each' },
  names: Names,
  side: keyof Names,
  indent: string,
): string {
  const list = shape.startsWith('[]');
  const type = `${names[side]}.${change.now.name}`;
  const value = example(change, names, side, list ? `${indent}\t` : indent);
  // Elements of a list have its type.
  return list
    ? `${shape}${type}{\n${indent}\t${value.slice(type.length)},\n${indent}}`
    : `${shape === '*' ? '&' : ''}${value}`;
}

/**
 * A value that is not the empty one, of the types where that can be written without another
 * package.
 */
function sample(type: string): string | undefined {
  if (/^(string|bool|\[\]byte|u?int(32|64))$/.test(type))
    return valueOf(type).replace(/^u?int\d+\((\d+)\)$/, '$1');
  return type === '[]string'
    ? '[]string{"value"}'
    : /^\[\]u?int(32|64)$/.test(type)
      ? `${type}{7}`
      : undefined;
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
  if (
    /^(u?int(32|64)|float(32|64))$/.test(type) ||
    meaning === 'time.Duration' ||
    wire.startsWith('varint')
  )
    return { text: '0' };
  if (/^[A-Z]\w*$/.test(type) && wire.startsWith('bytes')) return { text: `${now}.${type}{}` };
  return structs[meaning];
}

function shown(type: string): string {
  return type.replace(
    /(\w+)\.(\w+)/g,
    (_, qualifier: string, name: string) => `${qualifier.replace(/^.*_/, '')}.${name}`,
  );
}

const taken = new Set([
  'break',
  'case',
  'chan',
  'const',
  'continue',
  'default',
  'defer',
  'else',
  'fallthrough',
  'for',
  'func',
  'go',
  'goto',
  'if',
  'import',
  'interface',
  'map',
  'package',
  'range',
  'return',
  'select',
  'struct',
  'switch',
  'type',
  'var',
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
  return taken.has(name) || name === names.now || name === names.old ? `${name}Now` : name;
}
