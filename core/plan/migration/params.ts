import { dirname } from '../../files.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import type { FoundFunc, Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { childByField, namedChildren } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { handlerParameters } from '../handler/handler-shape.ts';
import type { KeeperAccess } from './generated-body.ts';
import type { MigrationArgument, Struct } from './keeper.ts';
import { isSubspace, subspaceType } from './subspace.ts';

/** A type that stands for a module's parameters, as a file of the keeper writes it. */
export interface ParamsType {
  /** `types.Params` */ readonly text: string /** `Params` */;
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
export function keptParams(repo: Repo, holder: KeeperAccess): OwnParams | SubspaceParams {
  const { keeper } = holder;
  const dir = dirname(keeper.facts.path);
  const items = keeper.fields.filter(f => /^collections\.Item\[[\w.]*Params\]$/.test(f.type));
  const item =
    items.find(f => /^params/i.test(f.name)) ?? (items.length === 1 ? items[0] : undefined);
  const [get, set] = ['GetParams', 'SetParams'].map(name =>
    repo.functions(dir, name).find(({ func }) => func.receiver?.type === 'Keeper'),
  );
  // An Item that only the keeper's package sees is read and written by its methods elsewhere.
  if (item && (/^[A-Z]/.test(item.name) || holder.dir === dir || !get || !set))
    return inItem(repo, holder, item);
  const subspace = keeper.fields.find(f => isSubspace(f.type));
  const uses = (found: FoundFunc | undefined) =>
    subspace && found && textOf(found).includes(`.${subspace.name}.`);
  if (subspace && (set ? uses(set) : uses(get)))
    return inSubspace(repo, holder, subspace, typeGiven(repo, get) ?? typeTaken(repo, set));
  if (!get || !set)
    throw unread(
      keeper,
      `has no ${get ? '' : 'GetParams'}${get || set ? '' : ' and no '}${set ? '' : 'SetParams'}, and no collections.Item of them`,
    );
  if (subspace && uses(get) && !/KVStore|store/i.test(textOf(get).replaceAll(subspace.name, '')))
    throw unread(keeper, 'reads them from x/params and writes them elsewhere');
  return inKeeper(repo, holder, get, set);
}

function unread({ facts }: Struct, why: string): Refusal {
  return new Refusal(
    `the parameters cannot be read: the Keeper in ${dirname(facts.path)} ${why}; write the migration by hand`,
    { file: facts.path },
  );
}

function textOf({ facts, func }: FoundFunc): string {
  return facts.text.slice(func.start, func.end);
}

function inItem(
  repo: Repo,
  { text, keeper, dir }: KeeperAccess,
  { name, type }: { name: string; type: string },
): OwnParams {
  const held = typeNamed(repo, keeper.facts, /\[(.*)\]/.exec(type)![1]!);
  if (!held)
    throw unread(
      keeper,
      `keeps them as ${type}, whose type is not of another package of this repository`,
    );
  if (!/^[A-Z]/.test(name) && dir !== dirname(keeper.facts.path))
    throw unread(keeper, `keeps them in ${name}, which ${dir} cannot see`);
  const access = { context: 'context.Context', fails: true, pointer: false };
  return {
    kind: 'own',
    type: held,
    get: { name: 'Get', ...access },
    set: { name: 'Set', ...access },
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
  const [reading, writing] = [get, set].map(found => signature(repo, found));
  const type = typeGiven(repo, get);
  const taken = typeTaken(repo, set);
  const [result, second] = reading!.results;
  const [failed, more] = writing!.results;
  if (
    !type ||
    !result ||
    reading!.parameters.length !== 1 ||
    result.startsWith('*') ||
    (second !== undefined && second !== 'error')
  )
    throw unread(keeper, `has a ${signed('GetParams', reading!)}`);
  if (
    taken?.dir !== type.dir ||
    taken.name !== type.name ||
    writing!.parameters.length !== 2 ||
    more !== undefined ||
    (failed !== undefined && failed !== 'error')
  )
    throw unread(keeper, `has a ${signed('SetParams', writing!)}`);
  const contexts = [reading!, writing!].map(({ parameters: [context] }) => context!);
  const imports = [
    [get, contexts[0]!],
    [set, contexts[1]!],
  ].map(([found, context]) => contextImport(repo, found as FoundFunc, context as string));
  if (imports.some(i => i === undefined))
    throw unread(keeper, `has a ${signed('GetParams', reading!)}`);
  const byPointer = !pointer && (get.func.receiver!.pointer || set.func.receiver!.pointer);
  return {
    kind: 'own',
    type,
    imports: imports.flatMap(i => i ?? []),
    get: { name: 'GetParams', context: contexts[0]!, fails: second === 'error', pointer: false },
    set: {
      name: 'SetParams',
      context: contexts[1]!,
      fails: failed === 'error',
      pointer: writing!.parameters[1]!.startsWith('*'),
    },
    held: {
      name: 'keeper',
      type: 'ParamsKeeper',
      given: `${byPointer ? '&' : ''}${text}`,
      import: undefined,
    },
  };
}

function inSubspace(
  repo: Repo,
  { text, keeper, dir }: KeeperAccess,
  field: { name: string; type: string },
  type: ParamsType | undefined,
): SubspaceParams {
  if (!type) throw unread(keeper, 'does not say of which type of another package they are');
  if (!subspaceType(repo, keeper.facts, field.type).set)
    throw unread(keeper, `has them in x/params behind ${field.type}, which has no Set`);
  if (!/^[A-Z]/.test(field.name) && dir !== dirname(keeper.facts.path))
    throw unread(keeper, `keeps them in ${field.name}, which ${dir} cannot see`);
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

function signature(repo: Repo, found: FoundFunc): Signature {
  const syntax = repo.syntaxOf(found)!;
  const result = childByField(syntax, 'result');
  const written = (n: { start: number; end: number }) => found.facts.text.slice(n.start, n.end);
  const results = !result
    ? []
    : result.type !== 'parameter_list'
      ? [written(result)]
      : namedChildren(result).map(p => written(childByField(p, 'type') ?? p));
  return { parameters: handlerParameters(syntax, found.facts).list.map(p => p.type), results };
}

function signed(name: string, { parameters, results }: Signature): string {
  return `${name}(${parameters.join(', ')})${results.length === 0 ? '' : results.length === 1 ? ` ${results[0]}` : ` (${results.join(', ')})`}, which is not followed`;
}

function typeGiven(repo: Repo, found: FoundFunc | undefined): ParamsType | undefined {
  return found && typeNamed(repo, found.facts, signature(repo, found).results[0] ?? '');
}

function typeTaken(repo: Repo, found: FoundFunc | undefined): ParamsType | undefined {
  return found && typeNamed(repo, found.facts, signature(repo, found).parameters[1] ?? '');
}

/** A type of another package of this repository. */
function typeNamed(repo: Repo, facts: FileFacts, written: string): ParamsType | undefined {
  const [, qualifier, name] = /^\*?(\w+)\.(\w+)$/.exec(written) ?? [];
  const path = qualifier === undefined ? undefined : repo.importFor(facts, qualifier);
  const dir = path === undefined ? undefined : repo.dirOf(path, dirname(facts.path));
  if (path === undefined || dir === undefined) return undefined;
  // The names of the written function are its own.
  const alias = /^(ctx|keeper|store|subspace|params|defaults|err)$/.test(qualifier!)
    ? 'types'
    : qualifier;
  const wanted: ImportSpec = {
    path,
    alias: alias === repo.packageName(path, dirname(facts.path)) ? undefined : alias,
  };
  return { text: `${alias}.${name}`, name: name!, dir, import: wanted };
}

/** The import that a method's context comes by: `sdk.Context` or `context.Context`. */
function contextImport(repo: Repo, { facts }: FoundFunc, type: string): ImportSpec[] | undefined {
  const qualifier = /^(\w+)\.Context$/.exec(type)?.[1];
  const path = qualifier === undefined ? undefined : repo.importFor(facts, qualifier);
  if (path === 'context' && qualifier === 'context') return [{ path, alias: undefined }];
  return path === 'github.com/cosmos/cosmos-sdk/types' && qualifier === 'sdk' ? [] : undefined;
}
