import { nodeAt } from '../../go/edit/repairs.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Location } from '../../go/source/location.ts';
import type { Rule } from '../rule.ts';
import { removeEntryFix } from '../store-fixes.ts';

/** A rename without an old or a new name (incidents.md 49; wiring-styles.md 2). */
export const emptyRename: Rule = {
  name: 'empty-rename',
  severity: 'warning',
  summary: 'a store rename lacks its old or its new name',
  *check({ apps }) {
    for (const { repo, pending } of apps) {
      for (const { name, stores, package: dir } of pending) {
        for (const { from, to } of stores?.renamed ?? []) {
          if (from.name !== '' && to.name !== '') continue;
          yield {
            location: from.name === '' ? from.location : to.location,
            message: `"${name ?? dir}" renames a store without ${from.name === '' ? 'OldKey' : 'NewKey'}; the entry does nothing, or not what is meant`,
            fixes: removeEntryFix(
              repo,
              entryOf(repo, from.name === '' ? from.location : to.location),
              'Take the rename out',
            ),
          };
        }
      }
    }
  },
};

/** The whole `{OldKey: …, NewKey: …}` around a name; a missing name stands for the entry itself. */
function entryOf(repo: Repo, place: Location): Location {
  const facts = repo.facts(place.file);
  let node = facts && nodeAt(facts, place);
  while (
    node &&
    !(node.type === 'literal_value' && node.parent?.type !== 'composite_literal') &&
    node.parent
  )
    node = node.parent;
  return node ? { ...place, start: node.start, end: node.end } : place;
}
