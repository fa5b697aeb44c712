import type { App, Chain } from '../../chain/chain.ts';
import type { StoreChoices } from '../../edit/store-code.ts';
import type { EditBatch } from '../../go/edit/edit-batch.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Wiring } from '../../wiring/style.ts';
import type { Tidy } from '../draft.ts';
import type { Create } from '../plan.ts';

/** The upgrade that is asked for, as far as writing its package and registration takes it. */
export interface WantedUpgrade {
  readonly name: string;
  readonly stores: StoreChoices;
  /** UpgradeInfo as compact JSON. */
  readonly info: string | undefined;
  /** Whether a test of the upgrade is written. */
  readonly test: boolean;
}

/** One new upgrade in the making: what is asked for, where, and the draft it is written into. */
export interface Job extends WantedUpgrade {
  readonly repo: Repo;
  readonly app: App;
  readonly base: Chain | undefined;
  /** Why the base may not be what the network runs. */
  readonly baseDoubt: string | undefined;
  readonly wiring: Wiring;
  /** The pending texts of the draft. */
  readonly changes: EditBatch;
  readonly creates: Create[];
  /** New texts of files that are no Go. */
  readonly plain: Map<string, string>;
  readonly notes: string[];
  /** Last touches on the changed texts, in order. */
  readonly tidy: Tidy[];
}

/** Whether the job changes any store. */
export function changesStores({ stores }: Pick<Job, 'stores'>): boolean {
  return stores.added.length + stores.deleted.length + stores.renamed.length > 0;
}
