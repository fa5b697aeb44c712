/** Stores that are added, deleted and renamed, whatever stands for a store. */
export interface StoreChanges<S> {
  readonly added: readonly S[];
  readonly deleted: readonly S[];
  readonly renamed: readonly { readonly from: S; readonly to: S }[];
}

/** The stores that are brought: added ones, and the new names of renamed ones. */
export function storesBrought<S>(changes: StoreChanges<S> | undefined): S[] {
  return changes ? [...changes.added, ...changes.renamed.map(({ to }) => to)] : [];
}

/** The stores that are taken away: deleted ones, and the old names of renamed ones. */
export function storesTaken<S>(changes: StoreChanges<S> | undefined): S[] {
  return changes ? [...changes.deleted, ...changes.renamed.map(({ from }) => from)] : [];
}
