import type { App, Chain } from '../../chain/chain.ts';
import { sameApp, storeId } from '../../chain/compare.ts';
import { movesConsensusParams } from '../../chain/sdk/consensus-params.ts';
import type { Repo } from '../../go/repo/repo.ts';
import type { Generation } from '../../sdk/generations.ts';
import { generationIsBefore } from '../../sdk/generations.ts';

/** The step of an app from the Cosmos SDK of its last release to the one it is on now. */
export interface Jump {
  readonly from: Generation;
  readonly to: Generation;
  readonly before: App;
}

/** The jump since the last release, where both SDK generations are known and differ. */
export function jumpSince(base: Chain | undefined, app: App): Jump | undefined {
  const before = sameApp(base, app);
  const from = before?.sdk.generation;
  const to = app.sdk.generation;
  return before && from && to && generationIsBefore(from, to) ? { from, to, before } : undefined;
}

function crosses({ from, to }: Jump, generation: Generation): boolean {
  return generationIsBefore(from, generation) && !generationIsBefore(to, generation);
}

/**
 * Whether the consensus parameters are still to be moved to x/consensus. Before 0.44 no chain is
 * known to have upgraded in place to 0.47.
 */
export function consensusParamsToMove(repo: Repo, app: App, jump: Jump | undefined): boolean {
  return (
    jump !== undefined &&
    crosses(jump, '0.47') &&
    !generationIsBefore(jump.from, '0.44') &&
    !movesConsensusParams(repo, app.dir)
  );
}

/**
 * Whether the chain comes to its first migrations in place. SDK 0.39 leads nowhere but through a
 * new genesis.
 */
export function isFirstInPlace(jump: Jump): boolean {
  return jump.from === '0.42' && crosses(jump, '0.43');
}

/** What an app has to change at a jump besides its upgrade, and when that is still to be done. */
interface Duty {
  readonly isOpen: (state: JumpState) => boolean;
  readonly note: string;
}

/** What duties look at. */
interface JumpState {
  readonly repo: Repo;
  readonly app: App;
  readonly jump: Jump;
}

const duties: readonly Duty[] = [
  {
    isOpen: ({ app, jump }) => crosses(jump, '0.47') && !mounts(app, 'consensus'),
    note:
      'SDK 0.47 keeps the consensus parameters in x/consensus: mount its store ' +
      '(`chain-upgrade mount consensus`), and add it with this upgrade.',
  },
  {
    isOpen: ({ repo, app, jump }) =>
      crosses(jump, '0.47') && !mounts(app, 'crisis') && usesModule(repo, app, 'crisis'),
    note: 'SDK 0.47 gave x/crisis a store: mount it, and add it with this upgrade.',
  },
  {
    isOpen: ({ app, jump }) => crosses(jump, '0.50') && !app.preBlocker,
    note:
      'From SDK 0.50 on x/upgrade runs in the pre-blocker: ' +
      'call SetOrderPreBlockers and SetPreBlocker in the app.',
  },
  {
    isOpen: ({ app, jump }) => {
      const names = orderOf(app, 'PreBlockers');
      return crosses(jump, '0.53') && names !== undefined && !names.includes('auth');
    },
    note:
      'From SDK 0.53 on x/auth has a pre-blocker: put it into SetOrderPreBlockers, after ' +
      'x/upgrade.',
  },
  {
    isOpen: ({ app, jump }) => {
      const names = orderOf(app, 'EndBlockers');
      return crosses(jump, '0.54') && names !== undefined && names[0] !== 'bank';
    },
    note: 'From SDK 0.54 on x/bank has to be the first of SetOrderEndBlockers.',
  },
  {
    isOpen: ({ app, jump }) => crosses(jump, '0.55') && mounts(app, 'protocolpool'),
    note:
      'SDK 0.55 has no x/protocolpool any more: unmount its store, ' +
      'and delete it with this upgrade.',
  },
  {
    isOpen: ({ app, jump }) => crosses(jump, '0.55') && mounts(app, 'params'),
    note: 'SDK 0.55 has no x/params any more: unmount its store, and delete it with this upgrade.',
  },
  {
    isOpen: ({ app, jump }) => leavesCapabilities(app, jump) && mounts(app, 'capability'),
    note:
      'ibc-go v10 has no capabilities any more: unmount the capability store, ' +
      'and delete it with this upgrade.',
  },
];

/**
 * What is left to do in the app at a jump, one line each, as far as it is not seen to be done
 * (docs/background/sdk.md#stores-per-jump).
 */
export function jumpNotes(repo: Repo, app: App, jump: Jump): string[] {
  return duties.filter(duty => duty.isOpen({ repo, app, jump })).map(duty => duty.note);
}

/** Whether an app mounts the store of one of the SDK's modules. */
function mounts(app: App, module: string): boolean {
  return app.stores.some(
    store => store.name === module || storeId(store)?.endsWith(`/x/${module}/types.StoreKey`),
  );
}

/** The modules of an order such as SetOrderEndBlockers; undefined where it was not found. */
function orderOf(app: App, kind: string): (string | null)[] | undefined {
  return app.orders.find(order => order.kind.includes(kind))?.names.map(module => module.name);
}

function leavesCapabilities(app: App, { before }: Jump): boolean {
  const from = ibcMajor(before);
  const to = ibcMajor(app);
  return from !== undefined && from < 10 && to !== undefined && to >= 10;
}

/** The major version of ibc-go that an app mounts its stores with. */
function ibcMajor(app: App): number | undefined {
  const majors = app.stores.flatMap(
    store => /^github\.com\/cosmos\/ibc-go\/v(\d+)\//.exec(store.const ?? '')?.[1] ?? [],
  );
  return majors.length > 0 ? Number(majors[0]) : undefined;
}

function usesModule(repo: Repo, app: App, name: string): boolean {
  const files = repo.packages.get(app.dir)?.files ?? [];
  return files.some(path => repo.imports(path).some(i => i.endsWith(`/x/${name}/keeper`)));
}
