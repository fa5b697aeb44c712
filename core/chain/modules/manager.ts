import { dirname } from '../../files.ts';
import type { GoNode } from '../../go/eval/go-node.ts';
import { goNode } from '../../go/eval/go-node.ts';
import { importedPackage } from '../../go/eval/imported.ts';
import type { Item } from '../../go/eval/lists.ts';
import { argumentItems } from '../../go/eval/lists.ts';
import { behindLocals } from '../../go/eval/locals.ts';
import type { Expr, Value } from '../../go/eval/value.ts';
import { exprAt } from '../../go/eval/value.ts';
import { memoize } from '../../go/repo/memoize.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { locationOf } from '../../go/source/location.ts';
import { typeRefOf } from '../../go/source/type-ref.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { calleeName, childByField, namedChildren } from '../../go/syntax/syntax.ts';
import { storeConstant } from '../../sdk/registry.ts';
import { appFolders, callsIn } from '../app/app-code.ts';
import { appFields } from '../app/app-fields.ts';
import { storeName } from '../app/upgrades.ts';
import type { MountedModule, Unknown } from '../chain.ts';
import type { ConfiguredModule } from '../depinject/app-config.ts';
import { readAppConfigs } from '../depinject/app-configs.ts';
import { moduleName, moduleNames } from './module-names.ts';

/** What is given modules: the manager that runs them, or one of the others an app may have. */
export type ManagerKind = 'manager' | 'basics' | 'simulation';

/** A call that gives an app's modules to one of the SDK's managers, with the modules it gives. */
export interface ManagerCall {
  readonly kind: ManagerKind;
  /** The function's name: `NewManager`, `RegisterModules` … */
  readonly name: string;
  readonly call: Expr;
  readonly items: readonly Item[];
}

const kinds: Readonly<Record<string, ManagerKind>> = {
  NewManager: 'manager',
  NewManagerFromMap: 'manager',
  RegisterModules: 'manager',
  NewBasicManager: 'basics',
  NewSimulationManager: 'simulation',
};

/** The calls that give an app's modules to the SDK's managers. Remembered for each repository. */
export function managerCalls(repo: Repo, appDir: string): readonly ManagerCall[] {
  return memoize(repo, `managers of ${appDir}`, () =>
    callsIn(repo, appFolders(repo, appDir), Object.keys(kinds)).flatMap(({ call }) => {
      const name = calleeName(call.node, call.facts.text);
      if (name !== 'RegisterModules' && !isOfSdk(repo, call)) return [];
      const items = name === 'NewManagerFromMap' ? mapValues(call) : argumentItems(repo, call);
      return [{ kind: kinds[name]!, name, call, items }];
    }),
  );
}

function isOfSdk(repo: Repo, call: Expr): boolean {
  const { callee } = goNode(call);
  const imported = callee && importedPackage(repo, callee);
  return /\/types\/module$/.test(imported?.path ?? '');
}

/** The modules of a map by their names, whose literal is at hand. */
function mapValues(call: Expr): Item[] {
  const given = goNode(call).arguments[0];
  const map = given && behindLocals(given);
  if (map?.type !== 'composite_literal')
    return [{ expr: given ?? call, why: 'this map of modules cannot be read' }];
  return namedChildren(childByField(map.node, 'body')).flatMap(element => {
    const value = element.type === 'keyed_element' ? namedChildren(element)[1] : undefined;
    return value ? [{ expr: exprAt(map, value) }] : [];
  });
}

/** The app whose modules are read: its folder and its struct. */
interface AppAt {
  readonly dir: string;
  readonly type: string;
}

/**
 * The modules an app runs: those its manager gets, and those of its depinject configuration, in the
 * order of the source.
 */
export function readMounted(
  repo: Repo,
  { dir, type }: AppAt,
  unknown: (unknown: Unknown) => void,
): MountedModule[] {
  const given = managerCalls(repo, dir)
    .filter(({ kind }) => kind === 'manager')
    .flatMap(({ items }) => items);
  const configured = readAppConfigs(repo, appFolders(repo, dir)).flatMap(({ modules }) => modules);
  return [
    ...configured
      .filter(module => !/cosmos.app.runtime/.test(module.type))
      .map(module => configuredModule(repo, dir, module)),
    ...given.flatMap(({ expr, why }) => {
      if (why === undefined) return [mountedModule(repo, { dir, type }, expr)];
      unknown({
        location: locationOf(expr.facts, expr.node),
        why: `a part of what the module manager gets is not known: ${why}`,
      });
      return [];
    }),
  ];
}

/** A module that a manager gets. */
function mountedModule(repo: Repo, app: AppAt, expr: Expr): MountedModule {
  const made = moduleType(repo, app, behindLocals(expr));
  const name = made && nameOf(repo, made);
  return {
    ...(name ? storeName(name) : { name: null }),
    package: made?.path ?? null,
    location: locationOf(expr.facts, expr.node),
  };
}

/** The type of a module and the package that declares it. */
export interface ModuleType {
  readonly path: string;
  readonly dir: string | undefined;
  readonly name: string;
}

function nameOf(repo: Repo, { path, dir, name }: ModuleType): Value | undefined {
  if (dir !== undefined) return moduleName(repo, dir, name);
  const root = path.replace(/\/module$/, '');
  for (const constant of [`${root}/types.ModuleName`, `${root}.ModuleName`]) {
    const found = storeConstant(constant);
    if (found) return { kind: 'known', value: found.value };
  }
  return undefined;
}

/** The type of a module: of `bank.NewAppModule(…)`, `bank.AppModule{…}`, `app.TransferModule`. */
export function moduleType(repo: Repo, app: AppAt, expr: GoNode): ModuleType | undefined {
  const bare = expr.withoutParens.withoutAddressOf;
  switch (bare.type) {
    case 'call_expression':
      return bare.callee && madeBy(repo, bare.callee);
    case 'composite_literal':
      return typeAt(repo, bare, childByField(bare.node, 'type'));
    case 'selector_expression': {
      const field = appFields(repo, app.dir, app.type).find(({ name }) => name === bare.name);
      const type = field && childByField(field.node, 'type');
      return field && typeAt(repo, field, type);
    }
    default:
      return undefined;
  }
}

/** What a constructor gives: of another repository's, `AppModule` of its package. */
function madeBy(repo: Repo, callee: GoNode): ModuleType | undefined {
  const imported = importedPackage(repo, callee);
  if (!imported && callee.type !== 'identifier') return undefined;
  const here = dirname(callee.facts.path);
  const dir = imported ? imported.dir : here;
  const path = imported?.path ?? repo.importPath(here);
  if (path === undefined) return undefined;
  const given = dir === undefined ? undefined : givenBy(repo, dir, callee.name);
  return given ?? { path, dir, name: 'AppModule' };
}

/** The type of what a function of the repository gives first. */
function givenBy(repo: Repo, dir: string, name: string): ModuleType | undefined {
  // Asked again after every edit of the app, for each of its modules.
  return repo.memoWithDependencies(dir, `module made by ${name}`, () => {
    const found = repo.func(dir, name);
    const syntax = found && repo.syntaxOf(found);
    const result = syntax && firstResult(childByField(syntax, 'result'));
    return found && result && typeAt(repo, found, result);
  });
}

function firstResult(result: SyntaxNode | undefined): SyntaxNode | undefined {
  if (result?.type !== 'parameter_list') return result;
  const [first] = namedChildren(result);
  return childByField(first, 'type') ?? first;
}

function typeAt(
  repo: Repo,
  { facts }: Pick<Expr, 'facts'>,
  type: SyntaxNode | undefined,
): ModuleType | undefined {
  const ref = typeRefOf(type, facts.text);
  if (!ref) return undefined;
  const path =
    ref.qualifier === undefined
      ? repo.importPath(dirname(facts.path))
      : repo.importFor(facts, ref.qualifier);
  if (path === undefined) return undefined;
  return { path, dir: repo.folderOf(facts, ref.qualifier), name: ref.name };
}

/** A module of a depinject configuration: its package is one of the app's imports. */
function configuredModule(repo: Repo, appDir: string, module: ConfiguredModule): MountedModule {
  const { value, location } = module;
  const name = storeName(value);
  return { ...name, package: packageOfModule(repo, appDir, name.name, module.type), location };
}

/**
 * The package of a configured module: the app imports it for its effects alone, or by name. Of
 * several of one name that of the project which its configuration is from.
 */
function packageOfModule(
  repo: Repo,
  appDir: string,
  name: string | null,
  type: string,
): string | null {
  if (name === null) return null;
  const isSdks = /^(cosmos\.|cosmossdk\.io\/)/.test(type);
  const found = importedModules(repo, appDir).find(({ dir, named }) =>
    dir === undefined ? isSdks && named === name : !isSdks && moduleNames(repo, dir).includes(name),
  );
  return found?.path ?? null;
}

/** A package that an app imports and that may be a module's. */
interface ImportedModule {
  readonly path: string;
  /** Its folder, where it is of this repository. */
  readonly dir: string | undefined;
  /** What a module of elsewhere is called, where that is known. */
  readonly named: string | undefined;
}

/** Found once for all modules of a configuration; what a file imports is part of the layout. */
function importedModules(repo: Repo, appDir: string): readonly ImportedModule[] {
  return memoize(repo.layout, `imported modules of ${appDir}`, () =>
    [...new Set(repo.pathsOf(appDir).flatMap(path => repo.imports(path)))]
      .filter(path => /(^|\/)(x|modules)\//.test(path))
      .filter(path => !/\/(types|keeper|client)(\/|$)/.test(path))
      .map(path => ({
        path,
        dir: repo.dirOf(path, appDir),
        named: storeConstant(`${path.replace(/\/module$/, '')}.ModuleName`)?.value,
      })),
  );
}
