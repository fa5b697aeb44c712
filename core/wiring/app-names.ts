import { memoize } from '../go/repo/memoize.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { FileFacts } from '../go/source/facts.ts';
import { typeRefOf } from '../go/source/type-ref.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import {
  calleeName,
  callsOf,
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
    assigned(functions, app, 'NewKeeper', call => /upgrade/i.test(call));
  const runtime = source.repo
    .filesOf(source.dir)
    .some(f => f.text.includes('runtime.App') && /^\s*\*?runtime\.App\b/m.test(f.text));
  const manager =
    assigned(functions, app, 'NewManager', call => /module/.test(call)) ??
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
function loadStatement({ facts, func }: FuncAt): SyntaxNode | undefined {
  for (const call of callsOf(func.syntax, facts.text, 'LoadLatestVersion', 'Load', 'LoadVersion')) {
    if (
      calleeName(call, facts.text) === 'Load' &&
      !/^(loadLatest|true)$/.test(argumentText(call, facts))
    )
      continue;
    if (enclosing(call, 'func_literal')) continue;
    let at: SyntaxNode = call;
    while (at.parent && !(at.parent.type === 'block' && at.parent.parent === func.syntax))
      at = at.parent;
    return at.parent ? at : undefined;
  }
  return undefined;
}

function argumentText(call: SyntaxNode, facts: FileFacts): string {
  const given = namedChildren(childByField(call, 'arguments'))[0];
  return given ? facts.text.slice(given.start, given.end) : '';
}

/** The variable that holds the new app: `app := &App{…}`. */
function appVariable({ facts, func }: FuncAt, type: string): string | undefined {
  const literal = new RegExp(`^&?${type}\\{`);
  for (const node of findAll(func.syntax, 'short_var_declaration')) {
    const value = namedChildren(childByField(node, 'right'))[0];
    if (value && literal.test(facts.text.slice(value.start, value.end))) {
      const left = namedChildren(childByField(node, 'left'))[0]!;
      return facts.text.slice(left.start, left.end);
    }
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
    const text = (node: SyntaxNode) => facts.text.slice(node.start, node.end);
    const fields = findAll(type.syntax, 'field_declaration');
    for (const field of fields) {
      const fieldType = childByField(field, 'type');
      const fieldName = childByField(field, 'name');
      if (!fieldType || !fieldName || !/^\*?\w*upgrade\w*\.Keeper$/i.test(text(fieldType)))
        continue;
      const outer = enclosing(field, 'field_declaration');
      const prefix = outer && childByField(outer, 'name');
      return (prefix ? `${text(prefix)}.` : '') + text(fieldName);
    }
    for (const field of fields) {
      const embedded = childByField(field, 'name') ? undefined : childByField(field, 'type');
      const ref = typeRefOf(embedded, facts.text);
      if (!ref || depth > 2) continue;
      const at = repo.folderOf(facts, ref.qualifier);
      const found = at === undefined ? undefined : keeperField(repo, at, ref.name, depth + 1);
      if (found) return found;
    }
  }
  return undefined;
}

/** `app.X = pkg.New…(…)`: the path X. */
function assigned(
  functions: readonly FuncAt[],
  app: string,
  name: string,
  also: (callText: string) => boolean,
): string | undefined {
  for (const { facts, func } of functions) {
    if (!facts.text.slice(func.start, func.end).includes(`.${name}`)) continue;
    for (const node of findAll(func.syntax, 'assignment_statement')) {
      const left = namedChildren(childByField(node, 'left'))[0];
      let right = namedChildren(childByField(node, 'right'))[0];
      if (right?.type === 'unary_expression') right = childByField(right, 'operand');
      const called =
        right?.type === 'call_expression' ? childByField(right, 'function') : undefined;
      if (!left || !called) continue;
      const text = facts.text.slice(called.start, called.end);
      const target = facts.text.slice(left.start, left.end);
      const owner = func.receiver?.name || app;
      if (text.endsWith(`.${name}`) && also(text) && target.startsWith(`${owner}.`))
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
  constructor: FuncAt,
  app: string,
  runtime: boolean,
): AppNames['configurator'] {
  const field = assigned(functions, app, 'NewConfigurator', () => true);
  if (field) return { text: field, local: false };
  const { facts, func } = constructor;
  for (const node of findAll(func.syntax, 'short_var_declaration')) {
    const value = namedChildren(childByField(node, 'right'))[0];
    const called = value?.type === 'call_expression' ? childByField(value, 'function') : undefined;
    if (called && /\.NewConfigurator$/.test(facts.text.slice(called.start, called.end))) {
      const left = namedChildren(childByField(node, 'left'))[0]!;
      return { text: facts.text.slice(left.start, left.end), local: true };
    }
  }
  return runtime ? { text: 'Configurator()', local: false } : undefined;
}
