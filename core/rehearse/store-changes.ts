import type { Module, Store, StoreUpgrades } from '../chain/chain.ts';
import { modules as knownModules } from '../sdk/modules.ts';
import type { ComparedModule, StoreChange } from './result.ts';
import type { StateComparison, StoreDifference } from './state-facts.ts';

/** What happened around the upgrade block. */
export interface AroundUpgrade {
  /** The state before the upgrade block against the one after it. */
  readonly upgrade: StateComparison;
  /**
   * The same of blocks that upgrade nothing, the last of the old version and the first of the new:
   * what changes in them, block execution changes by itself.
   */
  readonly blocks: readonly StateComparison[];
  readonly modules: readonly ComparedModule[];
  /** The stores that the plan adds, deletes and renames; undefined where they are not known. */
  readonly planned: StoreUpgrades | undefined;
  /** Store names by module, as far as the chain's own code says them. */
  readonly storesOf: ReadonlyMap<string, readonly string[]>;
}

/** The store in which the upgrade module itself writes. */
const upgradeStore = 'upgrade';

/**
 * The stores that changed in the upgrade block, and those whose migration changed nothing, by name.
 * A change that nothing explains was made by the handler itself, or by code that nobody thought of.
 */
export function storeChanges(around: AroundUpgrade): StoreChange[] {
  const { upgrade, blocks, modules, planned } = around;
  const inEveryBlock = new Set(blocks.flatMap(({ stores }) => stores.map(({ store }) => store)));
  const inPlan = new Set(planned ? namesIn(planned) : []);
  const migrated = new Set(
    modules.filter(moved).flatMap(({ name }) => storesOfModule(name, around.storesOf)),
  );
  const differences = new Map(upgrade.stores.map(found => [found.store, found]));
  for (const store of migrated)
    if (!differences.has(store) && mayStay(store, upgrade))
      differences.set(store, unchanged(store));
  return [...differences.values()]
    .sort((a, b) => (a.store < b.store ? -1 : 1))
    .map(({ store, added, changed, deleted, bytes }) => ({
      store,
      added,
      changed,
      deleted,
      bytes,
      explained:
        store === upgradeStore ||
        migrated.has(store) ||
        inPlan.has(store) ||
        inEveryBlock.has(store),
      migrated: migrated.has(store),
    }));
}

/** Stores whose module was migrated, and in which no key changed. */
export function idleMigrations(changes: readonly StoreChange[]): string[] {
  return changes
    .filter(({ migrated, added, changed, deleted }) => migrated && added + changed + deleted === 0)
    .map(({ store }) => store);
}

/**
 * The stores that the app mounts by constants of its own modules: a module's store need not bear its
 * name.
 */
export function storesOfModules(
  modules: readonly Pick<Module, 'name' | 'dir'>[],
  stores: readonly Pick<Store, 'name' | 'const' | 'kind'>[],
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { name: store, const: constant, kind } of stores) {
    if (store === null || constant === undefined || kind !== 'kv') continue;
    const owner = modules.find(({ dir }) => dir !== '' && constant.includes(`/${dir}/`));
    if (owner) found.set(owner.name, [...(found.get(owner.name) ?? []), store]);
  }
  return found;
}

/** Whether something of the module ran: migrations, or the genesis of one that is new. */
function moved({ from, to, migrated }: ComparedModule): boolean {
  return migrated || (to !== null && (from === null || to > from));
}

/**
 * The stores of a module: what the chain's code says, else what the SDK and its kin name them, else
 * the module's own name.
 */
function storesOfModule(
  module: string,
  known: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const here = known.get(module);
  if (here && here.length > 0) return here;
  const elsewhere = knownModules.filter(
    row => row.moduleName === module && row.kind === 'kv' && row.value !== null,
  );
  const names = [...new Set(elsewhere.map(row => row.value!))];
  return names.length > 0 ? names : [module];
}

function namesIn({ added, deleted, renamed }: StoreUpgrades): string[] {
  return [...added, ...deleted, ...renamed.flatMap(({ from, to }) => [from, to])].flatMap(
    ({ name }) => (name === null ? [] : [name]),
  );
}

/** Whether the state after the upgrade has the store: a name that was guessed may be none. */
function mayStay(store: string, { names }: StateComparison): boolean {
  return names.includes(store);
}

function unchanged(store: string): StoreDifference {
  return {
    store,
    before: true,
    after: true,
    added: 0,
    changed: 0,
    deleted: 0,
    bytes: 0,
    first: [],
  };
}
