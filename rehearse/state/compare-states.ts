import { invariants } from '../../core/rehearse/invariants.ts';
import { undecodable } from '../../core/rehearse/pending.ts';
import type { Compared } from '../../core/rehearse/result.ts';
import { storeChanges, storesOfModules } from '../../core/rehearse/store-changes.ts';
import type { Rehearsed } from '../rehearsal-input.ts';
import type { StateAt, StateProgram } from './program.ts';

/** The homes around an upgrade; no node runs in them any more. */
export interface HomesAround {
  /** Where the old version halted. */
  readonly halted: string;
  /** Where the new one went on. */
  readonly upgraded: string;
  /** The height of the upgrade block. */
  readonly height: number;
}

/** What the new version was found to be while it ran. */
export interface FoundOnNew extends Pick<Compared, 'modules'> {
  /** The types that it can decode; undefined where it does not say. */
  readonly registered: ReadonlySet<string> | undefined;
}

/**
 * What the upgrade block changed, store by store, and whether all still adds up, and what is left
 * there that the new version cannot decode. The blocks beside it show what block execution changes by
 * itself.
 */
export async function compareStates(
  program: StateProgram,
  { halted, upgraded, height }: HomesAround,
  { upgrade, now }: Pick<Rehearsed, 'upgrade' | 'now'>,
  { modules, registered }: FoundOnNew,
): Promise<Pick<Compared, 'changes' | 'invariants' | 'pending'>> {
  const before: StateAt = { home: halted, height: height - 1 };
  const after: StateAt = { home: upgraded, height };
  const blocks = [
    await program.changedStores({ home: halted, height: height - 2 }, before),
    await program.changedStores(
      { home: upgraded, height: height + 1 },
      { home: upgraded, height: height + 2 },
    ),
  ];
  return {
    changes: storeChanges({
      upgrade: await program.compareStores(before, after),
      blocks,
      modules,
      planned: upgrade?.stores,
      storesOf: storesOfModules(now.chain.modules, now.app.stores),
    }),
    invariants: invariants(await program.totals(before), await program.totals(after)),
    pending: registered ? undecodable(await program.heldTypes(after), registered) : [],
  };
}
