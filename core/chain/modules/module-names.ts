import { basename } from '../../files.ts';
import type { Value } from '../../go/eval/value.ts';
import { stringValue } from '../../go/eval/value.ts';
import type { NamedType } from '../../go/repo/named-type.ts';
import { namedType } from '../../go/repo/named-type.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { embeddedTypes } from '../../go/source/type-ref.ts';
import { returnedValue } from '../../go/syntax/results.ts';
import { storeConstant } from '../../sdk/registry.ts';
import { foldersOfModule, rootOfModule } from './module-folders.ts';

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
  return basename(rootOfModule(dir));
}

/**
 * What the `Name()` of a type gives: its own method, else that of a type it embeds, the nearest
 * first, as Go promotes methods. A type without the method names nobody, whatever constant lies
 * beside it.
 */
function methodName(repo: Repo, dir: string, type: string): Value | undefined {
  let level: readonly Pick<NamedType, 'dir' | 'path' | 'name'>[] = [
    { dir, path: undefined, name: type },
  ];
  for (let depth = 0; depth < 5; depth++) {
    const here = level.flatMap(one =>
      one.dir === undefined ? [] : { dir: one.dir, type: one.name },
    );
    const declared = here.find(one => declaresName(repo, one));
    if (declared) return declaredName(repo, declared);
    for (const one of level) {
      const value = nameOfSdkModule(one);
      if (value) return value;
    }
    level = here.flatMap(one => embedded(repo, one));
  }
  return undefined;
}

/** A type of the repository, and the package that declares it. */
interface DeclaredType {
  readonly dir: string;
  readonly type: string;
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

/** The name of a module that is not in this repository, one of whose types this is. */
function nameOfSdkModule({ dir, path }: Pick<NamedType, 'dir' | 'path'>): Value | undefined {
  if (path === undefined || dir !== undefined) return undefined;
  const root = path.replace(/\/module$/, '');
  for (const constant of [`${root}/types.ModuleName`, `${root}.ModuleName`]) {
    const found = storeConstant(constant);
    if (found) return { kind: 'known', value: found.value, const: constant };
  }
  return undefined;
}

/** The types that a struct embeds, behind their aliases. */
function embedded(repo: Repo, { dir, type }: DeclaredType): NamedType[] {
  return repo.filesOf(dir, new RegExp(`\\b${type}\\s+struct\\b`)).flatMap(facts =>
    facts.types
      .filter(({ name }) => name === type)
      .flatMap(({ syntax }) => embeddedTypes(syntax, facts.text))
      .flatMap(({ qualifier, name }) => {
        const written = qualifier === undefined ? name : `${qualifier}.${name}`;
        return namedType(repo, facts, written) ?? [];
      }),
  );
}

/** `ModuleName` as modules define it: in `types`, in the package itself, or around a `module` folder. */
function nameBeside(repo: Repo, dir: string): Value | undefined {
  for (const folder of foldersOfModule(dir)) {
    const found = repo.packages.has(folder) ? repo.value(folder, 'ModuleName') : undefined;
    const value =
      found?.spec.value && stringValue(repo, { facts: found.facts, node: found.spec.value });
    if (value && value.kind !== 'unknown')
      return { ...value, const: `${repo.importPath(folder) ?? folder}.ModuleName` };
  }
  return undefined;
}
