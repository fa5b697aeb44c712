import { dirname } from '../files.ts';
import { memoize } from '../go/repo/memoize.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { Func } from '../go/source/facts.ts';
import { callsInFunc, identifiersOf } from '../go/source/func-words.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import {
  callArguments,
  calleeName,
  calleeOf,
  callsOf,
  childByField,
  enclosing,
} from '../go/syntax/syntax.ts';
import type { AppSource, FuncAt, Site } from './style.ts';

/** Folders that only tests are built from. */
const forTests =
  /(^|\/)(tests?|testutils?|testdata|testing|mocks?|simulation|e2e|interchaintest|intest)(\/|$)/;

/** Whether a folder holds code for tests only. */
export function isForTests(dir: string): boolean {
  return forTests.test(dir);
}

export { importPaths } from '../go/source/import-block.ts';

/**
 * The folders whose packages the app is made of: its own and every package of the repository it
 * imports, directly or not.
 */
export function importClosure(repo: Repo, dir: string): ReadonlySet<string> {
  return repo.layout.closure(dir);
}

/** Functions and methods that build an app; the last two are the runtime's. */
const building = [
  ...['LoadLatestVersion', 'NewBaseApp', 'MountKVStores', 'SetInitChainer'],
  ...['Load', 'Build'],
];
const methodsOnly = new Set(['Load', 'Build']);

/** Whether a function itself calls what builds an app. */
function buildsAnApp(func: Func, source: string): boolean {
  return callsInFunc(func, source, ...building).some(
    call => !methodsOnly.has(calleeName(call, source)) || isMethodCall(call, source),
  );
}

function isMethodCall(call: SyntaxNode, source: string): boolean {
  return calleeOf(call, source)?.type === 'selector_expression';
}

/**
 * The names of the functions of a package that run when the app is built, or undefined where
 * nothing builds an app here.
 */
function builtNames(repo: Repo, dir: string): ReadonlySet<string> | undefined {
  return repo.memoByPackage(dir, 'built names', () => findBuiltNames(repo, dir));
}

function findBuiltNames(repo: Repo, dir: string): ReadonlySet<string> | undefined {
  const roots = repo
    .functions(dir)
    .filter(
      ({ facts, func }) =>
        (func.name === 'init' && identifiersOf(func, facts.text).size > 0) ||
        (!func.receiver && buildsAnApp(func, facts.text)),
    )
    .map(({ func }) => func.name);
  return roots.some(name => name !== 'init')
    ? reachedFrom(roots, mentionsIn(repo, dir))
    : undefined;
}

/** The identifiers in the functions of a package, by the functions' names. */
function mentionsIn(repo: Repo, dir: string): ReadonlyMap<string, readonly ReadonlySet<string>[]> {
  return repo.memoByPackage(dir, 'mentions', () => {
    const mentions = new Map<string, ReadonlySet<string>[]>();
    for (const { facts, func } of repo.functions(dir)) {
      const identifiers = identifiersOf(func, facts.text);
      if (identifiers.size === 0) continue;
      const known = mentions.get(func.name);
      if (known) known.push(identifiers);
      else mentions.set(func.name, [identifiers]);
    }
    return mentions;
  });
}

/** The functions that those of some names mention, directly or not, themselves included. */
function reachedFrom(
  roots: readonly string[],
  mentions: ReadonlyMap<string, readonly ReadonlySet<string>[]>,
): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...roots];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const identifiers of mentions.get(name) ?? [])
      waiting.push(...functionsAmong(identifiers, mentions));
  }
  return reached;
}

function functionsAmong(
  identifiers: ReadonlySet<string>,
  functions: ReadonlyMap<string, unknown>,
): string[] {
  // A constructor mentions thousands of names, a package has dozens of functions.
  return identifiers.size < functions.size
    ? [...identifiers].filter(name => functions.has(name))
    : [...functions.keys()].filter(name => identifiers.has(name));
}

/** Every call of that method in the app's packages, with what stands around it. */
export function sitesOf(
  app: AppSource,
  closure: ReadonlySet<string>,
  method: string,
  argumentCount: number,
): Site[] {
  const { repo } = app;
  const byFolder = repo.memoForFolders(closure, `calls of ${method}`, dir =>
    callsOfMethod(repo, dir, method),
  );
  return [...byFolder].flatMap(([dir, sites]) =>
    sites
      .filter(site => callArguments(site.call.node).length === argumentCount)
      .map(site => ({ ...site, reachable: isReached(app, dir, site.func.name) })),
  );
}

/**
 * Whether anything runs a function of that name when the app is built: what builds it, directly or
 * not, or another package of the repository.
 */
export function isReached(app: AppSource, dir: string, name: string): boolean {
  if (dir !== app.dir) return isMentioned(app, dir, name);
  const built = builtNames(app.repo, dir);
  return !built || built.has(name) || calledFromOutside(app.repo, dir, name);
}

/** Whether a package that imports a folder, tests aside, calls something of it by that name. */
function calledFromOutside(repo: Repo, dir: string, name: string): boolean {
  const path = repo.importPath(dir);
  return (
    path !== undefined &&
    foldersThatName(repo, name).some(
      other =>
        other !== dir &&
        repo.packages.get(other)!.files.some(file => repo.imports(file).includes(path)),
    )
  );
}

/**
 * Whether nothing in the repository, tests aside, can call a method or function of that name in a
 * folder's package: no other package even names it.
 */
export function isNeverNamed(repo: Repo, dir: string, name: string): boolean {
  return foldersThatName(repo, name).every(other => other === dir);
}

/** The folders with code that names something exported of another package, or a method. */
function foldersThatName(repo: Repo, name: string): string[] {
  if (!/^[A-Z]/.test(name)) return [];
  const named = new RegExp(`\\.${name}\\b`);
  const isNamedIn = (path: string) =>
    repo.memoByText(path, `names ${name}`, text => named.test(text));
  const found = repo.memoForPackages(`names ${name}`, ({ dir, files }) =>
    !isForTests(dir) && files.some(isNamedIn) ? true : undefined,
  );
  return [...found.keys()];
}

function callsOfMethod(
  repo: Repo,
  dir: string,
  method: string,
): Omit<Site, 'reachable'>[] | undefined {
  const files = repo.filesOf(dir, new RegExp(`\\.${method}\\b`));
  if (files.length === 0) return undefined;
  return files.flatMap(facts =>
    facts.funcs.flatMap(func =>
      callsInFunc(func, facts.text, method)
        .filter(call => isMethodCall(call, facts.text))
        .map(call => siteOf({ facts, func, dir }, call)),
    ),
  );
}

/** A call and what stands around it inside its function. */
function siteOf({ facts, func, dir }: FuncAt, call: SyntaxNode): Omit<Site, 'reachable'> {
  const inside = (type: string) => {
    const around = enclosing(call, type);
    return around && around.start > func.start ? around : undefined;
  };
  const guard = inside('if_statement');
  const condition = childByField(guard, 'condition');
  const guardsAgainstTwice = callsOf(condition, facts.text, 'HasHandler').length > 0;
  return {
    call: { facts, node: call },
    dir,
    func,
    fn: func.syntax!,
    loop: inside('for_statement'),
    condition: guardsAgainstTwice ? undefined : guard,
  };
}

/**
 * Whether the app's own package speaks of a function of another package, or of one there that leads
 * to it. Methods are reached through a variable of their package: a list's handler, a struct.
 */
function isMentioned(app: AppSource, dir: string, name: string): boolean {
  const isFree = app.repo.functions(dir).some(({ func }) => func.name === name && !func.receiver);
  return !isFree || spokenOf(app, dir).has(name);
}

function spokenOf({ repo, dir: appDir }: AppSource, dir: string): ReadonlySet<string> {
  return memoize(repo, `spoken of in ${appDir}: ${dir}`, () => {
    const mentions = mentionsIn(repo, dir);
    const speaking = repo
      .functions(appDir)
      .filter(({ facts }) =>
        repo.imports(facts.path).some(path => repo.dirOf(path, dirname(facts.path)) === dir),
      );
    const spoken = speaking.flatMap(({ facts, func }) =>
      functionsAmong(identifiersOf(func, facts.text), mentions),
    );
    return reachedFrom(['init', ...spoken], mentions);
  });
}

/** The functions of a package with their folder. */
export function functionsOf(repo: Repo, dir: string): FuncAt[] {
  return repo.functions(dir).map(found => ({ ...found, dir }));
}
