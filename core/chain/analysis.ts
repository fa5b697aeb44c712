import type { Repo } from '../go/repo/repo.ts';
import { locationOf } from '../go/source/location.ts';
import { recognise } from '../wiring/recognise.ts';
import type { AppSource, StyleCode, Wiring } from '../wiring/style.ts';
import { findApps } from './app/apps.ts';
import { readInitChainer, readPreBlocker } from './app/hooks.ts';
import { readKeepers } from './app/keepers.ts';
import { readStores } from './app/stores.ts';
import { readLoadersUnread, readUpgrades } from './app/upgrades.ts';
import type { App, Chain, Unknown } from './chain.ts';
import { readMounted } from './modules/manager.ts';
import { readModules } from './modules/modules.ts';
import { readOrders } from './modules/orders.ts';
import { readSdk } from './sdk/sdk.ts';

/** What was read of a repository, once: the chain as plain data, and what it was read from. */
export interface Analysis {
  readonly repo: Repo;
  readonly chain: Chain;
  /** How an app is wired, with the syntax it was read from: for steps of plans and for rules. */
  wiringOf(app: Pick<App, 'dir' | 'type'>): Wiring;
}

/** Reads a repository. Pure: the same repository gives the same chain. */
export function analyse(repo: Repo): Analysis {
  const unknown: Unknown[] = [];
  const note = (found: Unknown) => void unknown.push(found);
  const wirings = new Map<string, Wiring>();
  const wiringOf = ({ dir, type }: Pick<App, 'dir' | 'type'>): Wiring => {
    const key = `${dir} ${type}`;
    let wiring = wirings.get(key);
    if (!wiring) {
      wiring = recognise({ repo, dir, type });
      wirings.set(key, wiring);
    }
    return wiring;
  };
  const apps = findApps(repo).map(source => readApp(source, wiringOf(source), note));
  const chain = { apps, modules: readModules(repo, note), unknown };
  return { repo, chain, wiringOf };
}

/** What a repository is, where nothing else is asked of it. */
export function readChain(repo: Repo): Chain {
  return analyse(repo).chain;
}

/** An analysis that leaves out all apps but one; modules belong to all. */
export function onlyApp(analysis: Analysis, dir: string): Analysis {
  const { chain } = analysis;
  return { ...analysis, chain: { ...chain, apps: chain.apps.filter(app => app.dir === dir) } };
}

function readApp(source: AppSource, wiring: Wiring, note: (unknown: Unknown) => void): App {
  const { repo, dir } = source;
  for (const { expr, why } of wiring.unknown) {
    note({ location: locationOf(expr.facts, expr.node), why });
  }
  const storesUnread: Unknown[] = [];
  const stores = readStores(repo, dir, found => storesUnread.push(found));
  for (const found of storesUnread) note(found);
  const preBlocker = readPreBlocker(repo, dir);
  const initChainer = readInitChainer(repo, dir);
  return {
    dir,
    type: source.type,
    sdk: readSdk(repo, dir),
    registration: codesOf('R', wiring.registrations, wiring),
    storeStyle: codesOf('S', wiring.loadings, wiring),
    upgrades: readUpgrades(wiring),
    stores,
    storesUnread,
    loadersUnread: readLoadersUnread(wiring),
    orders: readOrders(repo, dir, note),
    keepers: readKeepers(repo, dir, source.type),
    mounted: readMounted(repo, source, note),
    ...(preBlocker ? { preBlocker } : {}),
    ...(initChainer ? { initChainer } : {}),
  };
}

/** The codes of what was found, and those of styles that leave nothing behind. */
function codesOf(
  letter: 'R' | 'S',
  found: readonly { readonly code: StyleCode }[],
  { codes }: Wiring,
): StyleCode[] {
  const all = [...found.map(({ code }) => code), ...codes.filter(code => code.startsWith(letter))];
  return [...new Set(all)];
}
