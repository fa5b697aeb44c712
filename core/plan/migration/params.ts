import { dirname } from '../../files.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import type { FoundFunc, Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { typeRef } from '../../go/source/type-ref.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, namedChildren } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { isExported, nodeText } from '../go-tree.ts';
import { handlerParameters } from '../handler/handler-shape.ts';
import type { KeeperAccess } from './generated-body.ts';
import type { MigrationArgument, Struct } from './keeper.ts';
import { isSubspace, subspaceType } from './subspace.ts';

/** A type that stands for a module's parameters, as a file of the keeper writes it. */
export interface ParamsType {
  /** `types.Params` */
  readonly text: string;
  /** `Params` */
  readonly name: string;
  readonly dir: string;
  readonly import: ImportSpec;
}

/**
 * A method that reads or writes the parameters: the type of its context as written, and whether it
 * returns an error.
 */
interface Access {
  readonly name: string;
  readonly context: string;
  readonly fails: boolean;
  readonly pointer: boolean;
}

/** A keeper, or an Item of it, that gives the parameters and takes them. */
export interface OwnParams {
  readonly kind: 'own';
  readonly type: ParamsType;
  readonly held: MigrationArgument;
  readonly get: Access;
  readonly set: Access;
  readonly imports: readonly ImportSpec[];
}

/** A keeper that has its parameters in x/params, each under a key of its own. */
export interface SubspaceParams {
  readonly kind: 'subspace';
  readonly type: ParamsType;
  readonly held: MigrationArgument;
}

/** How a module keeps its parameters; refused where its code does not say. */
export function keptParams(repo: Repo, access: KeeperAccess): OwnParams | SubspaceParams {
  const { keeper } = access;
  const dir = dirname(keeper.facts.path);
  const [get, set] = ['GetParams', 'SetParams'].map(name =>
    repo.functions(dir, name).find(({ func }) => func.receiver?.type === 'Keeper'),
  );
  const item = paramsItem(keeper);
  // An Item that only the keeper's package sees is read and written by its methods elsewhere.
  const isSeen = item && (isExported(item.name) || access.dir === dir);
  if (item && (isSeen || !get || !set)) return inItem(repo, access, item);
  const subspace = keeper.fields.find(field => isSubspace(field.type));
  const decisive = set ?? get;
  if (subspace && decisive && usesField(decisive, subspace))
    return inSubspace(repo, access, subspace, typeGiven(repo, get) ?? typeTaken(repo, set));
  if (!get || !set) {
    const missing = [...(get ? [] : ['GetParams']), ...(set ? [] : ['SetParams'])];
    throw unread(keeper, `has no ${missing.join(' and no ')}, and no collections.Item of them`);
  }
  if (subspace && usesField(get, subspace) && !usesStore(get, subspace))
    throw unread(keeper, 'reads them from x/params and writes them elsewhere');
  return inKeeper(repo, access, get, set);
}

interface Field {
  readonly name: string;
  readonly type: string;
}

/** The collections.Item that holds the parameters. */
function paramsItem({ fields }: Struct): Field | undefined {
  const items = fields.filter(({ type }) => /^collections\.Item\[[\w.]*Params\]$/.test(type));
  const named = items.find(({ name }) => /^params/i.test(name));
  return named ?? (items.length === 1 ? items[0] : undefined);
}

function usesField(found: FoundFunc, { name }: Field): boolean {
  return textOf(found).includes(`.${name}.`);
}

/** Whether a method speaks of a store, besides the subspace. */
function usesStore(found: FoundFunc, { name }: Field): boolean {
  return /KVStore|store/i.test(textOf(found).replaceAll(name, ''));
}

function unread({ facts }: Struct, why: string): Refusal {
  return new Refusal(
    `the parameters cannot be read: the Keeper in ${dirname(facts.path)} ${why}; ` +
      'write the migration by hand',
    { file: facts.path },
  );
}

function textOf({ facts, func }: FoundFunc): string {
  return facts.text.slice(func.start, func.end);
}

/** Refuses a field that the package which calls the migration cannot name. */
function refuseUnseen({ keeper, dir }: KeeperAccess, name: string): void {
  if (!isExported(name) && dir !== dirname(keeper.facts.path))
    throw unread(keeper, `keeps them in ${name}, which ${dir} cannot see`);
}

function inItem(repo: Repo, access: KeeperAccess, { name, type }: Field): OwnParams {
  const { keeper, text } = access;
  const held = typeNamed(repo, keeper.facts, /\[(.*)\]/.exec(type)![1]!);
  if (!held)
    throw unread(
      keeper,
      `keeps them as ${type}, whose type is not of another package of this repository`,
    );
  refuseUnseen(access, name);
  const method = { context: 'context.Context', fails: true, pointer: false };
  return {
    kind: 'own',
    type: held,
    get: { name: 'Get', ...method },
    set: { name: 'Set', ...method },
    imports: [{ path: 'context', alias: undefined }],
    held: { name: 'store', type: 'ParamsStore', given: `${text}.${name}`, import: undefined },
  };
}

function inKeeper(
  repo: Repo,
  { text, pointer, keeper }: KeeperAccess,
  get: FoundFunc,
  set: FoundFunc,
): OwnParams {
  const reading = signature(repo, get);
  const writing = signature(repo, set);
  const type = typeGiven(repo, get);
  const strangeGet = () => unread(keeper, `has a ${signed('GetParams', reading)}`);
  if (!type || !isGetter(reading)) throw strangeGet();
  const taken = typeTaken(repo, set);
  if (taken?.dir !== type.dir || taken.name !== type.name || !isSetter(writing))
    throw unread(keeper, `has a ${signed('SetParams', writing)}`);
  const [readContext] = reading.parameters;
  const [writeContext, params] = writing.parameters;
  const readImports = contextImport(repo, get, readContext!);
  const writeImports = contextImport(repo, set, writeContext!);
  if (!readImports || !writeImports) throw strangeGet();
  const needsPointer = get.func.receiver!.pointer || set.func.receiver!.pointer;
  return {
    kind: 'own',
    type,
    imports: [...readImports, ...writeImports],
    get: {
      name: 'GetParams',
      context: readContext!,
      fails: reading.results[1] === 'error',
      pointer: false,
    },
    set: {
      name: 'SetParams',
      context: writeContext!,
      fails: writing.results[0] === 'error',
      pointer: params!.startsWith('*'),
    },
    held: {
      name: 'keeper',
      type: 'ParamsKeeper',
      given: `${needsPointer && !pointer ? '&' : ''}${text}`,
      import: undefined,
    },
  };
}

/** `GetParams(ctx) Params`, also with an error. */
function isGetter({ parameters, results }: Signature): boolean {
  const [params, error] = results;
  const isPlain = params !== undefined && !params.startsWith('*');
  return parameters.length === 1 && isPlain && (error === undefined || error === 'error');
}

/** `SetParams(ctx, params)`, also with an error. */
function isSetter({ parameters, results }: Signature): boolean {
  const [error] = results;
  return (
    parameters.length === 2 && results.length <= 1 && (error === undefined || error === 'error')
  );
}

function inSubspace(
  repo: Repo,
  access: KeeperAccess,
  field: Field,
  type: ParamsType | undefined,
): SubspaceParams {
  const { keeper, text } = access;
  if (!type) throw unread(keeper, 'does not say of which type of another package they are');
  if (!subspaceType(repo, keeper.facts, field.type).set)
    throw unread(keeper, `has them in x/params behind ${field.type}, which has no Set`);
  refuseUnseen(access, field.name);
  return {
    kind: 'subspace',
    type,
    held: { name: 'subspace', type: 'Subspace', given: `${text}.${field.name}`, import: undefined },
  };
}

/** A function's parameters and results by type, as written. */
interface Signature {
  readonly parameters: readonly string[];
  readonly results: readonly string[];
}

function signature(repo: Repo, { facts, func }: FoundFunc): Signature {
  const syntax = repo.syntaxOf({ facts, func })!;
  return {
    parameters: handlerParameters(syntax, facts).list.map(p => p.type),
    results: resultsOf(facts, childByField(syntax, 'result')),
  };
}

function resultsOf(facts: FileFacts, result: SyntaxNode | undefined): string[] {
  if (!result) return [];
  if (result.type !== 'parameter_list') return [nodeText(facts, result)];
  return namedChildren(result).map(one => nodeText(facts, childByField(one, 'type') ?? one));
}

/** A signature that is not followed, as it is named in a refusal. */
function signed(name: string, { parameters, results }: Signature): string {
  const text = `${name}(${parameters.join(', ')})`;
  const list = results.join(', ');
  const given = results.length > 1 ? ` (${list})` : results.map(result => ` ${result}`).join('');
  return `${text}${given}, which is not followed`;
}

function typeGiven(repo: Repo, found: FoundFunc | undefined): ParamsType | undefined {
  return found && typeNamed(repo, found.facts, signature(repo, found).results[0] ?? '');
}

function typeTaken(repo: Repo, found: FoundFunc | undefined): ParamsType | undefined {
  return found && typeNamed(repo, found.facts, signature(repo, found).parameters[1] ?? '');
}

/** Names that the written function has itself, so that no package can go by them there. */
const ownNames = new Set(['ctx', 'keeper', 'store', 'subspace', 'params', 'defaults', 'err']);

/** A type of another package of this repository. */
function typeNamed(repo: Repo, facts: FileFacts, written: string): ParamsType | undefined {
  const { qualifier, name } = typeRef(written) ?? {};
  if (qualifier === undefined || name === undefined) return undefined;
  const path = repo.importFor(facts, qualifier);
  const dir = repo.folderOf(facts, qualifier);
  if (path === undefined || dir === undefined) return undefined;
  const alias = ownNames.has(qualifier) ? 'types' : qualifier;
  const isPlain = alias === repo.packageName(path, dirname(facts.path));
  return {
    text: `${alias}.${name}`,
    name,
    dir,
    import: { path, alias: isPlain ? undefined : alias },
  };
}

/** The import that a method's context comes by: `sdk.Context` or `context.Context`. */
function contextImport(repo: Repo, { facts }: FoundFunc, type: string): ImportSpec[] | undefined {
  const qualifier = /^(\w+)\.Context$/.exec(type)?.[1];
  const path = qualifier === undefined ? undefined : repo.importFor(facts, qualifier);
  if (path === 'context' && qualifier === 'context') return [{ path, alias: undefined }];
  return path === 'github.com/cosmos/cosmos-sdk/types' && qualifier === 'sdk' ? [] : undefined;
}
