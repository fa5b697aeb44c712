import { dirname, join } from '../../files.ts';
import type { FileFacts } from '../source/facts.ts';
import { importsOf } from '../source/facts.ts';
import type { GoMod } from './gomod.ts';

/** A folder's Go files, tests left out. */
export interface GoPackage {
  readonly dir: string;
  readonly files: readonly string[];
}

/** What a layout asks of the files it was made from. */
export interface LayoutSource {
  readonly mods: readonly GoMod[];
  readonly packages: ReadonlyMap<string, GoPackage>;
  /** The paths a file imports, by text alone. */
  imports(path: string): readonly string[];
  /** The package name declared in a folder, undefined where none is. */
  declaredName(dir: string): string | undefined;
}

/**
 * How packages lie and refer to each other: modules, folders, package names, imports. Most edits
 * leave all of this as it was, so that one layout serves many repository values and what it found
 * out is found out once.
 */
export class Layout {
  private readonly source: LayoutSource;
  private readonly modules = new Map<string, GoMod | undefined>();
  private readonly folders = new Map<GoMod | undefined, Map<string, string | undefined>>();
  private readonly names = new Map<string, string | undefined>();
  private readonly targets = new Map<string, readonly string[]>();
  private readonly closures = new Map<string, ReadonlySet<string>>();
  private readonly qualifiers = new WeakMap<object, ReadonlyMap<string, string>>();

  constructor(source: LayoutSource) {
    this.source = source;
  }

  /** The module a folder belongs to: the nearest go.mod at or above it. */
  modOf(dir: string): GoMod | undefined {
    return remembered(this.modules, dir, () =>
      this.source.mods.find(
        mod => mod.dir === '' || dir === mod.dir || dir.startsWith(`${mod.dir}/`),
      ),
    );
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
    const here = from === undefined ? undefined : this.modOf(from);
    const folders = remembered(this.folders, here, () => new Map<string, string | undefined>());
    return remembered(folders, importPath, () => this.findFolder(importPath, here));
  }

  private findFolder(importPath: string, here: GoMod | undefined): string | undefined {
    const { packages, mods } = this.source;
    // A local replace wins over a module of the same path.
    for (const { from: path, to } of here?.replace ?? []) {
      if (/^\.\.?(\/|$)/.test(to) && isBelow(importPath, path)) {
        const dir = join(here!.dir, to, importPath.slice(path.length));
        if (packages.has(dir)) return dir;
      }
    }
    // The longest module path wins; of two modules with the same one (examples, templates) the
    // importing file's own.
    let best: GoMod | undefined;
    for (const mod of mods) {
      if (!isBelow(importPath, mod.module)) continue;
      if (
        !best ||
        mod.module.length > best.module.length ||
        (mod.module === best.module && mod === here)
      )
        best = mod;
    }
    if (!best) return here && this.otherMajor(importPath, here);
    const dir = join(best.dir, importPath.slice(best.module.length));
    return packages.has(dir) && this.modOf(dir) === best ? dir : undefined;
  }

  /**
   * The importing module's own package under another major version: imports that were forgotten
   * when the version was raised.
   */
  private otherMajor(importPath: string, here: GoMod): string | undefined {
    const bare = here.module.replace(/\/v\d+$/, '');
    const path = importPath.replace(/\/v\d+(?=\/|$)/, '');
    if (
      !isBelow(path, bare) ||
      [...here.require.keys()].some(module => isBelow(importPath, module))
    )
      return undefined;
    const dir = join(here.dir, path.slice(bare.length));
    return this.source.packages.has(dir) ? dir : undefined;
  }

  /** The package name by which a file refers to an import when it writes no alias. */
  packageName(importPath: string, from: string): string {
    const dir = this.dirOf(importPath, from);
    const declared =
      dir === undefined
        ? undefined
        : remembered(this.names, dir, () => this.source.declaredName(dir));
    return declared || guessPackageName(importPath);
  }

  /** The import path behind a qualifier in a file, or undefined where the name is no import. */
  importFor(facts: FileFacts, qualifier: string): string | undefined {
    // A block of imports is not read again after an edit below it.
    const [block, ...others] = facts.imports;
    const of = block && others.length === 0 ? block : facts;
    let known = this.qualifiers.get(of);
    if (!known) {
      known = this.qualifiersOf(facts);
      this.qualifiers.set(of, known);
    }
    return known.get(qualifier);
  }

  private qualifiersOf(facts: FileFacts): ReadonlyMap<string, string> {
    const imports = importsOf(facts);
    const dir = dirname(facts.path);
    const named = imports.flatMap(({ alias, path }) =>
      alias === undefined ? [] : [[alias, path] as const],
    );
    const bare = imports.flatMap(({ alias, path }) =>
      alias === undefined ? [[this.packageName(path, dir), path] as const] : [],
    );
    // The first of a name counts, an alias before all: what is set last stays.
    return new Map([...named, ...bare].reverse());
  }

  /** The folders that a folder's files import, in their order. */
  private importedBy(dir: string): readonly string[] {
    return remembered(this.targets, dir, () =>
      (this.source.packages.get(dir)?.files ?? [])
        .flatMap(path => this.source.imports(path))
        .flatMap(path => this.dirOf(path, dir) ?? []),
    );
  }

  /** The folder and every one of the repository that its package imports, directly or not. */
  closure(dir: string): ReadonlySet<string> {
    return remembered(this.closures, dir, () => this.closureOf([dir]));
  }

  /** The same for several folders together. */
  closureOf(dirs: readonly string[]): ReadonlySet<string> {
    const seen = new Set<string>();
    const queue = [...dirs];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      for (const target of this.importedBy(at)) if (!seen.has(target)) queue.push(target);
    }
    return seen;
  }
}

function remembered<K, V>(memory: Map<K, V>, key: K, find: () => V): V {
  const known = memory.get(key);
  if (known !== undefined || memory.has(key)) return known as V;
  const found = find();
  memory.set(key, found);
  return found;
}

/** Whether an import path is a module's or package's own or one below it. */
function isBelow(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}/`);
}

/** Go's habit: the last path element, without a major version, `go-` or `.vN`. */
export function guessPackageName(importPath: string): string {
  const elements = importPath.split('/');
  let last = elements.pop()!;
  if (/^v\d+$/.test(last) && elements.length > 0) last = elements.pop()!;
  return last
    .replace(/\.v\d+$/, '')
    .replace(/^go-/, '')
    .replace(/-go$/, '')
    .replace(/^\d+-/, '')
    .replaceAll('-', '');
}
