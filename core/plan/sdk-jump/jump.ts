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

/**
 * What a jump asks of the app beside its upgrade, one line each, as far as it is not seen to be
 * done (docs/background/sdk.md#stores-per-jump).
 */
export function jumpNotes(repo: Repo, app: App, jump: Jump): string[] {
  const mounted = (name: string, inApp = app) =>
    inApp.stores.some(s => s.name === name || storeId(s)?.endsWith(`/x/${name}/types.StoreKey`));
  const order = (kind: RegExp) => app.orders.find(o => kind.test(o.kind));
  const says: (string | false)[] = [
    crosses(jump, '0.47') &&
      !mounted('consensus') &&
      'SDK 0.47 keeps the consensus parameters in x/consensus: mount its store, and add it with this upgrade.',
    crosses(jump, '0.47') &&
      mounted('crisis', app) === false &&
      usesModule(repo, app, 'crisis') &&
      'SDK 0.47 gave x/crisis a store: mount it, and add it with this upgrade.',
    crosses(jump, '0.50') &&
      !app.preBlocker &&
      'From SDK 0.50 on x/upgrade runs in the pre-blocker: call SetOrderPreBlockers and SetPreBlocker in the app.',
    crosses(jump, '0.53') &&
      order(/PreBlockers/) !== undefined &&
      !order(/PreBlockers/)!.names.some(n => n.name === 'auth') &&
      'From SDK 0.53 on x/auth has a pre-blocker: put it into SetOrderPreBlockers, behind x/upgrade.',
    crosses(jump, '0.54') &&
      order(/EndBlockers/) !== undefined &&
      order(/EndBlockers/)!.names[0]?.name !== 'bank' &&
      'From SDK 0.54 on x/bank is to be the first of SetOrderEndBlockers.',
    crosses(jump, '0.55') &&
      mounted('protocolpool') &&
      'SDK 0.55 has no x/protocolpool any more: unmount its store, and delete it with this upgrade.',
    crosses(jump, '0.55') &&
      mounted('params') &&
      'SDK 0.55 has no x/params any more: unmount its store, and delete it with this upgrade.',
    ibcMajor(jump.before) !== undefined &&
      ibcMajor(jump.before)! < 10 &&
      (ibcMajor(app) ?? 0) >= 10 &&
      mounted('capability') &&
      'ibc-go v10 has no capabilities any more: unmount the capability store, and delete it with this upgrade.',
  ];
  return says.filter(s => s !== false);
}

/** The major version of ibc-go that an app mounts its stores with. */
function ibcMajor(app: App): number | undefined {
  const majors = app.stores.flatMap(
    s => /^github\.com\/cosmos\/ibc-go\/v(\d+)\//.exec(s.const ?? '')?.[1] ?? [],
  );
  return majors.length > 0 ? Number(majors[0]) : undefined;
}

function usesModule(repo: Repo, app: App, name: string): boolean {
  return (repo.packages.get(app.dir)?.files ?? []).some(path =>
    repo.imports(path).some(i => i.endsWith(`/x/${name}/keeper`)),
  );
}
