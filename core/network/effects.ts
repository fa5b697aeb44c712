import type { Analysis } from '../chain/analysis.ts';
import { onlyApp } from '../chain/analysis.ts';
import type { Baseline } from '../chain/baseline.ts';
import type { App, StoreUpgrades, Upgrade } from '../chain/chain.ts';
import { sameApp } from '../chain/compare.ts';
import { memoize } from '../go/repo/memoize.ts';
import { placeText } from '../go/source/location.ts';
import type { InspectedUpgrade } from '../inspect/inspect.ts';
import { inspectStores } from '../inspect/inspect.ts';
import { ruleContext } from '../lint/subject.ts';
import type { AccountEffect } from './code-effects.ts';
import { codeEffects } from './code-effects.ts';
import { handlerEffects } from './handler-effects.ts';
import type { ModuleEffect, NetworkModule, NetworkModules } from './module-effects.ts';
import { moduleEffects } from './module-effects.ts';
import type { AppCode } from './module-versions.ts';
import { appModules } from './module-versions.ts';

/** What an upgrade would do to a network: the shape that `plan --format json` prints. */
export interface UpgradeEffects {
  /** The plan's name; null where none is pending, or it is computed. */
  readonly plan: string | null;
  readonly stores: InspectedUpgrade['stores'];
  /** In the order in which they are migrated. */
  readonly modules: readonly ModuleEffect[];
  readonly accounts: readonly AccountEffect[];
  readonly params: readonly string[];
  readonly notes: readonly string[];
}

/** What the effects of an upgrade are read from. */
export interface EffectsInput {
  readonly analysis: Analysis;
  readonly app: App;
  readonly upgrade: Upgrade;
  /** What the network runs: a release, or a lock. */
  readonly base: Baseline;
  /** The code that it runs, where that was read. */
  readonly code: AppCode | undefined;
}

/** The upgrades of an app that a network has not run. */
export function pendingUpgrades(analysis: Analysis, app: App, base: Baseline): readonly Upgrade[] {
  return ruleContext(onlyApp(analysis, app.dir), base).apps[0]?.pending ?? [];
}

/** No upgrade is pending. */
export function nothingPending(notes: readonly string[]): UpgradeEffects {
  const stores = inspectStores(undefined);
  return { plan: null, stores, modules: [], accounts: [], params: [], notes };
}

/** What an upgrade would do to a network, as far as the code tells. */
export function upgradeEffects({
  analysis,
  app,
  upgrade,
  base,
  code,
}: EffectsInput): UpgradeEffects {
  const { repo, chain } = analysis;
  const now: AppCode = { repo, chain, app };
  const { handler, modules } = handledModules({ analysis, app, upgrade, base, code });
  const differences = code ? codeEffects(now, code) : { accounts: [], params: [], notes: [noCode] };
  return {
    plan: upgrade.name,
    stores: inspectStores(upgrade.stores),
    modules: modules.modules,
    accounts: differences.accounts,
    params: differences.params,
    notes: [
      ...nameNotes(upgrade),
      ...storeNotes(app, upgrade.stores, upgrade),
      ...handler.notes,
      ...modules.notes,
      ...differences.notes,
    ],
  };
}

/** The module versions that an upgrade takes a network through, without all else that it does. */
export function migratedModules(input: EffectsInput): readonly ModuleEffect[] {
  return handledModules(input).modules.modules;
}

function handledModules({ analysis, app, upgrade, base, code }: EffectsInput) {
  const { repo, chain } = analysis;
  const now: AppCode = { repo, chain, app };
  const handler = upgrade.registered
    ? handlerEffects(repo, app, analysis.wiringOf(app), upgrade)
    : notRegistered;
  const modules = moduleEffects(appModules(now), networkModules(now, base, code), handler);
  return { handler, modules };
}

const noCode =
  'unknown: module accounts and parameters; the code that the network runs was not read';

const notRegistered = {
  runs: 'unknown',
  starts: new Map<string, never>(),
  notes: ['no handler is registered for it: the node stops at its height'],
} as const;

function nameNotes({ name, location, buildTags }: Upgrade): string[] {
  return [
    ...(name === null ? ['unknown: the name of the plan; it is computed'] : []),
    `registered at ${placeText(location)}; what its handler does besides is not listed`,
    ...(buildTags.length > 0 ? [`only in builds with ${buildTags.join(', ')}`] : []),
  ];
}

function storeNotes(
  { loadersUnread }: App,
  stores: StoreUpgrades | undefined,
  { storesUnread }: Upgrade,
): string[] {
  const unread = [...(storesUnread ? [storesUnread] : []), ...loadersUnread];
  const places = unread.map(
    ({ location, why }) => `unknown: stores of ${placeText(location)}; ${why}`,
  );
  const entries = [
    ...(stores?.added ?? []),
    ...(stores?.deleted ?? []),
    ...(stores?.renamed ?? []).flatMap(({ from, to }) => [from, to]),
  ];
  const computed = entries.some(entry => entry.name === null && entry.const === undefined);
  return [...places, ...(computed ? ['unknown: a store of it, whose name is computed'] : [])];
}

/**
 * The module versions of a network: those of its lock, and of the code where the lock does not have
 * them. A lock that names modules of other repositories was written from a node, and has all.
 */
function networkModules(now: AppCode, base: Baseline, code: AppCode | undefined): NetworkModules {
  const fromCode = code && appModules(code);
  const inCode = new Map<string, NetworkModule>(fromCode?.modules.map(one => [one.name, one]));
  const unnamed = fromCode?.unnamed ?? [];
  const complete = fromCode?.complete ?? 'no';
  if (base.repo) return { byName: inCode, unnamed, complete };
  const locked = base.chain.modules.map(({ name, consensusVersion: version }) => {
    return [name, { version, builtWith: inCode.get(name)?.builtWith }] as const;
  });
  const own = [now, code].flatMap(one => one?.chain.modules ?? []).map(({ name }) => name);
  return locked.some(([name]) => !own.includes(name))
    ? { byName: new Map(locked), unnamed: [], complete: 'all' }
    : { byName: new Map([...inCode, ...locked]), unnamed, complete };
}

/** The app in the code that a network runs. */
export function appCodeOf(base: Baseline | undefined, app: App): AppCode | undefined {
  const before = sameApp(base?.chain, app);
  if (!before || !base?.repo) return undefined;
  const { repo, chain } = base;
  // One and the same object: what is found of a release is found once.
  return memoize(before, 'code', () => ({ repo, chain, app: before }));
}
