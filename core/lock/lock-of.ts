import type { App, Chain, Store } from '../chain/chain.ts';
import { storeId } from '../chain/compare.ts';
import { folder } from '../inspect/inspect.ts';
import type { Lock } from './lock.ts';

/** What a running node says of itself. */
export interface NodeState {
  /** Where it was asked. */
  readonly address: string;
  readonly chainId: string;
  readonly modules: Readonly<Record<string, number>>;
  /** The plans of the code that were applied there. */
  readonly upgrades: readonly { readonly name: string; readonly height: number }[];
}

/** The plan names that a network which runs an app may have applied. */
export function planNames(app: App): string[] {
  return [...new Set(app.upgrades.filter(u => u.registered && u.name !== null).map(u => u.name!))];
}

/**
 * The lock of a network that runs an app as of `ref`; what the node says wins over what the code
 * says.
 */
export function lockOf(
  chain: Chain,
  app: App,
  ref: string,
  network: { chainId: string; date: string; node?: NodeState | undefined },
): Lock {
  const { chainId, date, node } = network;
  const kv = app.stores.filter(store => store.kind === 'kv');
  return {
    chainId,
    date,
    source: node ? `${node.address}, stores of ${ref}` : ref,
    app: folder(app.dir),
    sdk: { version: app.sdk.version, generation: app.sdk.generation },
    stores: idsOf(kv.filter(isSure)),
    uncertainStores: idsOf(kv.filter(store => !isSure(store))),
    modules: node?.modules ?? versionsOf(chain),
    upgrades: node?.upgrades ?? planNames(app).map(name => ({ name, height: null })),
  };
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
