import type { FileSource } from '../../files.ts';
import { basename, dirname, join } from '../../files.ts';
import { isNeverBuilt } from '../source/build-constraint.ts';
import type { TextTest } from '../source/declaring-text.ts';
import { mayDeclareFunction, mayDeclareType, mayDeclareValue } from '../source/declaring-text.ts';
import { embedPatterns, embeds, isPlainText } from '../source/embed.ts';
import type { FileFacts } from '../source/facts.ts';
import { buildConstraint, isGenerated } from '../source/facts.ts';
import { importPaths } from '../source/import-block.ts';
import { readFacts, readFunction } from '../source/read-facts.ts';
import type { FactsCache, Source } from '../source/source.ts';
import { earlierFacts, sourceOf } from '../source/source.ts';
import type { GoParser } from '../syntax/parser.ts';
import type { SyntaxNode } from '../syntax/syntax.ts';
import { FolderCache } from './folder-cache.ts';
import type { Definition, FoundFunc, FoundType } from './found.ts';
import type { GoMod } from './gomod.ts';
import { readGoWork } from './gomod.ts';
import type { GoPackage } from './layout.ts';
import { Layout } from './layout.ts';
import { PackageMemo } from './package-memo.ts';
import { isWanted, packageClause, placesOf } from './places.ts';

export type { FactsCache } from '../source/source.ts';
export type { Definition, FoundFunc, FoundType } from './found.ts';
export type { GoPackage } from './layout.ts';
export { guessPackageName } from './layout.ts';

/**
 * The texts of a repository and what its Go says. A value: `with` gives a changed one that shares
 * what was found out about untouched files and packages. Files are parsed when first asked for.
 */
export class Repo {
  readonly texts: ReadonlyMap<string, string>;
  readonly mods: readonly GoMod[];
  readonly packages: ReadonlyMap<string, GoPackage>;
  /** The files that are no Go sources: scripts, settings, proposals. */
  readonly otherPaths: readonly string[];
  /** How its packages refer to each other. */
  readonly layout: Layout;
  private readonly parser: GoParser;
  private readonly cache: FactsCache;
  private readonly sources: Map<string, Source>;
  private readonly perPackage: PackageMemo;
  private readonly perFolder: FolderCache;

  /** `before` is a repository that differs in nothing but the texts of the `changed` files. */
  constructor(
    parser: GoParser,
    texts: ReadonlyMap<string, string>,
    cache: FactsCache = new Map(),
    before?: Repo,
    changed: readonly string[] = [],
  ) {
    this.parser = parser;
    this.texts = texts;
    this.cache = cache;
    this.sources = new Map(before?.sources);
    const folders = changed.map(dirname);
    for (const path of changed) this.sources.delete(path);
    this.perPackage = new PackageMemo(before?.perPackage, folders);
    if (before) [this.mods, this.packages] = [before.mods, before.packages];
    else [this.mods, this.packages] = placesOf(texts);
    this.otherPaths = before?.otherPaths ?? [...texts.keys()].filter(path => !path.endsWith('.go'));
    this.layout =
      before && changed.every(path => this.bearing(path) === before.bearing(path))
        ? before.layout
        : this.newLayout();
    // Which folders belong together is told from the layout.
    this.perFolder = new FolderCache(
      before?.perFolder,
      folders,
      this.layout === before?.layout ? undefined : [this.packages],
    );
  }

  /** This repository with some files' texts replaced; `undefined` removes a file. */
  with(changes: Iterable<readonly [path: string, text: string | undefined]>): Repo {
    const texts = new Map(this.texts);
    const changed: string[] = [];
    for (const [path, text] of changes) {
      changed.push(path);
      if (text === undefined) texts.delete(path);
      else texts.set(path, text);
    }
    const onlyTexts = changed.every(
      path => this.texts.has(path) && texts.has(path) && basename(path) !== 'go.mod',
    );
    return onlyTexts
      ? new Repo(this.parser, texts, this.cache, this, changed)
      : new Repo(this.parser, texts, this.cache);
  }

  private newLayout(): Layout {
    const { mods, packages } = this;
    return new Layout({
      mods,
      packages,
      imports: path => this.imports(path),
      declaredName: dir =>
        packageClause(this.texts.get(this.pathsOf(dir)[0] ?? packages.get(dir)!.files[0]!)!),
    });
  }

  /** All that a file has to do with the layout, as comparable text. */
  private bearing(path: string): string {
    return this.memoByText(path, 'bearing', text =>
      path.endsWith('.go')
        ? JSON.stringify([
            packageClause(text),
            isGenerated(text),
            buildConstraint(text),
            importPaths(text),
          ])
        : '',
    );
  }

  private source(path: string): Source | undefined {
    let source = this.sources.get(path);
    const text = source ? undefined : this.texts.get(path);
    if (text !== undefined) {
      source = sourceOf(this.cache, path, text);
      this.sources.set(path, source);
    }
    return source;
  }

  /** Whether a file has the same text in another repository. */
  hasSameText(path: string, other: Repo): boolean {
    const [here, there] = [this.source(path), other.source(path)];
    return here === there || here?.text === there?.text;
  }

  /** The facts of a file, or undefined where there is no such file. */
  facts(path: string): FileFacts | undefined {
    this.perPackage.look(dirname(path));
    const source = this.source(path);
    if (!source) return undefined;
    source.facts ??= readFacts(this.parser, path, source.text, earlierFacts(this.cache, source));
    return source.facts;
  }

  /**
   * The facts of a text that this repository does not hold, such as generated code, which it does
   * not load.
   */
  factsOf(path: string, text: string): FileFacts {
    return readFacts(this.parser, path, text);
  }

  /** What `read` makes of a file's text, remembered under a name until the text changes. */
  memoByText<T>(path: string, what: string, read: (text: string) => T): T {
    this.perPackage.look(dirname(path));
    const source = this.source(path);
    return source ? source.glean(what, read) : read('');
  }

  /**
   * What `read` makes of a package's files and nothing else, remembered under a name until one of
   * them changes.
   */
  memoByPackage<T>(dir: string, what: string, read: () => T): T {
    return this.perPackage.of(dir, what, read);
  }

  /**
   * Like `memoByPackage`, for what leads into other packages by the methods that name a file or
   * folder: forgotten too when one of those changes that `read` looked into, or how packages refer
   * to each other.
   */
  memoWithDependencies<T>(dir: string, what: string, read: () => T): T {
    return this.perPackage.withDependencies(this.layout, dir, what, read);
  }

  /**
   * What `read` makes of each package, by folder, without those of which it makes nothing: like
   * `memoByPackage`, for questions that are asked of all.
   */
  memoForPackages<T>(
    what: string,
    read: (pkg: GoPackage) => T | undefined,
  ): ReadonlyMap<string, T> {
    return this.perFolder.of(
      this.packages,
      () => this.packages.keys(),
      what,
      dir => read(this.packages.get(dir)!),
    );
  }

  /**
   * The same for some folders, which have to be the very same list, of the same layout, to be
   * remembered.
   */
  memoForFolders<T>(
    dirs: Iterable<string> & object,
    what: string,
    read: (dir: string) => T | undefined,
  ): ReadonlyMap<string, T> {
    return this.perFolder.of(dirs, () => dirs, what, read);
  }

  /** The paths that a file imports, by its text alone. */
  imports(path: string): readonly string[] {
    return this.memoByText(path, 'imports', importPaths);
  }

  /**
   * The facts of the files that `pathsOf` gives; with a pattern only of those whose text holds it, so
   * that the others need not be parsed.
   */
  filesOf(dir: string, holding?: TextTest): readonly FileFacts[] {
    const what = `files ${holding?.toString() ?? ''}`;
    return this.memoByPackage(dir, what, () => {
      const own = this.pathsOf(dir);
      const holds = (path: string) => this.memoByText(path, what, text => holding!.test(text));
      return (holding ? own.filter(holds) : own).map(path => this.facts(path)!);
    });
  }

  /**
   * The paths of a package's files: tests, generated code and files that no build takes in left out.
   */
  pathsOf(dir: string): readonly string[] {
    return this.memoByPackage(dir, 'own', () => {
      const go = this.goVersion(dir);
      const isLeftOut = (text: string) => {
        const constraint = buildConstraint(text);
        const isUnbuilt = constraint !== undefined && isNeverBuilt(constraint, go);
        return isUnbuilt || isGenerated(text);
      };
      return (this.packages.get(dir)?.files ?? []).filter(
        path => !this.memoByText(path, `left out by ${go ?? 'any Go'}`, isLeftOut),
      );
    });
  }

  /** The `go` directive of the module that a folder belongs to. */
  private goVersion(dir: string): string | undefined {
    const above = this.mods.filter(
      mod => mod.dir === '' || dir === mod.dir || dir.startsWith(`${mod.dir}/`),
    );
    return above.sort((a, b) => b.dir.length - a.dir.length)[0]?.go;
  }

  /** The module a folder belongs to: the nearest go.mod at or above it. */
  modOf(dir: string): GoMod | undefined {
    return this.layout.modOf(dir);
  }

  /** The import path of a folder, or undefined outside every module. */
  importPath(dir: string): string | undefined {
    return this.layout.importPath(dir);
  }

  /** The folder an import path names, or undefined where the package is not in this repository. */
  dirOf(importPath: string, from?: string): string | undefined {
    return this.layout.dirOf(importPath, from);
  }

  /** The package name by which a file refers to an import when it writes no alias. */
  packageName(importPath: string, from: string): string {
    return this.layout.packageName(importPath, from);
  }

  /** The import path behind a qualifier in a file, or undefined where the name is no import. */
  importFor(facts: FileFacts, qualifier: string): string | undefined {
    return this.layout.importFor(facts, qualifier);
  }

  /**
   * The folder of the package that a qualifier names in a file; the file's own without one.
   * Undefined where the name is no import, or that package is not in this repository.
   */
  folderOf(facts: FileFacts, qualifier: string | undefined): string | undefined {
    const here = dirname(facts.path);
    if (qualifier === undefined) return here;
    const path = this.importFor(facts, qualifier);
    return path === undefined ? undefined : this.dirOf(path, here);
  }

  /** A package-level constant or variable; the first where build tags choose between several. */
  value(dir: string, name: string): Definition | undefined {
    return this.values(dir, name)[0];
  }

  /**
   * Every definition of a package-level constant or variable: more than one where build tags
   * choose.
   */
  values(dir: string, name: string): readonly Definition[] {
    return this.memoByPackage(dir, `values ${name}`, () => {
      const own = this.definitions(this.pathsOf(dir), name);
      // Of generated code only the alias files of SDK 0.39 modules count: apps of that time take
      // every constant from them.
      return own.length > 0
        ? own
        : this.definitions(
            (this.packages.get(dir)?.files ?? []).filter(path =>
              /\baliasgen\b/i.test(this.texts.get(path)!),
            ),
            name,
          );
    });
  }

  private definitions(paths: readonly string[], name: string): Definition[] {
    const declares = mayDeclareValue(name);
    const isDeclaring = (text: string) => declares.test(text);
    return paths
      .filter(path => this.memoByText(path, `may declare ${name}`, isDeclaring))
      .flatMap(path => {
        const facts = this.facts(path)!;
        const constant = facts.consts.find(c => c.name === name);
        const spec = constant ?? facts.vars.find(v => v.name === name);
        return spec ? [{ facts, spec, constant: !!constant }] : [];
      });
  }

  /** A package-level function (no methods). */
  func(dir: string, name: string): FoundFunc | undefined {
    return this.functions(dir, name).find(({ func }) => !func.receiver);
  }

  /** A function's whole syntax, read now where its facts do not hold it. */
  syntaxOf({ facts, func }: FoundFunc): SyntaxNode | undefined {
    return func.syntax ?? readFunction(this.parser, facts.text, func.start);
  }

  /**
   * The functions and methods of a package, or those of one name; files that do not declare one are
   * not even parsed.
   */
  functions(dir: string, name?: string): readonly FoundFunc[] {
    return this.memoByPackage(dir, `functions ${name ?? ''}`, () => {
      const files = this.filesOf(dir, name === undefined ? undefined : mayDeclareFunction(name));
      return files.flatMap(facts =>
        facts.funcs
          .filter(func => name === undefined || func.name === name)
          .map(func => ({ facts, func })),
      );
    });
  }

  /** The types of one name that a package declares: more than one where build tags choose. */
  types(dir: string, name: string): readonly FoundType[] {
    return this.memoByPackage(dir, `types ${name}`, () =>
      this.filesOf(dir, mayDeclareType(name)).flatMap(facts =>
        facts.types.filter(type => type.name === name).map(spec => ({ facts, spec })),
      ),
    );
  }

  /** The folders a go.work at the root uses, where there is one. */
  get workspace(): string[] {
    const work = this.texts.get('go.work');
    return work === undefined ? [] : readGoWork(work).map(dir => join(dir));
  }
}

/**
 * Loads what a chain's reading needs: Go sources without protobuf code, go.mod, go.work, app.yaml,
 * locks, and text files that Go about upgrades embeds.
 */
export async function loadRepo(
  source: FileSource,
  parser: GoParser,
  options: { cache?: FactsCache; signal?: AbortSignal } = {},
): Promise<Repo> {
  const all = await source.list();
  const texts = new Map<string, string>();
  const readAll = async (paths: string[]) => {
    const lanes = Array.from({ length: 32 }, async () => {
      for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
        options.signal?.throwIfAborted();
        const text = await source.read(path);
        if (text !== undefined) texts.set(path, text);
      }
    });
    await Promise.all(lanes);
  };
  await readAll(all.filter(isWanted));
  const patterns = [...texts].flatMap(([path, text]) =>
    text.includes('//go:embed') && /upgrade/i.test(text)
      ? embedPatterns(text).map(pattern => ({ path, pattern }))
      : [],
  );
  const isEmbedded = (file: string) =>
    patterns.some(({ path, pattern }) => embeds(path, pattern, file));
  await readAll(all.filter(file => isPlainText(file) && !texts.has(file) && isEmbedded(file)));
  return new Repo(parser, new Map([...texts].sort(([a], [b]) => (a < b ? -1 : 1))), options.cache);
}
