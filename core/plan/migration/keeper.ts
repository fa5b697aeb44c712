import { join } from '../../files.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, TypeSpec } from '../../go/source/facts.ts';
import { typeRef } from '../../go/source/type-ref.ts';
import { childByField, childrenByField, namedChildren } from '../../go/syntax/syntax.ts';
import { nodeText } from '../go-tree.ts';
import { importCalled } from '../package/import-like.ts';

/** A struct and its fields with their types as written. */
export interface Struct {
  readonly facts: FileFacts;
  readonly spec: TypeSpec;
  readonly fields: readonly { readonly name: string; readonly type: string }[];
}

/** A struct type of a package. */
export function structIn(repo: Repo, dir: string, name: string): Struct | undefined {
  for (const facts of repo.filesOf(dir, new RegExp(`\\b${name}\\b`))) {
    const spec = facts.types.find(t => t.name === name && t.syntax.type === 'struct_type');
    if (!spec) continue;
    return { facts, spec, fields: structFields(facts, spec) };
  }
  return undefined;
}

/** The fields of a struct type with their types and tags as written. */
export function structFields(
  facts: FileFacts,
  { syntax }: TypeSpec,
): { name: string; type: string; tag: string }[] {
  return namedChildren(namedChildren(syntax)[0]).flatMap(declaration => {
    const type = nodeText(facts, childByField(declaration, 'type'));
    const tag = nodeText(facts, childByField(declaration, 'tag'));
    const names = childrenByField(declaration, 'name').map(node => nodeText(facts, node));
    // An embedded field goes by its type's name.
    const known = names.length > 0 ? names : [type.replace(/^.*[.*]/, '')];
    return known.map(name => ({ name, type, tag }));
  });
}

/**
 * A parameter of a migration's function: its name and type, what is handed in for it, and the
 * package its type is from.
 */
export interface MigrationArgument {
  readonly name: string;
  readonly type: string;
  readonly given: string;
  readonly import: ImportSpec | undefined;
}

/** What a migrator has to hold besides the keeper, and the module's field that it comes from. */
export interface MigratorField {
  readonly name: string;
  readonly type: string;
  readonly import: ImportSpec;
  readonly field: string;
}

const wantedFields = [
  { name: 'storeService', type: /(^|\.)KVStoreService$/ },
  { name: 'storeKey', type: /(^|\.)(StoreKey|KVStoreKey)$/ },
  {
    name: 'cdc',
    type: /^\*?codec\.(BinaryCodec|Codec|ProtoCodec|JSONCodec|BinaryMarshaler|Marshaler)$/,
  },
];

/**
 * What a keeper has for a migration: its store and its codec, by way of the expression that holds
 * the keeper.
 */
export function argumentsFrom(repo: Repo, keeper: Struct, holder: string): MigrationArgument[] {
  const found = wantedFields.flatMap(({ name, type }): MigrationArgument[] => {
    const field = keeper.fields.find(
      f => type.test(f.type.replace(/^\*/, '')) || type.test(f.type),
    );
    if (!field) return [];
    const imported = importCalled(repo, keeper.facts, typeRef(field.type)?.qualifier);
    return [
      {
        name,
        type: field.type,
        given: `${holder}.${field.name}`,
        import: imported && { path: imported.path, alias: imported.alias },
      },
    ];
  });
  // A store service is the newer way to the same store.
  const hasService = found.some(argument => argument.name === 'storeService');
  return hasService ? found.filter(argument => argument.name !== 'storeKey') : found;
}

/** The keeper's package of a module: `keeper` below its folder or beside it. */
export function keeperDir(repo: Repo, root: string): string | undefined {
  return [join(root, 'keeper'), root].find(dir => structIn(repo, dir, 'Keeper'));
}
