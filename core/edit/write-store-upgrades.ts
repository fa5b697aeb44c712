import { keyedFields, stringSlice } from '../go/edit/print.ts';
import { quote } from '../go/syntax/syntax.ts';

/** A store as it will be written: an expression (`foo.StoreKey`) or a literal. */
export interface StoreText {
  readonly text: string;
}

/** The stores of a new upgrade, ready to be written. */
export interface StoresText {
  readonly added: readonly string[];
  readonly deleted: readonly string[];
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
}

/** Whether there is anything to load. */
export function hasStores(stores: StoresText): boolean {
  return stores.added.length + stores.deleted.length + stores.renamed.length > 0;
}

/**
 * A StoreUpgrades literal at column 0; lists of more than two names, or too long for a line, have
 * one name a line, and all have where the neighbour's do (`several`).
 */
export function storeUpgradesLiteral(type: string, stores: StoresText, several = false): string {
  const fields: { key: string; value: string }[] = [];
  const list = (names: readonly string[]) =>
    stringSlice(names, several || names.length > 2 || names.join(', ').length > 72, '\t');
  if (stores.added.length) fields.push({ key: 'Added', value: list(stores.added) });
  if (stores.renamed.length) {
    const qualifier = type.includes('.')
      ? type.slice(0, type.indexOf('.') + 1).replace('&', '')
      : '';
    const pairs = stores.renamed.map(({ from, to }) => `\t\t{OldKey: ${from}, NewKey: ${to}},\n`);
    fields.push({ key: 'Renamed', value: `[]${qualifier}StoreRename{\n${pairs.join('')}\t}` });
  }
  if (stores.deleted.length) fields.push({ key: 'Deleted', value: list(stores.deleted) });
  return fields.length ? `${type}{\n${keyedFields(fields, '\t')}\n}` : `${type}{}`;
}

/** A store name as a Go string. */
export function storeLiteral(name: string): string {
  return quote(name);
}
