import { dirname } from '../files.ts';
import { memoize } from '../go/repo/memoize.ts';
import type { Repo } from '../go/repo/repo.ts';
import type { SyntaxNode } from '../go/syntax/syntax.ts';
import { callArguments, callsOf, childByField, enclosing, findAll } from '../go/syntax/syntax.ts';
import type { AppSource, FuncAt, Site } from './style.ts';

export { importPaths } from '../go/repo/layout.ts';

/**
 * The folders whose packages the app is made of: its own and every package of the repository it
 * imports, directly or not.
 */
export function importClosure(repo: Repo, dir: string): ReadonlySet<string> {
  return repo.layout.closure(dir);
}

const builds =
  /\b(LoadLatestVersion|NewBaseApp|MountKVStores|SetInitChainer)\s*\(|\.(Load|Build)\(/;

/** The identifiers in a function; those of a function that was not edited are known from before. */
function mentionedIn(fn: SyntaxNode, text: string): ReadonlySet<string> {
  return memoize(
    fn,
    'mentioned',
    () =>
      new Set(
        findAll(fn, 'identifier', 'field_identifier').map(node => text.slice(node.start, node.end)),
      ),
  );
}

/** Whether a function itself calls what builds an app; known from before likewise. */
function buildsAnApp(fn: SyntaxNode, text: string): boolean {
  return memoize(fn, 'builds', () => builds.test(text.slice(fn.start, fn.end)));
}

/**
 * The names of the functions of a package that run when the app is built, or undefined where
 * nothing builds an app here.
 */
function builtNames(repo: Repo, dir: string): ReadonlySet<string> | undefined {
  return repo.memoByPackage(dir, 'built names', () => findBuiltNames(repo, dir));
}

function findBuiltNames(repo: Repo, dir: string): Set<string> | undefined {
  const functions = repo.functions(dir).filter(({ func }) => func.syntax);
  const mentions = new Map<string, ReadonlySet<string>[]>();
  const roots: string[] = [];
  for (const { facts, func } of functions) {
    const known = mentions.get(func.name);
    const mentioned = mentionedIn(func.syntax!, facts.text);
    if (known) known.push(mentioned);
    else mentions.set(func.name, [mentioned]);
    if (func.name === 'init' || (!func.receiver && buildsAnApp(func.syntax!, facts.text)))
      roots.push(func.name);
  }
  if (!roots.some(name => name !== 'init')) return undefined;
  const reached = new Set<string>();
  for (let name = roots.pop(); name !== undefined; name = roots.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const mentioned of mentions.get(name) ?? []) {
      // A constructor mentions thousands of names, a package has dozens of functions.
      for (const other of mentioned.size < mentions.size ? mentioned : mentions.keys())
        if (mentions.has(other) && mentioned.has(other) && !reached.has(other)) roots.push(other);
    }
  }
  return reached;
}

/** Every call of that method in the app's packages, with what stands around it. */
export function sitesOf(
  app: AppSource,
  closure: ReadonlySet<string>,
  method: string,
  argumentCount: number,
): Site[] {
  const { repo } = app;
  const own = builtNames(repo, app.dir);
  return [
    ...repo.memoForFolders(closure, `calls of ${method}`, dir => callsOfMethod(repo, dir, method)),
  ].flatMap(([dir, sites]) =>
    sites.flatMap((site): Site[] => {
      if (callArguments(site.call.node).length !== argumentCount) return [];
      return [
        {
          ...site,
          reachable:
            dir === app.dir ? !own || own.has(site.func.name) : mentioned(app, dir, site.func.name),
        },
      ];
    }),
  );
}

function callsOfMethod(
  repo: Repo,
  dir: string,
  method: string,
): Omit<Site, 'reachable'>[] | undefined {
  const files = (repo.packages.get(dir)?.files ?? []).filter(path =>
    repo.texts.get(path)!.includes(`.${method}(`),
  );
  return files.length === 0
    ? undefined
    : files
        .map(path => repo.facts(path)!)
        .filter(facts => !facts.generated)
        .flatMap(facts =>
          facts.funcs.flatMap(func => {
            const calls = callsOf(func.syntax, facts.text, method).filter(
              call => childByField(call, 'function')!.type === 'selector_expression',
            );
            return calls.map(call => {
              const inside = (type: string) => {
                const around = enclosing(call, type);
                return around && around.start > func.start ? around : undefined;
              };
              const guard = inside('if_statement');
              const condition =
                guard && !/\.HasHandler\(/.test(text(facts.text, childByField(guard, 'condition')))
                  ? guard
                  : undefined;
              return {
                call: { facts, node: call },
                dir,
                func,
                fn: func.syntax!,
                loop: inside('for_statement'),
                condition,
              };
            });
          }),
        );
}

/** Whether the app's own package, or one between, speaks of a function of another package. */
function mentioned(app: AppSource, dir: string, name: string): boolean {
  if (name === 'init') return true;
  const pattern = new RegExp(`\\b${name}\\b`);
  for (const { facts, func } of functionsOf(app.repo, app.dir)) {
    if (func.syntax && pattern.test(facts.text.slice(func.start, func.end))) {
      if (
        app.repo.imports(facts.path).some(path => app.repo.dirOf(path, dirname(facts.path)) === dir)
      )
        return true;
    }
  }
  // Reached through a variable of its own package (a list's handler, a struct's method).
  return !app.repo.functions(dir).some(({ func }) => func.name === name && !func.receiver);
}

/** The functions of a package with their folder. */
export function functionsOf(repo: Repo, dir: string): FuncAt[] {
  return repo.functions(dir).map(found => ({ ...found, dir }));
}

function text(source: string, node: { start: number; end: number } | undefined): string {
  return node ? source.slice(node.start, node.end) : '';
}
