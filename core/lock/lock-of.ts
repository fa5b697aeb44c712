import type { App, Chain, Store } from '../chain/chain.ts';
import { storeId } from '../chain/compare.ts';
import { folder } from '../inspect/inspect.ts';
import type { AppliedPlan, Lock } from './lock.ts';

/** What a running node, or a registry, says of a network. */
export interface NetworkState {
  /** Where that was read. */
  readonly source: string;
  /** The names of its stores, where it was its state that was read. */
  readonly stores?: readonly string[] | undefined;
  /** The consensus versions of its modules; a registry does not know them. */
  readonly modules?: Readonly<Record<string, number>> | undefined;
  /** The plans that were applied there. */
  readonly upgrades: readonly AppliedPlan[];
}

/** The plan names that a network which runs an app may have applied. */
export function planNames(app: App): string[] {
  return [...new Set(app.upgrades.filter(u => u.registered && u.name !== null).map(u => u.name!))];
}

/**
 * The lock of a network that runs an app as of `ref`; what is said of the network wins over what the
 * code says.
 */
export function lockOf(
  chain: Chain,
  app: App,
  ref: string,
  network: { chainId: string; date: string; state?: NetworkState | undefined },
): Lock {
  const { chainId, date, state } = network;
  const kv = app.stores.filter(store => store.kind === 'kv');
  return {
    chainId,
    date,
    source: sourceOf(ref, state),
    app: folder(app.dir),
    sdk: { version: app.sdk.version, generation: app.sdk.generation },
    stores: state?.stores ?? idsOf(kv.filter(isSure)),
    uncertainStores: state?.stores ? [] : idsOf(kv.filter(store => !isSure(store))),
    modules: state?.modules ?? versionsOf(chain),
    upgrades: state?.upgrades ?? planNames(app).map(name => ({ name, height: null })),
  };
}

function sourceOf(ref: string, state: NetworkState | undefined): string {
  if (!state) return ref;
  return state.stores ? `${state.source}, code of ${ref}` : `${state.source}, stores of ${ref}`;
}

function isSure(store: Store): boolean {
  return !store.assumed && !store.conditional;
}

function idsOf(stores: readonly Store[]): (string | null)[] {
  return [...new Set(stores.map(store => storeId(store) ?? null))];
}

/** Names that two modules share tell nothing. */
function versionsOf({ modules }: Chain): Record<string, number> {
  const alone = modules.filter(
    m => m.consensusVersion !== null && modules.every(o => o === m || o.name !== m.name),
  );
  return Object.fromEntries(alone.map(m => [m.name, m.consensusVersion!]));
}
