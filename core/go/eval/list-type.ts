import type { Repo } from '../repo/repo.ts';
import { typeRefOf } from '../source/type-ref.ts';
import { childByField, namedChildren } from '../syntax/syntax.ts';
import type { Expr } from './expr.ts';
import { exprAt } from './expr.ts';

/** What a slice, an array or a map is made of. */
export interface ListType {
  readonly kind: 'slice' | 'map';
  /** The type of the elements, of a map's values, where it is declared. */
  readonly element: Expr | undefined;
}

const kinds: Readonly<Record<string, ListType['kind'] | undefined>> = {
  slice_type: 'slice',
  array_type: 'slice',
  implicit_length_array_type: 'slice',
  map_type: 'map',
};

/**
 * The slice or map behind a type as it is written: itself, or what a name of the repository is
 * declared as, `type List []Upgrade`. Undefined for other types, and for those of other
 * repositories.
 */
export function listType(repo: Repo, type: Expr | undefined, depth = 0): ListType | undefined {
  if (!type || depth > 4) return undefined;
  const { facts, node } = type;
  const kind = kinds[node.type];
  if (kind) {
    const element = childByField(node, kind === 'map' ? 'value' : 'element');
    return { kind, element: element && exprAt(type, element) };
  }
  if (node.type === 'parenthesized_type' || node.type === 'pointer_type') {
    const inner = namedChildren(node)[0];
    return inner && listType(repo, exprAt(type, inner), depth + 1);
  }
  const ref = typeRefOf(node, facts.text);
  const dir = ref && repo.folderOf(facts, ref.qualifier);
  if (!ref || dir === undefined) return undefined;
  const [declared] = repo.types(dir, ref.name);
  return (
    declared && listType(repo, { facts: declared.facts, node: declared.spec.syntax }, depth + 1)
  );
}

/** The same of a composite literal's type; undefined for literals of structs. */
export function literalListType(repo: Repo, literal: Expr): ListType | undefined {
  const type = childByField(literal.node, 'type');
  return type && listType(repo, exprAt(literal, type));
}
