import type { App, Chain, Module } from '../../chain/chain.ts';
import type { Changes } from '../../go/edit/edit-batch.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Create } from '../plan.ts';
import type { Ready } from './generated-body.ts';
import type { PrefixMove } from './prefix.ts';
import type { Step } from './step.ts';

/** One migration in the making. */
export interface MigrationJob {
  readonly repo: Repo;
  readonly chain: Chain;
  readonly app: App;
  readonly module: Module;
  readonly step: Step;
  /** Whether a test of the migration is written. */
  readonly test: boolean;
  /** The key prefix that the migration changes, where that is all it does. */
  readonly prefix: PrefixMove | undefined;
  /** What the migration does, where that is written outright from what the keeper has. */
  readonly ready: Ready | undefined;
  readonly changes: Changes;
  readonly creates: Create[];
  readonly notes: string[];
}
