import type { FileSource } from '../files.ts';
import { basename, dirname, join } from '../files.ts';
import { importsOf, isGenerated, isIgnored, readFacts } from './facts.ts';
import type { FileFacts, Func, ValueSpec } from './facts.ts';
import { readGoMod, readGoWork } from './gomod.ts';
import type { GoMod } from './gomod.ts';
import type { GoParser } from './parser.ts';

/** Facts by content: a file that did not change is never parsed twice, whichever repository value asks. */
export type FactsCache = Map<string, FileFacts>;

/** What was read from texts without parsing, shared between repository values like facts. */
const gleanings = new WeakMap<FactsCache, Map<string, { readonly text: string; readonly value: unknown }>>();

/** A folder's Go files, tests left out. */
export interface GoPackage { readonly dir: string; readonly files: readonly string[] }

/**
 * The texts of a repository and what its Go says. A value: `with` gives a changed one that shares all facts of untouched files.
 * Files are parsed when first asked for.
 */
export class Repo {
  readonly texts: ReadonlyMap<string, string>;
  readonly mods: readonly GoMod[];
  readonly packages: ReadonlyMap<string, GoPackage>;
  private readonly parser: GoParser;
  private readonly cache: FactsCache;
  private readonly known = new Map<string, FileFacts>();
  private readonly own = new Map<string, readonly string[]>();
  private readonly folders = new Map<string, string | undefined>();
  private readonly qualifiers = new Map<FileFacts, Map<string, string | undefined>>();

  constructor(parser: GoParser, texts: ReadonlyMap<string, string>, cache: FactsCache = new Map()) {
    this.parser = parser;
    this.texts = texts;
    this.cache = cache;
    const mods: GoMod[] = [], byDir = new Map<string, string[]>();
    for (const [path, text] of texts) {
      if (basename(path) === 'go.mod') mods.push(readGoMod(dirname(path), text));
      else if (path.endsWith('.go') && !path.endsWith('_test.go') && !/^[._]/.test(basename(path))) {
        const dir = dirname(path), files = byDir.get(dir);
        if (files) files.push(path);
        else byDir.set(dir, [path]);
      }
    }
    this.mods = mods.sort((a, b) => b.dir.length - a.dir.length);
    this.packages = new Map([...byDir].map(([dir, files]) => [dir, { dir, files: files.sort() }]));
  }

  /** This repository with some files' texts replaced; `undefined` removes a file. */
  with(changes: Iterable<readonly [path: string, text: string | undefined]>): Repo {
    const texts = new Map(this.texts);
    for (const [path, text] of changes) {
      if (text === undefined) texts.delete(path);
      else texts.set(path, text);
    }
    return new Repo(this.parser, texts, this.cache);
  }

  /** The facts of a file, or undefined where there is no such file. */
  facts(path: string): FileFacts | undefined {
    let facts = this.known.get(path);
    if (facts) return facts;
    const text = this.texts.get(path);
    if (text === undefined) return undefined;
    const cached = this.cache.get(path);
    facts = cached?.text === text ? cached : readFacts(this.parser, path, text);
    this.cache.set(path, facts);
    this.known.set(path, facts);
    return facts;
  }

  /** What `read` makes of a file's text, remembered under a name until the text changes. */
  glean<T>(path: string, what: string, read: (text: string) => T): T {
    let known = gleanings.get(this.cache);
    if (!known) gleanings.set(this.cache, known = new Map());
    const key = `${what}\n${path}`, text = this.texts.get(path) ?? '', found = known.get(key);
    if (found?.text === text) return found.value as T;
    const value = read(text);
    known.set(key, { text, value });
    return value;
  }

  /**
   * The facts of a package's files: tests, generated code and files that no build takes in left out. With a pattern only the files whose text
   * holds it, so that the others need not be parsed.
   */
  filesOf(dir: string, holding?: RegExp): FileFacts[] {
    const own = this.ownFiles(dir);
    return (holding ? own.filter(path => holding.test(this.texts.get(path)!)) : own).map(path => this.facts(path)!);
  }

  private ownFiles(dir: string): readonly string[] {
    let own = this.own.get(dir);
    if (!own) {
      own = (this.packages.get(dir)?.files ?? []).filter(path => !isGenerated(this.texts.get(path)!) && !isIgnored(this.texts.get(path)!));
      this.own.set(dir, own);
    }
    return own;
  }

  /** The module a folder belongs to: the nearest go.mod at or above it. */
  modOf(dir: string): GoMod | undefined {
    return this.mods.find(mod => mod.dir === '' || dir === mod.dir || dir.startsWith(mod.dir + '/'));
  }

  /** The import path of a folder, or undefined outside every module. */
  importPath(dir: string): string | undefined {
    const mod = this.modOf(dir);
    if (!mod?.module) return undefined;
    const below = dir.slice(mod.dir.length).replace(/^\//, '');
    return below ? `${mod.module}/${below}` : mod.module;
  }

  /** The folder an import path names, or undefined where the package is not in this repository. */
  dirOf(importPath: string, from?: string): string | undefined {
    const here = from === undefined ? undefined : this.modOf(from), key = `${here?.dir}\n${importPath}`;
    if (!this.folders.has(key)) this.folders.set(key, this.findFolder(importPath, here));
    return this.folders.get(key);
  }

  private findFolder(importPath: string, here: GoMod | undefined): string | undefined {
    // A local replace wins over a module of the same path.
    for (const { from: path, to } of here?.replace ?? []) {
      if (/^\.\.?(\/|$)/.test(to) && isBelow(importPath, path)) {
        const dir = join(here!.dir, to, importPath.slice(path.length));
        if (this.packages.has(dir)) return dir;
      }
    }
    // The longest module path wins; of two modules with the same one (examples, templates) the importing file's own.
    let best: GoMod | undefined;
    for (const mod of this.mods) {
      if (!isBelow(importPath, mod.module)) continue;
      if (!best || mod.module.length > best.module.length || (mod.module === best.module && mod === here)) best = mod;
    }
    if (!best) return here && this.otherMajor(importPath, here);
    const dir = join(best.dir, importPath.slice(best.module.length));
    return this.packages.has(dir) && this.modOf(dir) === best ? dir : undefined;
  }

  /** The importing module's own package under another major version: imports that were forgotten when the version was raised. */
  private otherMajor(importPath: string, here: GoMod): string | undefined {
    const bare = here.module.replace(/\/v\d+$/, ''), path = importPath.replace(/\/v\d+(?=\/|$)/, '');
    if (!isBelow(path, bare) || [...here.require.keys()].some(module => isBelow(importPath, module))) return undefined;
    const dir = join(here.dir, path.slice(bare.length));
    return this.packages.has(dir) ? dir : undefined;
  }

  /** The package name by which a file refers to an import when it writes no alias. */
  packageName(importPath: string, from: string): string {
    const dir = this.dirOf(importPath, from);
    const file = dir === undefined ? undefined : this.ownFiles(dir)[0] ?? this.packages.get(dir)!.files[0];
    return (file && this.declaredPackage(file)) || guessPackageName(importPath);
  }

  /** The package clause by text alone: a file is not worth parsing for its name. */
  private declaredPackage(path: string): string | undefined {
    return this.known.get(path)?.package ?? /^(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*package\s+(\w+)/.exec(this.texts.get(path)!)?.[1];
  }

  /** The import path behind a qualifier in a file, or undefined where the name is no import. */
  importFor(facts: FileFacts, qualifier: string): string | undefined {
    let known = this.qualifiers.get(facts);
    if (!known) this.qualifiers.set(facts, known = new Map());
    if (!known.has(qualifier)) known.set(qualifier, this.findImport(facts, qualifier));
    return known.get(qualifier);
  }

  private findImport(facts: FileFacts, qualifier: string): string | undefined {
    const imports = importsOf(facts);
    const named = imports.find(i => i.alias === qualifier);
    if (named) return named.path;
    const dir = dirname(facts.path);
    return imports.find(i => i.alias === undefined && this.packageName(i.path, dir) === qualifier)?.path;
  }

  /** A package-level constant or variable; the first where build tags choose between several. */
  value(dir: string, name: string): { facts: FileFacts; spec: ValueSpec; constant: boolean } | undefined {
    return this.values(dir, name)[0];
  }

  /** Every definition of a package-level constant or variable: more than one where build tags choose. */
  values(dir: string, name: string): { facts: FileFacts; spec: ValueSpec; constant: boolean }[] {
    const own = this.definitions(this.ownFiles(dir), name);
    // Of generated code only the alias files of SDK 0.39 modules count: apps of that time take every constant from them.
    return own.length > 0 ? own : this.definitions((this.packages.get(dir)?.files ?? []).filter(path => /\baliasgen\b/i.test(this.texts.get(path)!)), name);
  }

  private definitions(paths: readonly string[], name: string): { facts: FileFacts; spec: ValueSpec; constant: boolean }[] {
    // `types.Name` is a use, never the definition.
    const written = new RegExp(`(?<![.\\w])${name}\\b`);
    return paths.filter(path => written.test(this.texts.get(path)!)).flatMap(path => {
      const facts = this.facts(path)!;
      const constant = facts.consts.find(c => c.name === name);
      const spec = constant ?? facts.vars.find(v => v.name === name);
      return spec ? [{ facts, spec, constant: !!constant }] : [];
    });
  }

  /** A package-level function (no methods). */
  func(dir: string, name: string): { facts: FileFacts; func: Func } | undefined {
    return this.functions(dir, name).find(({ func }) => !func.receiver);
  }

  /** The functions and methods of a package, or those of one name; files that do not speak of the name are not even parsed. */
  functions(dir: string, name?: string): { facts: FileFacts; func: Func }[] {
    return this.filesOf(dir, name === undefined ? undefined : new RegExp(`\\b${name}\\b`)).flatMap(facts => facts.funcs.filter(func => name === undefined || func.name === name).map(func => ({ facts, func })));
  }

  /** The folders a go.work at the root uses, where there is one. */
  get workspace(): string[] {
    const work = this.texts.get('go.work');
    return work === undefined ? [] : readGoWork(work).map(dir => join(dir));
  }
}

/** Whether an import path is a module's or package's own or one below it. */
function isBelow(path: string, parent: string): boolean {
  return path === parent || path.startsWith(parent + '/');
}

/** Go's habit: the last path element, without a major version, `go-` or `.vN`. */
export function guessPackageName(importPath: string): string {
  const elements = importPath.split('/');
  let last = elements.pop()!;
  if (/^v\d+$/.test(last) && elements.length > 0) last = elements.pop()!;
  return last.replace(/\.v\d+$/, '').replace(/^go-/, '').replace(/-go$/, '').replace(/^\d+-/, '').replaceAll('-', '');
}

const wanted = /(^|\/)(go\.mod|go\.work|app(_config)?\.ya?ml|\.chain-upgrade\.json)$|\.go$/;
const passedOver = /(^|\/)([._][^/]*|node_modules|vendor|third_party|testdata)\//;
const generatedName = /\.(pb|pb\.gw|pulsar)\.go$/;

/** Loads what a chain's reading needs: Go sources without protobuf code, go.mod, go.work, app.yaml. */
export async function loadRepo(source: FileSource, parser: GoParser, options: { cache?: FactsCache; signal?: AbortSignal } = {}): Promise<Repo> {
  const paths = (await source.list()).filter(path => wanted.test(path) && !passedOver.test(path) && !generatedName.test(path));
  const texts = new Map<string, string>();
  const lanes = Array.from({ length: 32 }, async () => {
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
      options.signal?.throwIfAborted();
      const text = await source.read(path);
      if (text !== undefined) texts.set(path, text);
    }
  });
  await Promise.all(lanes);
  return new Repo(parser, new Map([...texts].sort(([a], [b]) => (a < b ? -1 : 1))), options.cache);
}
