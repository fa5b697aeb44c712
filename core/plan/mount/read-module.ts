import type { Chain } from '../../chain/chain.ts';
import { moduleName } from '../../chain/modules/module-names.ts';
import { basename, dirname, join } from '../../files.ts';
import { stringValue } from '../../go/eval/value.ts';
import { namedType } from '../../go/repo/named-type.ts';
import type { FoundFunc, Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, childrenByField, namedChildren } from '../../go/syntax/syntax.ts';
import { Refusal } from '../../refusal.ts';
import { nodeText } from '../go-tree.ts';
import { modulesNamed, rootOf } from '../migration/find-module.ts';
import { accountUse } from './account-use.ts';
import type {
  Constructor,
  GoType,
  Hook,
  ModuleConfig,
  ModuleToMount,
  NamedConstant,
  Parameter,
} from './module.ts';

/** The folder of a module of the repository that a name or a folder means; undefined for none. */
export function moduleFolder(repo: Repo, chain: Chain, wanted: string): string | undefined {
  const dir = wanted.replace(/^\.\//, '').replace(/\/+$/, '');
  const holding = [dir, join(dir, 'module')].filter(
    folder => repo.packages.has(folder) && isModulePackage(repo, folder),
  );
  if (holding.length > 0) return holding[0];
  const [known, ...others] = modulesNamed(chain, wanted);
  if (others.length > 0) {
    const folders = [known!, ...others].map(module => module.dir).join(', ');
    throw new Refusal(`there are several modules ${wanted}: ${folders}; give the folder`);
  }
  return known?.dir;
}

function isModulePackage(repo: Repo, dir: string): boolean {
  return repo.func(dir, 'NewAppModule') !== undefined;
}

/** Reads a module of the repository. Throws `Refusal` where a part that mounting needs is not there. */
export function readModule(repo: Repo, dir: string): ModuleToMount {
  const make = repo.func(dir, 'NewAppModule');
  if (!make) {
    throw new Refusal(`${dir} has no function NewAppModule; mount this module by hand`, {
      file: dir,
    });
  }
  const root = rootOf(dir);
  const module = constructorOf(repo, make);
  const type = module.result.name;
  const keeperDir = [join(root, 'keeper'), root].find(at => repo.func(at, 'NewKeeper'));
  const keeper = keeperDir === undefined ? undefined : repo.func(keeperDir, 'NewKeeper');
  return {
    name: nameConstant(repo, dir, type),
    store: constantIn(repo, root, 'StoreKey'),
    module,
    keeper: keeper && constructorOf(repo, keeper),
    basic: hasType(repo, dir, 'AppModuleBasic') ? 'AppModuleBasic' : type,
    simulates: hasMethod(repo, dir, type, 'GenerateGenesisState'),
    hooks: hooksOf(repo, dir, type),
    permissions: accountUse(repo, root),
    accounts: [],
    goModule: undefined,
    note: undefined,
    byAddress: keeperDir !== undefined && hasPointerMethods(repo, keeperDir),
    dir,
    config: configOf(repo, dir),
  };
}

/** The constant that holds the module's name: beside the module, as all of the SDK's have it. */
function nameConstant(repo: Repo, dir: string, type: string): NamedConstant {
  const found = constantIn(repo, rootOf(dir), 'ModuleName');
  const said = moduleName(repo, dir, type);
  if (found && (said.kind !== 'known' || said.value === found.value)) return found;
  throw new Refusal(
    `the name of the module in ${dir} is not a constant ModuleName that can be read; ` +
      'mount this module by hand',
    { file: dir },
  );
}

function constantIn(repo: Repo, root: string, name: string): NamedConstant | undefined {
  for (const folder of [join(root, 'types'), root, join(root, 'keeper')]) {
    const found = repo.packages.has(folder) ? repo.value(folder, name) : undefined;
    const path = repo.importPath(folder);
    if (!found?.spec.value || path === undefined) continue;
    const value = stringValue(repo, { facts: found.facts, node: found.spec.value });
    if (value.kind === 'known') return { path, name, value: value.value };
  }
  return undefined;
}

/** Reads the signature of a constructor. */
export function constructorOf(repo: Repo, found: FoundFunc): Constructor {
  const { facts, func } = found;
  const syntax = repo.syntaxOf(found)!;
  const results = resultTypes(childByField(syntax, 'result'));
  return {
    path: repo.importPath(dirname(facts.path))!,
    name: func.name,
    parameters: parametersOf(repo, facts, childByField(syntax, 'parameters')),
    result: typeOf(repo, facts, results[0]),
    results: results.length,
  };
}

function resultTypes(result: SyntaxNode | undefined): (SyntaxNode | undefined)[] {
  if (result?.type !== 'parameter_list') return result ? [result] : [];
  return namedChildren(result).map(one => childByField(one, 'type') ?? one);
}

function parametersOf(repo: Repo, facts: FileFacts, list: SyntaxNode | undefined): Parameter[] {
  return namedChildren(list).flatMap(declaration => {
    const type = typeOf(repo, facts, childByField(declaration, 'type'));
    const variadic = declaration.type === 'variadic_parameter_declaration';
    const names = childrenByField(declaration, 'name').map(node => nodeText(facts, node));
    return (names.length > 0 ? names : ['_']).map(name => ({ name, type, variadic }));
  });
}

function typeOf(repo: Repo, facts: FileFacts, node: SyntaxNode | undefined): GoType {
  const text = nodeText(facts, node);
  const named = namedType(repo, facts, text);
  const isOwn =
    named !== undefined && (/\./.test(text) || hasType(repo, dirname(facts.path), named.name));
  return {
    text,
    pointer: named?.pointer ?? text.startsWith('*'),
    path: isOwn ? named.path : undefined,
    name: named?.name ?? text,
  };
}

function hasType(repo: Repo, dir: string, name: string): boolean {
  return repo
    .filesOf(dir, new RegExp(`\\b${name}\\b`))
    .some(({ types }) => types.some(type => type.name === name));
}

const hookMethods: Readonly<Record<Hook, string>> = {
  PreBlockers: 'PreBlock',
  BeginBlockers: 'BeginBlock',
  EndBlockers: 'EndBlock',
  InitGenesis: 'InitGenesis',
  ExportGenesis: 'ExportGenesis',
};

function hooksOf(repo: Repo, dir: string, type: string): Set<Hook> {
  const hooks = Object.keys(hookMethods) as Hook[];
  return new Set(hooks.filter(hook => hasMethod(repo, dir, type, hookMethods[hook])));
}

function hasMethod(repo: Repo, dir: string, type: string, name: string): boolean {
  return repo.functions(dir, name).some(({ func }) => func.receiver?.type === type);
}

function hasPointerMethods(repo: Repo, dir: string): boolean {
  return repo
    .functions(dir)
    .some(({ func }) => func.receiver?.type === 'Keeper' && func.receiver.pointer);
}

/**
 * The configuration message that a module registers with depinject:
 * `appmodule.Register(&modulev1.Module{}, …)` or `appconfig.RegisterModule(…)`.
 */
function configOf(repo: Repo, dir: string): ModuleConfig | undefined {
  for (const facts of repo.filesOf(dir, /\b(appmodule\.Register|appconfig\.RegisterModule)\(/)) {
    const given = /\b(?:appmodule\.Register|appconfig\.RegisterModule)\(\s*&(\w+)\.(\w+)\{/.exec(
      facts.text,
    );
    const path = given ? repo.importFor(facts, given[1]!) : undefined;
    const message = path === undefined ? undefined : messageOf(path, given![2]!);
    if (path !== undefined && message !== undefined) return { message, path };
  }
  return undefined;
}

/**
 * The name of a message by its Go package, which buf lays out as the protobuf package is called:
 * `…/api/chain/foo/module/v1` holds `chain.foo.module.v1.Module`.
 */
function messageOf(path: string, type: string): string | undefined {
  const [, below] = /\/api\/(.+)$/.exec(path) ?? [];
  return below === undefined || basename(below) === below
    ? undefined
    : `${below.replaceAll('/', '.')}.${type}`;
}
