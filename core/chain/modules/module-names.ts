import { basename, dirname, join } from '../../files.ts';
import type { Value } from '../../go/eval/value.ts';
import { stringValue } from '../../go/eval/value.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import { embeddedTypes } from '../../go/source/type-ref.ts';
import { onlyResult } from '../../go/syntax/syntax.ts';
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
      ownName(repo, dir, type, 0) ??
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

function ownName(repo: Repo, dir: string, type: string, depth: number): Value | undefined {
  if (depth > 4) return undefined;
  for (const { facts, func } of repo.functions(dir, 'Name')) {
    if (func.receiver?.type !== type || !func.syntax) continue;
    const result = onlyResult(func.syntax);
    const value = result && stringValue(repo, { facts, node: result });
    if (value && value.kind !== 'unknown') return value;
  }
  for (const { facts, qualifier, name } of embedded(repo, dir, type)) {
    const value =
      qualifier === undefined
        ? ownName(repo, dir, name, depth + 1)
        : importedName(repo, facts, qualifier, name, depth);
    if (value) return value;
  }
  return undefined;
}

function importedName(
  repo: Repo,
  facts: FileFacts,
  qualifier: string,
  name: string,
  depth: number,
): Value | undefined {
  const path = repo.importFor(facts, qualifier);
  if (path === undefined) return undefined;
  const dir = repo.dirOf(path, dirname(facts.path));
  if (dir !== undefined) return ownName(repo, dir, name, depth + 1) ?? nameBeside(repo, dir);
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
