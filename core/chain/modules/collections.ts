import { goNode } from '../../go/eval/go-node.ts';
import type { Repo } from '../../go/repo/repo.ts';
import { findAll } from '../../go/syntax/syntax.ts';
import type { Module } from '../chain.ts';
import { packagesOfModule } from './module-folders.ts';

/**
 * What lies under the prefix of a collection (cosmossdk.io/collections): one value, keys alone, or
 * keys with values; and the keys, where their bytes cannot be taken for those of another kind.
 */
export interface CollectionShape {
  readonly holds: 'one value' | 'keys' | 'entries';
  readonly keys: string | undefined;
}

const makers: Readonly<Record<string, CollectionShape['holds']>> = {
  NewItem: 'one value',
  NewSequence: 'one value',
  NewKeySet: 'keys',
  NewMap: 'entries',
  NewIndexedMap: 'entries',
};

/** Codecs of keys with lengths of their own, and of texts. [collections/collections.go] */
const keyCodecs = /^collections\.((Int|Uint)(16|32|64)|Bool|String)Key$/;

/** The collection that a module makes under a prefix; undefined where that is none, or several. */
export function collectionUnder(
  repo: Repo,
  { dir }: Pick<Module, 'dir'>,
  prefix: string,
): CollectionShape | undefined {
  const [only, ...others] = packagesOfModule(repo, dir)
    .flatMap(folder => repo.filesOf(folder, new RegExp(`\\b${prefix}\\b`)))
    .flatMap(facts => facts.funcs.map(func => ({ facts, func })))
    .filter(({ facts, func }) => facts.text.slice(func.start, func.end).includes(prefix))
    .flatMap(found =>
      findAll(repo.syntaxOf(found), 'call_expression').map(node =>
        goNode({ facts: found.facts, node }),
      ),
    )
    .flatMap(({ callee, arguments: given }) => {
      const holds = callee && makers[callee.name];
      const name = given[1]?.text.split('.').at(-1);
      if (!holds || callee.operand?.text !== 'collections' || name !== prefix) return [];
      const codec = holds === 'one value' ? undefined : given[3]?.text;
      return [{ holds, keys: codec !== undefined && keyCodecs.test(codec) ? codec : undefined }];
    });
  return others.length === 0 ? only : undefined;
}

/** Whether nothing that one collection has stored can be read by another in its place. */
export function holdsOtherThings(one: CollectionShape, other: CollectionShape): boolean {
  if (one.holds !== other.holds) return true;
  return one.keys !== undefined && other.keys !== undefined && one.keys !== other.keys;
}
