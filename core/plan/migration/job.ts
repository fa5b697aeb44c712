import type { App, Chain, Module } from '../../chain/chain.ts';
import type { VersionStep } from '../../edit/version-step.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Create } from '../plan.ts';
import type { BodyGenerator } from './generated-body.ts';
import type { PrefixMove } from './prefix.ts';

/** One migration in the making. */
export interface MigrationJob {
  readonly repo: Repo;
  readonly chain: Chain;
  readonly app: App;
  readonly module: Module;
  readonly step: VersionStep;
  /** Whether a test of the migration is written. */
  readonly test: boolean;
  /** The key prefix that the migration changes, where that is all it does. */
  readonly prefix: PrefixMove | undefined;
  /** The keeper's field with the store that was asked for. */
  readonly store: string | undefined;
  /** What the migration does, where that is written outright from what the keeper has. */
  readonly ready: BodyGenerator | undefined;
  readonly changes: EditBatch;
  readonly creates: Create[];
  readonly notes: string[];
}
