import { nodeAt } from '../../go/edit/repairs.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Location } from '../../go/source/location.ts';
import type { SyntaxNode } from '../../go/syntax/syntax.ts';
import type { Rule } from '../rule.ts';
import { removeEntryFix } from '../store-fixes.ts';
import { storesNotCompared } from '../unread.ts';
import { labelOf } from '../wording.ts';

/**
 * A rename without an old or a new name (docs/background/incidents.md#empty-rename,
 * docs/background/chains.md#store-upgrades).
 */
export const emptyRename: Rule = {
  name: 'empty-rename',
  severity: 'warning',
  summary: 'a store rename lacks its old or its new name',
  notJudged: storesNotCompared,
  *check({ apps }) {
    for (const { repo, pending } of apps) {
      for (const upgrade of pending) {
        for (const { from, to } of upgrade.stores?.renamed ?? []) {
          if (from.name !== '' && to.name !== '') continue;
          const [missing, location] =
            from.name === '' ? ['OldKey', from.location] : ['NewKey', to.location];
          yield {
            location,
            message: `"${labelOf(upgrade)}" renames a store without ${missing}`,
            consequence: 'the entry does nothing, or not what was meant',
            fixes: removeEntryFix(repo, entryOf(repo, location), 'Take the rename out'),
          };
        }
      }
    }
  },
};

/**
 * The whole `{OldKey: …, NewKey: …}` around a name; the location of a missing name is that of the
 * entry.
 */
function entryOf(repo: Repo, place: Location): Location {
  const facts = repo.facts(place.file);
  let node = facts && nodeAt(facts, place);
  while (node?.parent && !isEntry(node)) node = node.parent;
  return node ? { ...place, start: node.start, end: node.end } : place;
}

function isEntry({ type, parent }: SyntaxNode): boolean {
  return type === 'literal_value' && parent?.type !== 'composite_literal';
}
