import { basename, join } from '../../files.ts';
import type { Expr } from '../../go/eval/value.ts';
import { memoize } from '../../go/repo/memoize.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, Func } from '../../go/source/facts.ts';
import { callsInFunc } from '../../go/source/func-words.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { callsOf } from '../../go/syntax/syntax.ts';
import { codeOfOtherApps, declaredName } from '../../wiring/app-types.ts';
import { importClosure, isForTests } from '../../wiring/call-sites.ts';

/** A call in the code an app is built with. */
export interface AppCall {
  readonly call: Expr;
  readonly dir: string;
  /** The function it stands in; absent for a package variable's value. */
  readonly func: Func | undefined;
}

/**
 * The folders of the packages an app is wired in: its own, and those of the repository it imports,
 * directly or not, without tests, other apps, and the SDK where it lies in the same repository. The
 * app's own folder comes first.
 */
export function appFolders(repo: Repo, appDir: string): readonly string[] {
  return memoize(repo, `folders of ${appDir}`, () => {
    const candidates = memoize(repo.layout, `folders of ${appDir}`, () =>
      candidateFolders(repo, appDir),
    );
    const apps = repo.memoForFolders(candidates, 'other app', dir =>
      isOtherApp(repo, dir) ? true : undefined,
    );
    const folders = [appDir, ...candidates.filter(dir => !apps.has(dir))];
    // The very same list after an edit: much is remembered for it.
    return memoize(repo.layout, `the folders ${folders.join()}`, () => folders);
  });
}

/** The app's own folder alone, as such a list. */
export function appPackage(repo: Repo, appDir: string): readonly string[] {
  return memoize(repo.layout, `own folder ${appDir}`, () => [appDir]);
}

/** Without what only the texts of files tell. */
function candidateFolders(repo: Repo, appDir: string): readonly string[] {
  const below = appDir === '' ? '' : `${appDir}/`;
  return [...importClosure(repo, appDir)]
    .filter(dir => {
      const relative = dir.startsWith(below) ? dir.slice(below.length) : dir;
      return dir !== appDir && !isForTests(relative) && !isSdk(repo, dir);
    })
    .sort();
}

const sdkFolders = new Set(['runtime', 'types', 'store', 'baseapp', 'server', 'x']);

/** Whether a folder belongs to a copy of the SDK. */
function isSdk(repo: Repo, dir: string): boolean {
  const names = dir.split('/');
  return names.some((name, i) => {
    const root = names.slice(0, i);
    return (
      sdkFolders.has(name) &&
      repo.packages.has(join(...root, 'baseapp')) &&
      repo.packages.has(join(...root, 'types/module'))
    );
  });
}

function isOtherApp(repo: Repo, dir: string): boolean {
  return repo.packages
    .get(dir)!
    .files.some(path =>
      repo.memoByText(path, 'app', text =>
        /\b(NewBaseApp|MountKVStores)\(|\.MountKVStores\b/.test(text),
      ),
    );
}

/**
 * The calls of the named functions or methods in those folders. Files are chosen by their text
 * first, so that only those are parsed that hold such a call. Outside the app's own folders only
 * functions count that the app's code speaks of.
 */
export function callsIn(
  repo: Repo,
  folders: readonly string[],
  names: readonly string[],
): AppCall[] {
  const any = names.join('|');
  // A method may be called by way of a variable that is set to it.
  const pattern = `${calledNotDeclared(any)}|\\.(${any})\\b`;
  const wanted = new RegExp(pattern, 'm');
  const byFolder = repo.memoForFolders(folders, `calls of ${pattern}`, dir => {
    const files = factsWith(repo, repo.pathsOf(dir), `with ${pattern}`, text => wanted.test(text));
    const places = files?.flatMap(facts => placesIn(facts, names)) ?? [];
    return places.length > 0 ? places : undefined;
  });
  return [...byFolder].flatMap(([dir, places]) =>
    places
      .filter(place => isCodeOfApp(repo, folders, dir, place))
      .flatMap(({ facts, func, calls }) =>
        calls.map(node => ({ call: { facts, node }, dir, func })),
      ),
  );
}

/** Matches where one of the names is called as a function, and not where `func` declares it. */
function calledNotDeclared(any: string): string {
  const declared = `^func (?:\\([^)\\n]*\\) )?(?:${any})\\(`;
  return `\\b(${any})\\((?<!${declared})`;
}

/** A variable or function of a package, and the wanted calls in it. */
interface CallingPlace {
  readonly facts: FileFacts;
  readonly name: string;
  /** Absent for a package variable's value. */
  readonly func: Func | undefined;
  readonly calls: readonly SyntaxNode[];
}

/** The variables and functions of a file with calls of the named functions. */
function placesIn(facts: FileFacts, names: readonly string[]): CallingPlace[] {
  const { text } = facts;
  const values = facts.vars.map(({ name, value }) => ({
    facts,
    name,
    func: undefined,
    calls: callsOf(value, text, ...names),
  }));
  const functions = facts.funcs
    .filter(({ name }) => !names.includes(name))
    .map(func => ({
      facts,
      name: declaredName(func),
      func,
      calls: callsInFunc(func, text, ...names),
    }));
  return [...values, ...functions].filter(({ calls }) => calls.length > 0);
}

/** Whether a place is part of the app: outside its own folders a function that its code speaks of. */
function isCodeOfApp(
  repo: Repo,
  folders: readonly string[],
  dir: string,
  { name, func }: CallingPlace,
): boolean {
  const [appDir] = folders;
  const isOwn = !func || dir === appDir || dir.startsWith(`${appDir!}/`);
  return isOwn
    ? !isOfOtherApp(repo, folders, dir, name)
    : isMentioned(repo, folders, dir, func.name);
}

/** Whether only another app type of the app's own package uses it. */
function isOfOtherApp(repo: Repo, folders: readonly string[], dir: string, name: string): boolean {
  return dir === folders[0] && codeOfOtherApps(repo, dir).has(name);
}

/**
 * The files, by package, whose text is `wanted`; `what` names that, for it is only asked once.
 * Generated ones, test helpers and packages for tests only are left out.
 */
export function allFilesWith(
  repo: Repo,
  what: string,
  wanted: (text: string) => boolean,
): ReadonlyMap<string, readonly FileFacts[]> {
  return repo.memoForPackages(`with ${what}`, ({ dir }) =>
    isForTests(dir) ? undefined : factsWith(repo, repo.pathsOf(dir), what, wanted),
  );
}

function factsWith(
  repo: Repo,
  files: readonly string[],
  what: string,
  wanted: (text: string) => boolean,
): readonly FileFacts[] | undefined {
  const found = files
    .filter(path => repo.memoByText(path, what, wanted) && !isTestHelper(repo, path))
    .map(path => repo.facts(path)!);
  return found.length > 0 ? found : undefined;
}

/** Code that is only ever built into tests, though its name does not end in `_test.go`. */
function isTestHelper(repo: Repo, path: string): boolean {
  return /^test_|_testing\.go$/.test(basename(path)) || repo.imports(path).includes('testing');
}

/** Whether the app's own code names the function, or one of its package that leads to it. */
function isMentioned(repo: Repo, folders: readonly string[], dir: string, name: string): boolean {
  const leading = repo.memoByPackage(dir, `leading to ${name}`, () => leadingTo(repo, dir, name));
  const spoken = new RegExp(`\\.(${leading})\\b`);
  const own = folders.filter(
    folder => folder === folders[0] || folder.startsWith(`${folders[0]!}/`),
  );
  return own.some(folder =>
    repo
      .pathsOf(folder)
      .some(path => repo.memoByText(path, `names ${leading}`, text => spoken.test(text))),
  );
}

/** A pattern of the names of a function and of those of its package that lead to it. */
function leadingTo(repo: Repo, dir: string, name: string): string {
  const called = new RegExp(calledNotDeclared(name), 'm');
  // Mostly nothing calls it there: then the package need not be parsed.
  if (!repo.pathsOf(dir).some(path => called.test(repo.texts.get(path)!))) return name;
  const names = new Set([name]);
  const texts = repo.functions(dir).map(({ facts, func }) => ({
    name: func.name,
    text: facts.text.slice(func.start, func.end),
  }));
  for (const known of names) {
    const calls = new RegExp(`\\b${known}\\(`);
    for (const other of texts)
      if (other.name !== known && calls.test(other.text)) names.add(other.name);
  }
  return [...names].join('|');
}

/** The callers of a function among those folders, for following a parameter one call up. */
export function callersOf(repo: Repo, folders: readonly string[], func: Func): AppCall[] {
  return callsIn(repo, folders, [func.name]);
}
