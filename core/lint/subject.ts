import type { Analysis } from '../chain/analysis.ts';
import { compareNames, isPrerelease } from '../chain/app/plan-names.ts';
import type { Baseline } from '../chain/baseline.ts';
import { speaksOf } from '../chain/baseline.ts';
import type { App, Upgrade } from '../chain/chain.ts';
import { sameApp } from '../chain/compare.ts';
import type { AppBase, AppContext, RuleContext } from './rule.ts';

/** Gathers what the rules look at. */
export function ruleContext(
  analysis: Analysis,
  base: Baseline | undefined,
  release?: string,
): RuleContext {
  const { repo, chain } = analysis;
  return {
    repo,
    chain,
    base,
    release,
    apps: chain.apps.map(app =>
      appContext(analysis, app, base && speaksOf(base, app, chain) ? base : undefined),
    ),
  };
}

function appContext(analysis: Analysis, app: App, base: Baseline | undefined): AppContext {
  const before = sameApp(base?.chain, app);
  const appBase: AppBase | undefined = base &&
    before && {
      ref: base.ref,
      app: before,
      repo: base.repo,
      merged: base.merged,
      between: base.between,
      far: isFar(before, app) && mayHaveStepsBetween(base, app),
    };
  return {
    repo: analysis.repo,
    app,
    wiring: analysis.wiringOf(app),
    base: appBase,
    pending: app.upgrades.filter(u => isPending(u, app, before, base?.merged !== false)),
  };
}

// What chains go through one by one: 0.42 led to 0.44 or 0.45, and every later generation to the
// next.
const steps: readonly (readonly string[])[] = [
  ['0.39'],
  ['0.42', '0.43', '0.44', '0.45'],
  ['0.46'],
  ['0.47'],
  ['0.50'],
  ['0.53'],
  ['0.54'],
  ['0.55'],
];

function isFar(before: App, now: App): boolean {
  const [from, to] = [before, now].map(({ sdk }) =>
    steps.findIndex(step => step.includes(sdk.generation ?? '')),
  );
  return from! >= 0 && (to! < 0 || to! - from! > 1);
}

/**
 * Whether upgrades may lie between a baseline and now. Not where no release does; a fork of the SDK
 * itself has no releases of a chain.
 */
function mayHaveStepsBetween({ between }: Baseline, { sdk }: App): boolean {
  return between === undefined || between.length > 0 || sdk.version === null;
}

/**
 * A name that is computed may always be a new one. What is older than a plan of the baseline is
 * history that was put back in, unless that plan was taken out: then numbering began anew. What a
 * baseline beside this line of commits has was not taken out here.
 */
function isPending(
  upgrade: Upgrade,
  app: App,
  before: App | undefined,
  isBuiltOnBase: boolean,
): boolean {
  if (!upgrade.registered && !upgrade.loader) return false;
  if (upgrade.name === null || !before) return true;
  const known = before.upgrades.filter(old => old.registered || old.loader);
  if (known.some(old => old.name === upgrade.name)) return false;
  return !known.some(
    old =>
      old.name !== null &&
      !isPrerelease(old.name) &&
      (compareNames(upgrade.name!, old.name) ?? 0) < 0 &&
      (!isBuiltOnBase || app.upgrades.some(({ name }) => name === old.name)),
  );
}
