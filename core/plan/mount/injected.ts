import { appFolders } from '../../chain/app/app-code.ts';
import { storeName } from '../../chain/app/upgrades.ts';
import type { ConfiguredModule } from '../../chain/depinject/app-config.ts';
import { readAppConfigs } from '../../chain/depinject/app-configs.ts';
import { join } from '../../files.ts';
import type { Expr } from '../../go/eval/expr.ts';
import type { NamedType } from '../../go/repo/named-type.ts';
import { namedType } from '../../go/repo/named-type.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { methodNames } from '../../go/source/interface-methods.ts';
import { embeddedTypes } from '../../go/source/type-ref.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, findAll, namedChildren } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { askedOfDepinject } from '../../sdk/injected.ts';
import { baseOf } from './module.ts';
import { functionsGiven } from './providers.ts';
import type { Removal } from './removal.ts';
import { folderOfModule, isInModule, moduleRoot, sourceLine } from './removal.ts';

/**
 * The places that ask depinject for what the module provides, as `file:line`. Throws `Refusal` where
 * a configured module is neither of this repository nor of the SDK, so that it is not known whether
 * it does.
 */
export function injectedUsers(removal: Removal): string[] {
  return [...configuredUsers(removal), ...inputUsers(removal)];
}

/** The modules of the SDK that ask for the module's keeper. */
function configuredUsers(removal: Removal): string[] {
  const { repo, app, module } = removal;
  const configs = readAppConfigs(repo, appFolders(repo, app.dir));
  const others = configs
    .flatMap(({ modules }) => modules)
    .filter(({ value }) => storeName(value).name !== module.name);
  const isOwn = repo.dirOf(module.package) !== undefined;
  return others.flatMap(other => {
    const { file, line } = other.location;
    const asks = askedOfDepinject(other.type);
    if (asks) return asks.includes(module.name) ? [`${file}:${line}`] : [];
    if (isOwn || isOfRepository(removal, other)) return [];
    throw new Refusal(
      `${file}:${line}: it is not known whether this module asks depinject for the keeper of ` +
        `${module.name}; take ${module.name} out by hand`,
      { file, line },
    );
  });
}

function isOfRepository({ repo, app }: Removal, { value }: ConfiguredModule): boolean {
  const { name } = storeName(value);
  const mounted = app.mounted.find(one => one.name !== null && one.name === name);
  return typeof mounted?.package === 'string' && repo.dirOf(mounted.package) !== undefined;
}

/**
 * What the repository's own code asks for: fields of structs that embed depinject's `In`, and
 * parameters of functions that are given to depinject, whose types are the module's.
 */
function inputUsers(removal: Removal): string[] {
  const { repo, app, module } = removal;
  const own = folderOfModule(repo, module);
  const folders = appFolders(repo, app.dir).filter(dir => !isInModule(dir, own));
  const inputs = folders
    .flatMap(dir => repo.filesOf(dir, /\bIn\b/))
    .flatMap(facts => inputFields(repo, facts).map(node => ({ facts, node })));
  const parameters = functionsGiven(removal, folders).flatMap(({ facts, node }) =>
    namedChildren(childByField(node, 'parameters')).map(parameter => ({ facts, node: parameter })),
  );
  return [...inputs, ...parameters]
    .filter(({ facts, node }) => isProvided(removal, facts, node))
    .map(place);
}

function place(expr: Expr): string {
  const { file, line } = sourceLine(expr);
  return `${file}:${line}`;
}

/** The fields of a file's structs that embed `depinject.In`, by whatever name it has there. */
function inputFields(repo: Repo, facts: FileFacts): SyntaxNode[] {
  return facts.types
    .filter(({ syntax }) => embedsIn(repo, facts, syntax))
    .flatMap(({ syntax }) => findAll(syntax, 'field_declaration'));
}

function embedsIn(repo: Repo, facts: FileFacts, struct: SyntaxNode): boolean {
  const isDepinject = (path: string | undefined) =>
    path !== undefined && /(^|\/)depinject$/.test(path);
  const isDotted = facts.imports
    .flatMap(({ imports }) => imports)
    .some(({ path, alias }) => alias === '.' && isDepinject(path));
  return embeddedTypes(struct, facts.text).some(({ qualifier, name }) => {
    if (qualifier === undefined && name === 'In' && isDotted) return true;
    const written = qualifier === undefined ? name : `${qualifier}.${name}`;
    const type = namedType(repo, facts, written);
    return type?.name === 'In' && isDepinject(type.path);
  });
}

/**
 * Whether a type among those that a field's is made of, such as the one of a list's elements, is one
 * of the module's, or an interface that its keeper stands for.
 */
function isProvided(removal: Removal, facts: FileFacts, field: SyntaxNode): boolean {
  const type = childByField(field, 'type');
  return type !== undefined && partsOf(type).some(node => isOfKeeper(removal, facts, node));
}

/** The types with a name, and the interfaces without one, that a type is made of. */
function partsOf(type: SyntaxNode): SyntaxNode[] {
  const isPart = /^(type_identifier|qualified_type|interface_type)$/.test(type.type);
  return isPart ? [type] : namedChildren(type).flatMap(partsOf);
}

function isOfKeeper(removal: Removal, facts: FileFacts, node: SyntaxNode): boolean {
  const { repo, module } = removal;
  if (node.type === 'interface_type') return standsForKeeper(removal, methodNames(facts, node));
  const type = namedType(repo, facts, facts.text.slice(node.start, node.end));
  if (!type) return false;
  if (type.path !== undefined && moduleRoot(type.path) === moduleRoot(module.package)) return true;
  const [, named] = /^(\w+)Keeper$/.exec(type.name) ?? [];
  const names = [module.name, baseOf(module.package)];
  if (named !== undefined && names.includes(named.toLowerCase())) return true;
  return standsForKeeper(removal, interfaceMethods(repo, type));
}

/** Whether the module's keeper has all of those methods. */
function standsForKeeper(removal: Removal, wanted: readonly string[]): boolean {
  const has = keeperMethods(removal);
  return wanted.length > 0 && wanted.every(name => has.has(name));
}

/** The methods of a named type that is an interface of the repository; none where it is not. */
function interfaceMethods(repo: Repo, { dir, name }: NamedType): string[] {
  if (dir === undefined) return [];
  for (const facts of repo.filesOf(dir, new RegExp(`\\b${name}\\b`))) {
    const spec = facts.types.find(one => one.name === name);
    if (spec) return methodNames(facts, spec.syntax);
  }
  return [];
}

/** The methods of the module's keeper, where it is one of this repository. */
function keeperMethods({ repo, module }: Removal): ReadonlySet<string> {
  const root = folderOfModule(repo, module);
  if (root === undefined) return new Set();
  const folders = [root, join(root, 'keeper')].filter(dir => repo.packages.has(dir));
  return new Set(
    folders
      .flatMap(dir => repo.functions(dir))
      .filter(({ func }) => func.receiver?.type === 'Keeper')
      .map(({ func }) => func.name),
  );
}
