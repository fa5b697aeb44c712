import { dirname } from '../../files.ts';
import { memoize } from '../../go/repo/memoize.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts, TypeSpec } from '../../go/source/facts.ts';
import type { TypeRef } from '../../go/source/type-ref.ts';
import { typeRefOf } from '../../go/source/type-ref.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { childByField, childrenByField, namedChildren } from '../../go/syntax/syntax.ts';

/** A field of an app's struct, or of a struct of the repository that the app holds. */
export interface AppField {
  readonly name: string;
  /** Its type as written; undefined for types without a name, such as maps. */
  readonly ref: TypeRef | undefined;
  /** The import path of its type's package; undefined outside every module. */
  readonly package: string | undefined;
  /** How the app reaches it: `BankKeeper` where its struct is embedded, else `Keepers.BankKeeper`. */
  readonly path: string;
  readonly facts: FileFacts;
  /** The field's declaration. */
  readonly node: SyntaxNode;
  /** The struct that declares it. */
  readonly holder: { readonly dir: string; readonly name: string };
}

const deepest = 3;

/**
 * The fields of an app's struct and of the structs of the repository that it embeds or holds, in the
 * order of the source. Remembered for each repository value.
 */
export function appFields(repo: Repo, dir: string, type: string): readonly AppField[] {
  return memoize(repo, `fields of ${dir} ${type}`, () => fieldsBelow(repo, dir, type, '', 0));
}

function fieldsBelow(
  repo: Repo,
  dir: string,
  type: string,
  prefix: string,
  depth: number,
): AppField[] {
  const found = structNamed(repo, dir, type);
  if (!found) return [];
  const { facts, spec } = found;
  return namedChildren(namedChildren(spec.syntax)[0]).flatMap(node => {
    const ref = typeRefOf(childByField(node, 'type'), facts.text);
    const names = childrenByField(node, 'name').map(one => facts.text.slice(one.start, one.end));
    const home = ref && depth < deepest ? repo.folderOf(facts, ref.qualifier) : undefined;
    if (names.length === 0)
      return ref && home !== undefined ? fieldsBelow(repo, home, ref.name, prefix, depth + 1) : [];
    return names.flatMap(name => {
      const field: AppField = {
        name,
        ref,
        package: ref && packageOf(repo, facts, ref),
        path: prefix + name,
        facts,
        node,
        holder: { dir, name: type },
      };
      const holdsKeepers = ref && home !== undefined && /keepers$/i.test(ref.name);
      return holdsKeepers
        ? [field, ...fieldsBelow(repo, home, ref.name, `${prefix}${name}.`, depth + 1)]
        : [field];
    });
  });
}

function packageOf(repo: Repo, facts: FileFacts, { qualifier }: TypeRef): string | undefined {
  return qualifier === undefined
    ? repo.importPath(dirname(facts.path))
    : repo.importFor(facts, qualifier);
}

function structNamed(
  repo: Repo,
  dir: string,
  name: string,
): { facts: FileFacts; spec: TypeSpec } | undefined {
  for (const facts of repo.filesOf(dir, new RegExp(`\\b${name}\\b`))) {
    const spec = facts.types.find(one => one.name === name && one.syntax.type === 'struct_type');
    if (spec) return { facts, spec };
  }
  return undefined;
}
