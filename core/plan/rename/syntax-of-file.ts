import { rootsOf } from '../../go/eval/roots.ts';
import { variableAt } from '../../go/eval/uses.ts';
import { memoize } from '../../go/repo/memoize.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import { descend } from '../../go/syntax/syntax.ts';

/** What a word of a file is, as far as renaming asks. */
export type WordUse = 'local' | 'key' | 'other' | 'unread';

/**
 * What the word at an offset is: the name of a local variable, the key of a literal or a member that a
 * type declares, or another name that is read. A word outside all that is read is `unread`.
 */
export function wordAt(repo: Repo, facts: FileFacts, offset: number): WordUse {
  if (isDeclared(facts, offset)) return 'other';
  const node = namesOf(repo, facts).get(offset);
  if (!node) return 'unread';
  if (node.type === 'identifier' && variableAt(node, facts.text)) return 'local';
  const { parent } = node;
  if (parent && memberships.has(parent.type)) return 'key';
  const isKey = parent?.type === 'keyed_element' && parent.children[0] === node;
  return isKey && isStructKey(node, facts.text) ? 'key' : 'other';
}

/** What declares fields of a struct and methods of an interface. */
const memberships = new Set(['field_declaration', 'method_elem', 'method_spec']);

/** A key of a map is an expression; of a struct it is a field. */
function isStructKey(node: SyntaxNode, text: string): boolean {
  const literal = node.parent?.parent?.parent;
  const type = literal?.children.find(({ field }) => field === 'type');
  return type === undefined || !text.slice(type.start, type.end).startsWith('map[');
}

/** The name in a declaration of the package. */
function isDeclared({ consts, vars, types, funcs }: FileFacts, offset: number): boolean {
  return (
    [...consts, ...vars, ...funcs].some(({ nameStart }) => nameStart === offset) ||
    types.some(({ start }) => start === offset)
  );
}

const kinds = /^(identifier|type_identifier|package_identifier|field_identifier)$/;

/** Every name in the declarations of a file, by where it begins. */
function namesOf(repo: Repo, facts: FileFacts): ReadonlyMap<number, SyntaxNode> {
  return memoize(facts, 'names for renaming', () => {
    const found = new Map<number, SyntaxNode>();
    for (const root of rootsOf(repo, facts))
      for (const node of descend(root)) if (kinds.test(node.type)) found.set(node.start, node);
    return found;
  });
}
