import type { App } from '../../chain/chain.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import type { ImportSpec } from '../../go/edit/imports.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { FileFacts } from '../../go/source/facts.ts';
import type { ModuleToMount } from './module.ts';

/** Where in an order a module goes. */
export type OrderPlace = 'first' | 'last' | { readonly after: string };

/** What is asked for of a module that is to be mounted. */
export interface MountRequest {
  readonly module: ModuleToMount;
  /** What a constructor is given, by the parameter's number or name. */
  readonly asked: ReadonlyMap<string, string>;
  /** Places in orders, by the kind of the order. */
  readonly orders: ReadonlyMap<string, OrderPlace>;
  /** The permissions of its account; undefined for no account. */
  readonly permissions: readonly string[] | undefined;
}

/** A module that is being mounted: what, where, and the edits it is written into. */
export interface MountJob extends MountRequest {
  readonly repo: Repo;
  readonly app: App;
  readonly changes: EditBatch;
  /** New texts of files that are no Go. */
  readonly plain: Map<string, string>;
  readonly notes: string[];
}

/** Asks for the imports of some Go text in a file. */
export function importAll(
  { changes }: Pick<MountJob, 'changes'>,
  { path }: FileFacts,
  imports: readonly ImportSpec[],
): void {
  for (const spec of imports) changes.import(path, spec);
}
