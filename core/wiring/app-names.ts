import { goNode } from '../go/eval/go-node.ts';
import { memoize } from '../go/repo/memoize.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { FileFacts } from '../go/source/facts.ts';
import { callsInFunc } from '../go/source/func-words.ts';
import type { TypeRef } from '../go/source/type-ref.ts';
import { embeddedTypes, typeRefOf } from '../go/source/type-ref.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import {
  calleeName,
  childByField,
  enclosing,
  findAll,
  namedChildren,
} from '../go/syntax/syntax.ts';
import { functionsOf } from './call-sites.ts';
import type { AppSource, FuncAt } from './style.ts';

/** What generated wiring has to call in an app, by the names the app gives it. */
export interface AppNames {
  /** The function that builds the app and loads its stores. */
  readonly constructor: FuncAt;
  /** The statement that loads the stores; handlers and loaders go before it. */
  readonly load: SyntaxNode;
  /** The app's variable there. */
  readonly app: string;
  /** Every function that builds the app, this one first: build tags may choose between them. */
  readonly builds: readonly Build[];
  /** The upgrade keeper, as a field path of the app: `UpgradeKeeper`, `keeper.upgrade`. */
  readonly keeper: string | undefined;
  /** The module manager, as a field or method path of the app; undefined before it exists. */
  readonly manager: string | undefined;
  /** The configurator: a path of the app, or a local variable of the constructor. */
  readonly configurator: { readonly text: string; readonly local: boolean } | undefined;
}

/** A function that builds the app, the statement that loads the stores, and the app's variable. */
export interface Build {
  readonly fn: FuncAt;
  readonly load: SyntaxNode;
  readonly app: string;
}

/**
 * Finds those names. Undefined where no function of the app's package loads its stores. Remembered
 * for each repository value.
 */
export function appNames(source: AppSource): AppNames | undefined {
  return memoize(source.repo, `names of ${source.dir} ${source.type}`, () => findNames(source));
}

function findNames(source: AppSource): AppNames | undefined {
  const functions = functionsOf(source.repo, source.dir).filter(({ func }) => func.syntax);
  const builds = buildsOf(functions, source.type);
  const first = builds[0];
  if (!first) return undefined;
  const { fn, load, app } = first;
  const { text } = fn.facts;
  const keeper =
    keeperField(source.repo, source.dir, source.type) ??
    assigned(functions, app, 'NewKeeper', owner => /upgrade/i.test(owner));
  const runtime = isRuntimeApp(source);
  const manager =
    assigned(functions, app, 'NewManager', owner => owner.includes('module')) ??
    // The file as text: its selectors are too many to be gone through at each keystroke.
    used(text, app, /\.([\w.]*(?:ModuleManager|\bmm|MM))\b/) ??
    (runtime ? 'ModuleManager' : undefined);
  return {
    constructor: fn,
    load,
    app,
    builds,
    keeper,
    manager,
    configurator: configuratorOf(functions, fn, app, runtime),
  };
}

/** Whether a struct of the app's package embeds the runtime's app. */
function isRuntimeApp({ repo, dir }: AppSource): boolean {
  return repo
    .filesOf(dir)
    .some(
      ({ text, types }) =>
        text.includes('runtime.App') &&
        types
          .flatMap(type => embeddedTypes(type.syntax, text))
          .some(({ qualifier, name }) => qualifier === 'runtime' && name === 'App'),
    );
}

function buildsOf(functions: readonly FuncAt[], type: string): Build[] {
  const found = functions.flatMap(fn => {
    const load = fn.func.receiver ? undefined : loadStatement(fn);
    return load ? [{ fn, load, app: appVariable(fn, type) }] : [];
  });
  // A second one counts where it is seen to make the same app.
  return found
    .filter((build, i) => i === 0 || build.app !== undefined)
    .map(build => ({ ...build, app: build.app ?? 'app' }));
}

/**
 * The statement directly inside the constructor's block (or the `if loadLatest` in it) that loads
 * the stores.
 */
function loadStatement(fn: FuncAt): SyntaxNode | undefined {
  let at: SyntaxNode | undefined = loadCalls(fn)[0];
  while (at?.parent && !(at.parent.type === 'block' && at.parent.parent === fn.func.syntax))
    at = at.parent;
  return at?.parent ? at : undefined;
}

/** The calls in a function that load the app's stores. */
export function loadCalls({ facts, func }: FuncAt): readonly SyntaxNode[] {
  return callsInFunc(func, facts.text, 'LoadLatestVersion', 'Load', 'LoadVersion').filter(
    call =>
      (calleeName(call, facts.text) !== 'Load' ||
        /^(loadLatest|true)$/.test(argumentText(call, facts))) &&
      !enclosing(call, 'func_literal'),
  );
}

function argumentText(call: SyntaxNode, facts: FileFacts): string {
  const given = namedChildren(childByField(call, 'arguments'))[0];
  return given ? facts.text.slice(given.start, given.end) : '';
}

/** The variable that holds the new app: `app := &App{…}`. */
function appVariable({ facts, func }: FuncAt, type: string): string | undefined {
  for (const literal of findAll(func.syntax, 'composite_literal')) {
    const node = enclosing(literal, 'short_var_declaration');
    if (!node) continue;
    const definition = goNode({ facts, node });
    const value = definition.field('right')?.children[0]?.withoutAddressOf;
    const made = value?.type === 'composite_literal' ? value.field('type') : undefined;
    if (made?.type === 'type_identifier' && made.name === type)
      return definition.field('left')!.children[0]!.text;
  }
  return undefined;
}

/**
 * The app struct's field of the upgrade keeper's type, or that of a struct which is embedded in it.
 */
function keeperField(repo: Repo, dir: string, name: string, depth = 0): string | undefined {
  for (const facts of repo.filesOf(dir)) {
    const type = facts.types.find(t => t.name === name);
    if (!type) continue;
    const own = ownKeeperField(facts, type.syntax);
    if (own !== undefined) return own;
    if (depth > 2) continue;
    for (const ref of embeddedAnywhere(type.syntax, facts.text)) {
      const at = repo.folderOf(facts, ref.qualifier);
      const found = at === undefined ? undefined : keeperField(repo, at, ref.name, depth + 1);
      if (found) return found;
    }
  }
  return undefined;
}

/** The path of a struct's field of the upgrade keeper's type; it may stand in an inner struct. */
function ownKeeperField(facts: FileFacts, struct: SyntaxNode): string | undefined {
  for (const node of findAll(struct, 'field_declaration')) {
    const field = goNode({ facts, node });
    const type = typeRefOf(childByField(node, 'type'), facts.text);
    const name = field.field('name')?.text;
    if (name === undefined || type?.name !== 'Keeper' || !/upgrade/i.test(type.qualifier ?? ''))
      continue;
    const outer = enclosing(node, 'field_declaration');
    const prefix = outer && goNode({ facts, node: outer }).field('name')?.text;
    return prefix === undefined ? name : `${prefix}.${name}`;
  }
  return undefined;
}

/** The types that a struct or a struct inside it embeds. */
function embeddedAnywhere(struct: SyntaxNode, text: string): TypeRef[] {
  return findAll(struct, 'struct_type').flatMap(inner => embeddedTypes(inner, text));
}

/** `app.X = pkg.New…(…)`: the path X, where `also` agrees to what stands before `.New…`. */
function assigned(
  functions: readonly FuncAt[],
  app: string,
  name: string,
  also: (owner: string) => boolean,
): string | undefined {
  for (const { facts, func } of functions) {
    if (!facts.text.slice(func.start, func.end).includes(`.${name}`)) continue;
    const owner = func.receiver?.name || app;
    for (const call of callsInFunc(func, facts.text, name)) {
      const node = enclosing(call, 'assignment_statement');
      if (!node) continue;
      const assignment = goNode({ facts, node });
      const target = assignment.field('left')?.children[0]?.text;
      const called = assignment.field('right')?.children[0]?.withoutAddressOf.callee;
      if (called?.type !== 'selector_expression' || called.name !== name) continue;
      if (target?.startsWith(`${owner}.`) && also(called.operand?.text ?? ''))
        return target.slice(owner.length + 1);
    }
  }
  return undefined;
}

function used(text: string, app: string, pattern: RegExp): string | undefined {
  return new RegExp(`\\b${app}${pattern.source}`).exec(text)?.[1];
}

function configuratorOf(
  functions: readonly FuncAt[],
  { facts, func }: FuncAt,
  app: string,
  runtime: boolean,
): AppNames['configurator'] {
  const field = assigned(functions, app, 'NewConfigurator', () => true);
  if (field) return { text: field, local: false };
  for (const call of callsInFunc(func, facts.text, 'NewConfigurator')) {
    const node = enclosing(call, 'short_var_declaration');
    if (!node) continue;
    const definition = goNode({ facts, node });
    const called = definition.field('right')?.children[0]?.callee;
    if (called?.type === 'selector_expression' && called.name === 'NewConfigurator')
      return { text: definition.field('left')!.children[0]!.text, local: true };
  }
  return runtime ? { text: 'Configurator()', local: false } : undefined;
}
