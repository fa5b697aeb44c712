import type { SyntaxNode } from '../syntax/syntax.ts';
import { childByField, namedChildren } from '../syntax/syntax.ts';

/** A type that has a name, as it is written: `*bank.Keeper`. Type arguments are left out. */
export interface TypeRef {
  readonly pointer: boolean;
  /** The package's name in that file; undefined for a type of the file's own package. */
  readonly qualifier: string | undefined;
  readonly name: string;
}

/** The named type that a type's syntax writes; undefined for others, such as maps and functions. */
export function typeRefOf(type: SyntaxNode | undefined, text: string): TypeRef | undefined {
  switch (type?.type) {
    case 'type_identifier':
      return { pointer: false, qualifier: undefined, name: text.slice(type.start, type.end) };
    case 'qualified_type': {
      const [qualifier, name] = namedChildren(type);
      if (!qualifier || !name) return undefined;
      return {
        pointer: false,
        qualifier: text.slice(qualifier.start, qualifier.end),
        name: text.slice(name.start, name.end),
      };
    }
    case 'generic_type':
      return typeRefOf(childByField(type, 'type'), text);
    case 'parenthesized_type':
      return typeRefOf(namedChildren(type)[0], text);
    case 'pointer_type': {
      const ref = typeRefOf(namedChildren(type)[0], text);
      return ref && { ...ref, pointer: true };
    }
    default:
      return undefined;
  }
}

const named = /^(?<star>\*?)(?:(?<qualifier>\w+)\.)?(?<name>\w+)(?:\[.*\])?$/s;

/** The same of a type that is at hand as text alone. */
export function typeRef(written: string): TypeRef | undefined {
  const found = named.exec(written.trim())?.groups;
  if (!found) return undefined;
  return { pointer: found['star'] === '*', qualifier: found['qualifier'], name: found['name']! };
}

/** The types that a struct embeds, in order. */
export function embeddedTypes(struct: SyntaxNode | undefined, text: string): TypeRef[] {
  if (struct?.type !== 'struct_type') return [];
  const list = struct.children.find(child => child.type === 'field_declaration_list');
  return namedChildren(list)
    .filter(field => field.type === 'field_declaration' && !childByField(field, 'name'))
    .flatMap(field => typeRefOf(childByField(field, 'type'), text) ?? []);
}
