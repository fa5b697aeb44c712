import { dirname } from '../../files.ts';
import type { FileFacts } from '../source/facts.ts';
import { typeRef } from '../source/type-ref.ts';
import type { Repo } from './repo.ts';

/** A type by the package that declares it. */
export interface NamedType {
  readonly pointer: boolean;
  /** The import path of its package; undefined outside every module. */
  readonly path: string | undefined;
  /** The folder of its package, where that is in this repository. */
  readonly dir: string | undefined;
  readonly name: string;
}

// Go forbids circles; code that does not compile may have one.
const longestChain = 8;

/**
 * The type that a name in a file stands for, through the aliases of this repository; undefined for
 * types without a name, and for what a package that the file does not import declares.
 */
export function namedType(
  repo: Repo,
  facts: FileFacts,
  written: string,
  depth = 0,
): NamedType | undefined {
  const ref = typeRef(written);
  if (!ref) return undefined;
  const { qualifier, pointer, name } = ref;
  const path =
    qualifier === undefined
      ? repo.importPath(dirname(facts.path))
      : repo.importFor(facts, qualifier);
  if (qualifier !== undefined && path === undefined) return undefined;
  return unaliased(repo, { pointer, path, dir: repo.folderOf(facts, qualifier), name }, depth);
}

/**
 * A type's name behind the aliases of this repository; the one that is written where a file that is
 * being edited does not import its package yet.
 */
export function typeNameOf(repo: Repo, facts: FileFacts, written: string): string | undefined {
  return (namedType(repo, facts, written) ?? typeRef(written))?.name;
}

/** What an alias stands for in the end; other types as they are. */
export function unaliased(repo: Repo, type: NamedType, depth = 0): NamedType | undefined {
  const { dir, name, pointer } = type;
  if (dir === undefined || depth > longestChain) return type;
  const [declared] = repo.types(dir, name);
  if (!declared?.spec.alias) return type;
  const { facts, spec } = declared;
  const { start, end } = spec.syntax;
  const meant = namedType(repo, facts, facts.text.slice(start, end), depth + 1);
  return meant && { ...meant, pointer: pointer || meant.pointer };
}
