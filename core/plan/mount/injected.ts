import { appFolders } from '../../chain/app/app-code.ts';
import { storeName } from '../../chain/app/upgrades.ts';
import type { ConfiguredModule } from '../../chain/depinject/app-config.ts';
import { readAppConfigs } from '../../chain/depinject/app-configs.ts';
import { join } from '../../files.ts';
import { lineStart } from '../../go/edit/edit.ts';
import { functionNamed } from '../../go/eval/call.ts';
import type { Expr } from '../../go/eval/expr.ts';
import { goNode } from '../../go/eval/go-node.ts';
import type { NamedType } from '../../go/repo/named-type.ts';
import { namedType } from '../../go/repo/named-type.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, TypeSpec } from '../../go/source/facts.ts';
import { locationOf } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callsOf, childByField, findAll, namedChildren } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { askedOfDepinject } from '../../sdk/injected.ts';
import { baseOf } from './module.ts';
import type { Removal } from './removal.ts';
import { folderOfModule, isGone, isInModule, moduleRoot } from './removal.ts';

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
 * parameters of functions that are given to `Provide`, whose types are the module's.
 */
function inputUsers(removal: Removal): string[] {
  const { repo, app, module } = removal;
  const own = folderOfModule(repo, module);
  const folders = appFolders(repo, app.dir).filter(dir => !isInModule(dir, own));
  const inputs = folders
    .flatMap(dir => repo.filesOf(dir, /\.In\b/))
    .flatMap(facts => inputFields(facts).map(node => ({ facts, node })));
  const provided = folders
    .flatMap(dir => repo.filesOf(dir, /\bProvide\(/))
    .flatMap(facts => providersIn(repo, facts))
    .flatMap(maker => {
      const parameters = namedChildren(childByField(maker.node, 'parameters'));
      return parameters.map(node => ({ facts: maker.facts, node }));
    });
  return [...inputs, ...provided]
    .filter(({ facts, node }) => isProvided(removal, facts, node))
    .map(({ facts, node }) => {
      const { file, line } = locationOf(facts, node);
      return `${file}:${line}`;
    });
}

/** The functions that a file gives to `Provide`, in `init` as elsewhere. */
function providersIn(repo: Repo, facts: FileFacts): Expr[] {
  return facts.funcs
    .flatMap(func => callsOf(repo.syntaxOf({ facts, func }), facts.text, 'Provide'))
    .flatMap(node => goNode({ facts, node }).arguments)
    .flatMap(given => functionNamed(repo, given) ?? []);
}

/** The fields of a file's structs that embed `depinject.In`, by whatever name the file imports it. */
function inputFields(facts: FileFacts): SyntaxNode[] {
  const spec = facts.imports
    .flatMap(({ imports }) => imports)
    .find(({ path }) => path === 'cosmossdk.io/depinject');
  if (!spec) return [];
  const embedded = new RegExp(`\\b${spec.alias ?? 'depinject'}\\.In\\b`);
  return facts.types
    .filter(({ start, end }) => embedded.test(facts.text.slice(start, end)))
    .flatMap(({ syntax }) => findAll(syntax, 'field_declaration'));
}

/** Whether a field's type is one of the module's, or an interface that its keeper stands for. */
function isProvided(removal: Removal, facts: FileFacts, field: SyntaxNode): boolean {
  const { repo, module } = removal;
  const node = childByField(field, 'type');
  const type = node && namedType(repo, facts, facts.text.slice(node.start, node.end));
  if (!type) return false;
  if (type.path !== undefined && moduleRoot(type.path) === moduleRoot(module.package)) return true;
  const [, named] = /^(\w+)Keeper$/.exec(type.name) ?? [];
  const names = [module.name, baseOf(module.package)];
  if (named !== undefined && names.includes(named.toLowerCase())) return true;
  const wanted = interfaceMethods(repo, type);
  const has = keeperMethods(removal);
  return wanted.length > 0 && wanted.every(name => has.has(name));
}

/** The methods of an interface of the repository; none where it is no interface, or not here. */
function interfaceMethods(repo: Repo, { dir, name }: NamedType): string[] {
  if (dir === undefined) return [];
  for (const facts of repo.filesOf(dir, new RegExp(`\\b${name}\\b`))) {
    const spec = facts.types.find((one: TypeSpec) => one.name === name);
    if (!spec) continue;
    return findAll(spec.syntax, 'method_elem', 'method_spec').map(method => {
      const { start, end } = childByField(method, 'name')!;
      return facts.text.slice(start, end);
    });
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

/**
 * The places outside of what goes where the app's own package speaks of the module's package or its
 * keeper's: types, bindings and providers by which depinject would look for it.
 */
export function packageUsers({ repo, app, module, gone }: Removal): string[] {
  const root = moduleRoot(module.package);
  const paths = new Set([root, `${root}/keeper`, module.package]);
  const isOfApp = (dir: string) => dir === app.dir || dir.startsWith(`${app.dir}/`);
  const folders = appFolders(repo, app.dir).filter(isOfApp);
  return folders
    .flatMap(dir => repo.filesOf(dir))
    .flatMap(facts => {
      const names = facts.imports
        .flatMap(({ imports }) => imports)
        .filter(({ path, alias }) => paths.has(path) && alias !== '_' && alias !== '.')
        .map(({ path, alias }) => alias ?? repo.packageName(path, app.dir));
      const words = [
        ...names.map(name => `(?<![\\w.])${name}\\.[A-Z]`),
        `"\\*?${root}(/[\\w/*]*)?\\.`,
      ];
      return [...facts.text.matchAll(new RegExp(words.join('|'), 'g'))].flatMap(({ index }) => {
        const isComment = /\/\//.test(facts.text.slice(lineStart(facts.text, index), index));
        if (isComment || isGone(gone, facts.path, index)) return [];
        const { file, line } = locationOf(facts, { start: index, end: index });
        return [`${file}:${line}`];
      });
    });
}
