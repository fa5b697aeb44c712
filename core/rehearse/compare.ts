import type { App, Chain, Upgrade } from '../chain/chain.ts';
import { storesBrought, storesTaken } from '../chain/store-changes.ts';
import { movedModules } from './log.ts';
import type { AppHashes, Compared, ComparedModule, ComparedStore, Cost } from './result.ts';
import { notCompared } from './result.ts';

/** What the chain's state said before and after. */
export interface Seen {
  readonly plan: { readonly name: string; readonly height: number; readonly applied: number };
  readonly before: ReadonlyMap<string, number>;
  readonly after: ReadonlyMap<string, number>;
  readonly stores: ReadonlyMap<string, boolean>;
  /** The new binary's log. */
  readonly log: string;
}

/** Lays what was seen beside what the source says. */
export function compare(
  chain: Chain,
  app: App,
  upgrade: Upgrade | undefined,
  seen: Seen,
): Compared {
  return {
    ...notCompared,
    plan: seen.plan,
    modules: compareModules(chain, seen),
    stores: [...expectedStores(app, upgrade)].map(
      ([name, expected]): ComparedStore => ({
        name,
        expected,
        found: seen.stores.get(name) ?? false,
      }),
    ),
  };
}

/**
 * The stores the new version should serve, and those it should not: what the app mounts for sure,
 * and what the upgrade deletes or renames. In-memory and transient stores cannot be asked for.
 */
export function expectedStores(
  app: App,
  upgrade: Upgrade | undefined,
): ReadonlyMap<string, boolean> {
  const expected = new Map<string, boolean>();
  for (const { name } of storesTaken(upgrade?.stores)) if (name !== null) expected.set(name, false);
  for (const { name } of storesBrought(upgrade?.stores))
    if (name !== null) expected.set(name, true);
  for (const store of app.stores)
    if (store.kind === 'kv' && store.name !== null && !store.assumed && !store.conditional)
      expected.set(store.name, true);
  return expected;
}

/**
 * What does not agree, one sentence each; the first is what matters most. A version that was
 * lowered is none: nothing is migrated then, nothing fails, and a chain does so on purpose where
 * another module takes over the name.
 */
export function disagreements({ plan, modules, stores }: Compared): string[] {
  const found: string[] = [];
  if (plan && plan.applied !== plan.height)
    found.push(
      plan.applied === 0
        ? `the chain went on and plan ${plan.name} was not applied`
        : `plan ${plan.name} was applied at height ${plan.applied} instead of ${plan.height}`,
    );
  for (const { name, to, source } of modules) {
    if (source !== null && to !== source)
      found.push(
        `module ${name} is at version ${to ?? 'none'} on the chain, ` +
          `and ConsensusVersion in the source says ${source}`,
      );
  }
  for (const { name, expected, found: there } of stores) {
    if (expected && !there)
      found.push(`store ${name} should be there and the node does not serve it`);
    if (!expected && there) found.push(`store ${name} should be gone and the node serves it`);
  }
  return found;
}

/** What is said where the old version did not stop at the plan's height; its node says nothing. */
export function heightPassedMessage(height: number): string {
  return `the old version went on past the height ${height} of the plan`;
}

/** What is said where two runs of the upgrade block do not agree. */
export function forkWords({ first, second, differs }: AppHashes): string {
  const places = differs
    .slice(0, 3)
    .map(({ store, key }) => (key === null ? `store ${store}` : `store ${store}, key ${key}`));
  const more = differs.length > places.length ? ` and ${differs.length - places.length} more` : '';
  return (
    'the upgrade block gives another app hash each time it is made ' +
    `(${first.slice(0, 8)}…, ${second.slice(0, 8)}…), and would fork the network` +
    (places.length > 0 ? `: ${places.join('; ')}${more}` : '')
  );
}

/** What is said where the upgrade block took longer than `limit` milliseconds. */
export function slowWords({ finalizeMs, commitMs }: Cost, limit: number): string {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  return (
    `the upgrade block took ${seconds(finalizeMs + commitMs)} ` +
    `(${seconds(commitMs)} of it the commit), more than ${seconds(limit)}`
  );
}

function compareModules(chain: Chain, { before, after, log }: Seen): ComparedModule[] {
  const moved = movedModules(log).map(({ module }) => module);
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const order = [...new Set(moved)].filter(name => names.includes(name));
  return [...order, ...names.filter(name => !order.includes(name))].map(name => ({
    name,
    from: before.get(name) ?? null,
    to: after.get(name) ?? null,
    source: versionInSource(chain, name),
    migrated: order.includes(name),
  }));
}

/** Null where no module here has that name, or several do and differ. */
function versionInSource(chain: Chain, name: string): number | null {
  const versions = new Set(
    chain.modules
      .filter(module => module.name === name && module.managed !== false)
      .map(module => module.consensusVersion),
  );
  return versions.size === 1 ? [...versions][0]! : null;
}
