import { cut, put } from '../support/edits.ts';
import type { Row } from './row.ts';
import {
  added,
  addedItem,
  app,
  boxImport,
  renamed,
  shelfImport,
  shelfKeys,
  stores,
} from './source.ts';

/** What a node says when it loads and a store is not there. */
export const mismatch = (store: string) =>
  new RegExp(
    `version of store ${store} mismatch root store's version; expected \\d+ got 0; new stores should be added using StoreUpgrades`,
  );

/** Mistakes in the stores of an upgrade. */
export const storeRows: readonly Row[] = [
  {
    rule: 'store-not-added',
    mistake: 'A new store is not in `Added`.',
    edits: [cut(stores, added), cut(stores, shelfImport)],
    step: 'start',
    words: mismatch('shelf'),
    at: [app, 'shelftypes.StoreKey'],
    fix: 'Add the store "shelf" to the upgrade "v3"',
  },
  {
    rule: 'store-not-added',
    mistake: 'A store was given another name, and `Renamed` lacks the pair.',
    edits: [cut(stores, renamed), cut(stores, boxImport)],
    step: 'start',
    words: mismatch('crate'),
    at: [app, 'boxtypes.StoreKey'],
    fix: 'Rename the store "box" to "crate" in the upgrade "v3"',
  },
  {
    rule: 'added-not-a-store-key',
    mistake: "`Added` has the module's name, and its store has another.",
    edits: [
      put(shelfKeys, 'StoreKey   = "shelf"', 'StoreKey   = "rack"'),
      put(stores, addedItem, '\t\t\tshelftypes.ModuleName,\n'),
    ],
    step: 'start',
    words: mismatch('rack'),
    at: [stores, 'shelftypes.ModuleName'],
    fix: 'Add "rack" instead',
  },
  {
    rule: 'stale-added',
    mistake: '`Added` has a store that the network has.',
    edits: [put(stores, addedItem, `${addedItem}\t\t\t"bank",\n`)],
    step: 'start',
    words: /failed to load store: initial version set to \d+, but found earlier version 1/,
    at: [stores, '"bank"'],
    fix: 'Do not add "bank"',
  },
  {
    rule: 'deleted-store-still-mounted',
    mistake: 'A store of `Deleted` stays mounted.',
    edits: [put(app, '\t\tshelftypes.StoreKey,\n', '\t\tshelftypes.StoreKey,\n\t\t"ledger",\n')],
    step: 'restart',
    words: mismatch('ledger'),
    at: [stores, '"ledger"'],
    fix: 'Do not delete "ledger"',
  },
  {
    rule: 'store-key-prefix',
    mistake: "A store's name is the beginning of another's.",
    edits: [put(shelfKeys, 'StoreKey   = "shelf"', 'StoreKey   = "count"')],
    step: 'start',
    words: /Potential key collision between KVStores:\s*(counter - count|count - counter)/,
    at: [app, 'shelftypes.StoreKey'],
    fix: 'give counter or count a store name that is no prefix of the other',
  },
];
