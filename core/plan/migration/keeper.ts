import { dirname } from '../../files.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import { namedType } from '../../go/repo/named-type.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, TypeSpec } from '../../go/source/facts.ts';
import { typeRef } from '../../go/source/type-ref.ts';
import { childByField, childrenByField, namedChildren } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { nodeText } from '../go-tree.ts';
import { importCalled } from '../package/import-like.ts';
import type { KnownType } from './known-type.ts';
import { knownType } from './known-type.ts';

/** A struct and its fields with their types as written. */
export interface Struct {
  readonly facts: FileFacts;
  readonly spec: TypeSpec;
  readonly fields: readonly { readonly name: string; readonly type: string }[];
}

/** A struct type of a package, also by an alias of it. */
export function structIn(repo: Repo, dir: string, name: string): Struct | undefined {
  for (const facts of repo.filesOf(dir, new RegExp(`\\b${name}\\b`))) {
    const spec = facts.types.find(one => one.name === name);
    if (!spec) continue;
    if (spec.syntax.type === 'struct_type')
      return { facts, spec, fields: structFields(facts, spec) };
    const meant = spec.alias ? namedType(repo, facts, name) : undefined;
    return meant?.dir === undefined ? undefined : structIn(repo, meant.dir, meant.name);
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

/** A keeper that a struct holds. */
export interface KeeperField {
  readonly field: string;
  readonly pointer: boolean;
  readonly keeper: Struct;
}

/** The first field of a struct that holds a Keeper, by any name; undefined if that is not here. */
export function keeperField(repo: Repo, struct: Struct): KeeperField | undefined {
  for (const { name: field, type } of struct.fields) {
    const meant = namedType(repo, struct.facts, type);
    if (typeRef(type)?.name !== 'Keeper' && meant?.name !== 'Keeper') continue;
    const keeper = meant?.dir === undefined ? undefined : structIn(repo, meant.dir, meant.name);
    return keeper && { field, pointer: meant!.pointer, keeper };
  }
  return undefined;
}

/** The keeper that a module's type holds. */
export function keeperOfModule(repo: Repo, dir: string): Struct | undefined {
  const [module] = ['AppModule', 'Module'].flatMap(name => structIn(repo, dir, name) ?? []);
  return module && keeperField(repo, module)?.keeper;
}

/**
 * A parameter of a migration's function: its name and type, what is handed in for it, and the
 * package its type is from.
 */
export interface MigrationArgument {
  readonly name: string;
  readonly type: string;
  readonly known?: KnownType | undefined;
  readonly given: string;
  readonly import: ImportSpec | undefined;
  /** Which store of several it is, where nobody was asked. */
  readonly choice?: TakenStore;
}

/** A store that was taken among all of a keeper, by the fields they are in. */
export interface TakenStore {
  readonly taken: string;
  readonly among: readonly string[];
  /** Whether the migration before was handed it. */
  readonly asBefore: boolean;
}

/** What a migrator has to hold besides the keeper, and the module's field that it comes from. */
export interface MigratorField {
  readonly name: string;
  readonly type: string;
  readonly import: ImportSpec;
  readonly field: string;
}

/** A field of a keeper that a migration can be handed. */
export interface KnownField {
  readonly name: string;
  readonly type: string;
  readonly known: KnownType;
}

function fieldsOf(repo: Repo, { facts, fields }: Struct, wanted: KnownType): KnownField[] {
  return fields
    .filter(({ type }) => knownType(repo, facts, type) === wanted)
    .map(({ name, type }) => ({ name, type, known: wanted }));
}

// What chains call the keys of stores that are gone, or made anew, at every start.
const shortLived = /^(t|mem|memory|transient|obj|object)(Store)?(Key)?$/i;

/**
 * The stores of a keeper that outlive a restart. A store service is the newer way to the same
 * store, so that its key does not count beside it.
 */
export function storesOf(repo: Repo, keeper: Struct): KnownField[] {
  const services = fieldsOf(repo, keeper, 'storeService');
  if (services.length > 0) return services;
  const keys = fieldsOf(repo, keeper, 'storeKey');
  const lasting = keys.filter(({ name }) => !shortLived.test(name));
  return lasting.length > 0 ? lasting : keys;
}

/**
 * What a keeper has for a migration: the store that was asked for, else its first one, and its
 * codec, by way of the expression that holds the keeper. Throws `Refusal` where it has no such
 * store.
 */
export function argumentsFrom(
  repo: Repo,
  keeper: Struct,
  holder: string,
  asked?: string,
): MigrationArgument[] {
  const stores = storesOf(repo, keeper);
  const store = asked === undefined ? stores[0] : storeNamed(keeper, stores, asked);
  const isChosen = asked === undefined && stores.length > 1;
  const among = stores.map(({ name }) => name);
  const [cdc] = fieldsOf(repo, keeper, 'codec');
  return [store, cdc]
    .filter(field => field !== undefined)
    .map(({ name, type, known }) => {
      const choice = { taken: name, among, asBefore: false };
      return {
        name: known === 'codec' ? 'cdc' : known,
        known,
        given: `${holder}.${name}`,
        ...spelledElsewhere(repo, keeper, type),
        ...(isChosen && known !== 'codec' && { choice }),
      };
    });
}

/** A type of a keeper's field as another package spells it. */
function spelledElsewhere(
  repo: Repo,
  { facts }: Struct,
  type: string,
): Pick<MigrationArgument, 'type' | 'import'> {
  const imported = importCalled(repo, facts, typeRef(type)?.qualifier);
  if (imported) return { type, import: { path: imported.path, alias: imported.alias } };
  // An alias of the keeper's own package may be unexported.
  const { pointer, path, name } = namedType(repo, facts, type)!;
  const qualifier = repo.packageName(path!, dirname(facts.path));
  const spelled = `${pointer ? '*' : ''}${qualifier}.${name}`;
  return { type: spelled, import: { path: path!, alias: undefined } };
}

/** The store of a keeper's field of that name. */
export function storeNamed(
  { facts: { path } }: Struct,
  stores: readonly KnownField[],
  asked: string,
): KnownField {
  const found = stores.find(({ name }) => name === asked);
  if (found) return found;
  const names = stores.map(({ name }) => name).join(', ');
  const has = names === '' ? 'it has none' : `it has ${names}`;
  throw new Refusal(`the Keeper in ${dirname(path)} has no store ${asked} (${has})`, {
    file: path,
  });
}
