import type { Analysis } from '../chain/analysis.ts';
import type { App, StoreName, Upgrade } from '../chain/chain.ts';
import { kvStores, sameStoreId, storeId } from '../chain/compare.ts';
import type { AppliedPlan, Lock, ScheduledPlan } from '../lock/lock.ts';
import { appModules } from './module-versions.ts';

/** Lock, code and node of one network side by side: what `status --format json` prints. */
export interface NetworkStatus {
  readonly chainId: string;
  readonly rows: readonly StatusRow[];
}

/**
 * One thing that at least two of them speak of; null where one does not say. A difference that a
 * pending upgrade will make is agreement; `agree` is null where it cannot be told.
 */
export interface StatusRow {
  /** `plan v2`, `module bank`, `store ledger`. */
  readonly what: string;
  readonly lock: string | null;
  readonly code: string | null;
  readonly node: string | null;
  readonly agree: boolean | null;
}

/** What a node says. */
export interface NodeSide {
  readonly modules: Readonly<Record<string, number>>;
  readonly applied: readonly AppliedPlan[];
  readonly scheduled: ScheduledPlan | undefined;
}

/** What is laid side by side. */
export interface StatusInput {
  readonly chainId: string;
  readonly analysis: Analysis;
  readonly app: App;
  /** The upgrades of the code that the network has not run. */
  readonly pending: readonly Upgrade[];
  readonly lock: Lock | undefined;
  readonly node: NodeSide | undefined;
}

/** Lays lock, code and node side by side. */
export function networkStatus(input: StatusInput): NetworkStatus {
  const rows = [...planRows(input), ...moduleRows(input), ...storeRows(input)];
  const isShared = ({ lock, code, node }: StatusRow) =>
    [lock, code, node].filter(side => side !== null).length > 1;
  return { chainId: input.chainId, rows: rows.filter(isShared) };
}

/** Whether a lock, the code or a node have moved away from each other. */
export function hasDrift({ rows }: NetworkStatus): boolean {
  return rows.some(({ agree }) => agree === false);
}

function planRows({ app, lock, node }: StatusInput): StatusRow[] {
  const registered = new Set(
    app.upgrades.filter(upgrade => upgrade.registered).flatMap(upgrade => upgrade.name ?? []),
  );
  const computed = app.upgrades.some(upgrade => upgrade.registered && upgrade.name === null);
  const scheduled = node?.scheduled;
  const names = new Set([
    ...(lock?.upgrades ?? []).map(({ name }) => name),
    ...registered,
    ...(node?.applied ?? []).map(({ name }) => name),
    ...(scheduled ? [scheduled.name] : []),
  ]);
  const newest = newestOf([...(lock?.upgrades ?? []), ...(node?.applied ?? [])]);
  return [...names].map(name => {
    const locked = lock?.upgrades.find(plan => plan.name === name);
    const ran = node?.applied.find(plan => plan.name === name);
    const due = scheduled?.name === name ? scheduled : undefined;
    const isNeeded = due !== undefined || name === newest;
    const code = codeWords(registered.has(name), computed);
    return {
      what: `plan ${name}`,
      lock: lock ? appliedWords(locked) : null,
      code,
      node: node ? nodeWords(ran, due) : null,
      agree: samePlan(lock, locked, node, ran) && (!isNeeded || hasHandler(code)),
    };
  });
}

function nodeWords(ran: AppliedPlan | undefined, due: ScheduledPlan | undefined): string {
  return due ? `scheduled at ${due.height}` : appliedWords(ran);
}

/** Whether the code has a handler that is needed; null where names of handlers are computed. */
function hasHandler(code: string | null): boolean | null {
  return code === null ? null : code === 'registered';
}

function codeWords(isRegistered: boolean, computed: boolean): string | null {
  if (isRegistered) return 'registered';
  return computed ? null : 'not registered';
}

/** The plan that was applied last: a binary without its handler does not start. */
function newestOf(plans: readonly AppliedPlan[]): string | undefined {
  const known = plans.filter(({ height }) => height !== null);
  return known.sort((a, b) => b.height! - a.height!)[0]?.name;
}

function appliedWords(plan: AppliedPlan | undefined): string {
  if (!plan) return 'not applied';
  return plan.height === null ? 'applied' : `applied at ${plan.height}`;
}

function samePlan(
  lock: Lock | undefined,
  locked: AppliedPlan | undefined,
  node: NodeSide | undefined,
  ran: AppliedPlan | undefined,
): boolean {
  if (!lock || !node) return true;
  if (!locked || !ran) return locked === ran;
  return locked.height === null || locked.height === ran.height;
}

function moduleRows({ analysis, app, pending, lock, node }: StatusInput): StatusRow[] {
  const { modules } = appModules({ repo: analysis.repo, chain: analysis.chain, app });
  const versions = new Map(modules.map(({ name, version }) => [name, version]));
  const names = new Set([
    ...Object.keys(lock?.modules ?? {}),
    ...Object.keys(node?.modules ?? {}),
    ...versions.keys(),
  ]);
  return [...names].sort().map(name => {
    const [locked, running] = [lock?.modules[name], node?.modules[name]];
    const version = versions.get(name) ?? undefined;
    const network = running ?? locked;
    return {
      what: `module ${name}`,
      lock: wordsOf(locked),
      code: wordsOf(version),
      node: wordsOf(running),
      agree:
        (locked === undefined || running === undefined || locked === running) &&
        (network === undefined || version === undefined || follows(network, version, pending)),
    };
  });
}

function wordsOf(version: number | undefined): string | null {
  return version === undefined ? null : String(version);
}

/** Whether the code has the network's version, or a higher one with an upgrade that goes there. */
function follows(network: number, version: number, pending: readonly Upgrade[]): boolean {
  return version === network || (version > network && pending.length > 0);
}

/** The stores of lock and code; a node does not serve their names. */
function storeRows({ app, pending, lock }: StatusInput): StatusRow[] {
  if (!lock) return [];
  const mounted = kvStores(app);
  const sure = mounted.filter(store => !store.conditional).flatMap(store => storeId(store) ?? []);
  const all = app.stores.filter(({ kind }) => kind === 'kv').flatMap(store => storeId(store) ?? []);
  const places = new Map<string, StoreSides>();
  const idIn = (id: string) => [...places.keys()].find(other => sameStoreId(other, id)) ?? id;
  const put = (side: keyof StoreSides, ids: readonly (string | null)[], is: Mounted) => {
    for (const id of ids)
      if (id !== null) places.set(idIn(id), { ...places.get(idIn(id)), [side]: is });
  };
  put('lock', lock.uncertainStores, 'not certain');
  put('lock', lock.stores, 'mounted');
  put('code', all, 'not certain');
  put('code', sure, 'mounted');
  const hidden = {
    lock: lock.stores.includes(null) || lock.uncertainStores.includes(null),
    code: app.stores.some(store => store.kind === 'kv' && storeId(store) === undefined),
  };
  return [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, sides]) => ({
      what: `store ${id}`,
      lock: sides.lock ?? (hidden.lock ? null : 'not there'),
      code: sides.code ?? (hidden.code ? null : 'not there'),
      node: null,
      agree: storesAgree(id, sides, pending),
    }));
}

type Mounted = 'mounted' | 'not certain';

interface StoreSides {
  readonly lock?: Mounted;
  readonly code?: Mounted;
}

/** Whether a store is on both sides, or an upgrade that is pending makes the difference. */
function storesAgree(
  id: string,
  { lock, code }: StoreSides,
  pending: readonly Upgrade[],
): boolean | null {
  if (lock === 'not certain' || code === 'not certain') return null;
  if (lock && code) return true;
  // What is no longer mounted leaves with the upgrade, whether it is deleted or not.
  if (lock) return pending.length > 0;
  const isNamed = (store: StoreName) => sameStoreId(storeId(store), id);
  const adds = pending.some(({ stores }) =>
    [...(stores?.added ?? []), ...(stores?.renamed ?? []).map(({ to }) => to)].some(isNamed),
  );
  if (adds) return true;
  return pending.some(({ storesUnread }) => storesUnread !== undefined) ? null : false;
}
