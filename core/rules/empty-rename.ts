import type { Rule } from './rule.ts';

/** A rename without an old or a new name (incidents.md 49; wiring-styles.md 2). */
export const emptyRename: Rule = {
  name: 'empty-rename',
  severity: 'warning',
  summary: 'a store rename lacks its old or its new name',
  * check({ apps }) {
    for (const { pending } of apps) {
      for (const { name, stores, package: dir } of pending) {
        for (const { from, to } of stores?.renamed ?? []) {
          if (from.name !== '' && to.name !== '') continue;
          yield { place: from.name === '' ? from.place : to.place, message: `"${name ?? dir}" renames a store without ${from.name === '' ? 'OldKey' : 'NewKey'}; the entry does nothing, or not what is meant` };
        }
      }
    }
  },
};
