import { basename, dirname, join } from '../../files.ts';
import type { Value } from '../../go/eval/value.ts';
import { stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { embeddedTypes, typeRefOf } from '../../go/source/type-ref.ts';
import { returnedValue } from '../../go/syntax/results.ts';
import { storeConstant } from '../../sdk/registry.ts';

/**
 * The name of the module that a type implements: its `Name()`, that of a type it embeds, or the
 * `ModuleName` constant beside it.
 */
export function moduleName(repo: Repo, dir: string, type: string): Value {
  return repo.memoWithDependencies(
    dir,
    `module name ${type}`,
    () =>
      methodName(repo, dir, type) ??
      nameBeside(repo, dir) ?? {
        kind: 'unknown',
        why: `${type} in ${dir || 'the root folder'} has no Name method that can be read`,
      },
  );
}

/** The names of all modules whose code is in a folder. */
export function moduleNames(repo: Repo, dir: string): string[] {
  const types = repo
    .functions(dir, 'Name')
    .filter(({ func }) => func.receiver)
    .map(({ func }) => func.receiver!.type);
  const values = types.length
    ? types.map(type => moduleName(repo, dir, type))
    : [nameBeside(repo, dir)];
  return [...new Set(values.flatMap(value => (value?.kind === 'known' ? [value.value] : [])))];
}

/** What to call a module whose name is not known: its folder. */
export function folderName(dir: string): string {
  return basename(/(^|\/)module$/.test(dir) ? dirname(dir) : dir);
}

/** A type, and the package that declares it. */
interface DeclaredType {
  readonly dir: string;
  readonly type: string;
}

/**
 * What the `Name()` of a type gives: its own method, else that of a type it embeds, the nearest
 * first, as Go promotes methods. A type without the method names nobody, whatever constant lies
 * beside it.
 */
function methodName(repo: Repo, dir: string, type: string): Value | undefined {
  let level: readonly DeclaredType[] = [{ dir, type }];
  let written: readonly Embedded[] = [];
  for (let depth = 0; depth < 5; depth++) {
    const declared = level.find(one => declaresName(repo, one));
    if (declared) return declaredName(repo, declared);
    for (const one of written) {
      const value = nameOfSdkModule(repo, one);
      if (value) return value;
    }
    written = level.flatMap(one => embedded(repo, one.dir, one.type));
    level = written.flatMap(one => typeInRepository(repo, one) ?? []);
  }
  return undefined;
}

function declaresName(repo: Repo, { dir, type }: DeclaredType): boolean {
  return repo.functions(dir, 'Name').some(({ func }) => func.receiver?.type === type);
}

/** What a type's own method gives; where that cannot be read, the constant beside the type. */
function declaredName(repo: Repo, { dir, type }: DeclaredType): Value | undefined {
  for (const { facts, func } of repo.functions(dir, 'Name')) {
    if (func.receiver?.type !== type || !func.syntax) continue;
    const result = returnedValue(func.syntax, facts.text);
    const value = result && stringValue(repo, { facts, node: result });
    if (value && value.kind !== 'unknown') return value;
  }
  return nameBeside(repo, dir);
}

/** The type that an embedded one is, behind its aliases. */
function typeInRepository(
  repo: Repo,
  { facts, qualifier, name }: Embedded,
  depth = 0,
): DeclaredType | undefined {
  const dir = repo.folderOf(facts, qualifier);
  if (dir === undefined || depth > 4) return undefined;
  const alias = aliasOf(repo, dir, name);
  return alias ? typeInRepository(repo, alias, depth + 1) : { dir, type: name };
}

/** What `type Name = other.Type` stands for. */
function aliasOf(repo: Repo, dir: string, name: string): Embedded | undefined {
  const written = new RegExp(`\\b${name}\\s*=`);
  for (const facts of repo.filesOf(dir, written)) {
    const type = facts.types.find(one => one.name === name);
    const ref =
      type && written.test(facts.text.slice(type.start, type.syntax.start))
        ? typeRefOf(type.syntax, facts.text)
        : undefined;
    if (ref) return { facts, qualifier: ref.qualifier, name: ref.name };
  }
  return undefined;
}

/** The name of a module that is not in this repository, where one of its types is embedded. */
function nameOfSdkModule(repo: Repo, { facts, qualifier }: Embedded): Value | undefined {
  const path = qualifier === undefined ? undefined : repo.importFor(facts, qualifier);
  if (path === undefined || repo.dirOf(path, dirname(facts.path)) !== undefined) return undefined;
  const root = path.replace(/\/module$/, '');
  for (const constant of [`${root}/types.ModuleName`, `${root}.ModuleName`]) {
    const found = storeConstant(constant);
    if (found) return { kind: 'known', value: found.value, const: constant };
  }
  return undefined;
}

/** A type that a struct embeds, and the file that says so. */
export interface Embedded {
  readonly facts: FileFacts;
  readonly qualifier: string | undefined;
  readonly name: string;
}

/** The types a struct embeds. */
export function embedded(repo: Repo, dir: string, type: string): Embedded[] {
  return repo.filesOf(dir, new RegExp(`\\b${type}\\s+struct\\b`)).flatMap(facts =>
    facts.types
      .filter(({ name }) => name === type)
      .flatMap(({ syntax }) => embeddedTypes(syntax, facts.text))
      .map(({ qualifier, name }) => ({ facts, qualifier, name })),
  );
}

/**
 * `ModuleName` as modules define it: in `types`, in the package itself, or around a `module`
 * folder.
 */
function nameBeside(repo: Repo, dir: string): Value | undefined {
  for (const folder of [
    join(dir, 'types'),
    dir,
    ...(/(^|\/)module$/.test(dir) ? [join(dirname(dir), 'types'), dirname(dir)] : []),
  ]) {
    const found = repo.packages.has(folder) ? repo.value(folder, 'ModuleName') : undefined;
    const value =
      found?.spec.value && stringValue(repo, { facts: found.facts, node: found.spec.value });
    if (value && value.kind !== 'unknown')
      return { ...value, const: `${repo.importPath(folder) ?? folder}.ModuleName` };
  }
  return undefined;
}
