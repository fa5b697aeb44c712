import { memoize } from '../go/repo/memoize.ts';
import type { Repo } from '../go/repo/repo.ts';
import { locationOf } from '../go/source/location.ts';
import { recognise } from '../wiring/recognise.ts';
import type { AppSource, StyleCode, Wiring } from '../wiring/style.ts';
import { findApps } from './app/apps.ts';
import { readInitChainer, readPreBlocker } from './app/hooks.ts';
import { readStores } from './app/stores.ts';
import { readUpgrades } from './app/upgrades.ts';
import type { App, Chain, Unknown } from './chain.ts';
import { readModules } from './modules/modules.ts';
import { readOrders } from './modules/orders.ts';
import { readSdk } from './sdk/sdk.ts';

/** Understands a repository. Pure: the same repository gives the same chain. */
export function readChain(repo: Repo): Chain {
  const unknown: Unknown[] = [];
  const note = (u: Unknown) => void unknown.push(u);
  const apps = findApps(repo).map(source => readApp(source, note));
  return { apps, modules: readModules(repo, note), unknown };
}

/**
 * How an app is wired, for plans and rules: the chain holds only what it means. Remembered for each
 * repository value.
 */
export function readWiring(repo: Repo, app: Pick<App, 'dir' | 'type'>): Wiring {
  return memoize(repo, `wiring of ${app.dir} ${app.type}`, () =>
    recognise({ repo, dir: app.dir, type: app.type }),
  );
}

function readApp(source: AppSource, note: (unknown: Unknown) => void): App {
  const { repo, dir } = source;
  const wiring = readWiring(repo, source);
  for (const { expr, why } of wiring.unknown)
    note({ location: locationOf(expr.facts, expr.node), why });
  const preBlocker = readPreBlocker(repo, dir);
  const initChainer = readInitChainer(repo, dir);
  return {
    dir,
    type: source.type,
    sdk: readSdk(repo, dir),
    registration: distinct([
      ...wiring.registrations.map(r => r.code),
      ...wiring.codes.filter(c => c.startsWith('R')),
    ]),
    storeStyle: distinct([
      ...wiring.loadings.map(l => l.code),
      ...wiring.codes.filter(c => c.startsWith('S')),
    ]),
    upgrades: readUpgrades(wiring),
    stores: readStores(repo, dir, note),
    orders: readOrders(repo, dir, note),
    ...(preBlocker ? { preBlocker } : {}),
    ...(initChainer ? { initChainer } : {}),
  };
}

function distinct(codes: StyleCode[]): StyleCode[] {
  return [...new Set(codes)];
}
