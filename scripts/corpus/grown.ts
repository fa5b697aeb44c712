import type { Analysis } from '../../core/chain/analysis.ts';
import { analyse } from '../../core/chain/analysis.ts';
import type { Baseline } from '../../core/chain/baseline.ts';
import type { App } from '../../core/chain/chain.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { generationIsBefore } from '../../core/sdk/generations.ts';
import { planOf } from '../../core/tasks/make-plan.ts';
import { newEra, newGuard, planUpgrade } from '../../core/tasks/tasks.ts';
import { applied } from './trial.ts';

/** A chain that was given the version guard or eras, as a release has it, and its next version. */
export interface Grown extends Analysis {
  readonly app: App;
  /** The release. */
  readonly base: Baseline & { readonly repo: Repo };
  /** The files of the chain that were edited for it, as they were before. */
  readonly before: ReadonlyMap<string, string>;
}

/** The plan that the next version of a grown chain brings, where it brings one. */
export const nextPlan = 'v999';

/**
 * A chain with the version guard, whose next version brings an upgrade; undefined where one of the
 * two is refused.
 */
export function guarded(analysis: Analysis, app: App): Grown | undefined {
  const plan = isRecent(app)
    ? planOf(newGuard, { analysis, app }, { software: 'v1.0.0' })
    : undefined;
  const release = plan && releaseOf(analysis, app, plan);
  return release && withUpgrade(release);
}

/** A chain with two eras and a switch, and a next version that is the same. */
export function withEras(analysis: Analysis, app: App): Grown | undefined {
  const answers = { name: 'pythagoras', first: 'thales', since: 'v999.0.0', switch: 'fee' };
  const plan = isRecent(app) ? planOf(newEra, { analysis, app }, answers) : undefined;
  return plan && releaseOf(analysis, app, plan);
}

/** The same with a pending upgrade; undefined where it is refused. */
export function withUpgrade(grown: Grown): Grown | undefined {
  return next(
    grown,
    planUpgrade({ analysis: grown, app: grown.app, base: grown.base }, { name: nextPlan }),
  );
}

/** The same with one more era; undefined where it is refused. */
export function withNextEra(grown: Grown): Grown | undefined {
  const input = { analysis: grown, app: grown.app, base: grown.base };
  return next(grown, planOf(newEra, input, { name: 'lagrange', since: 'v999.1.0' }));
}

function isRecent({ sdk: { generation } }: App): boolean {
  return generation !== null && !generationIsBefore(generation, '0.47');
}

function releaseOf({ repo }: Analysis, { dir }: App, plan: Plan): Grown | undefined {
  if (plan.refused) return undefined;
  const analysis = analyse(applied(repo, plan));
  const app = analysis.chain.apps.find(one => one.dir === dir);
  const before = new Map(plan.edits.map(edit => [edit.file, edit.before]));
  const base = { ref: 'base', merged: true, repo: analysis.repo, chain: analysis.chain };
  return app && { ...analysis, app, base, before };
}

function next({ repo, app, base, before }: Grown, plan: Plan): Grown | undefined {
  if (plan.refused) return undefined;
  const analysis = analyse(applied(repo, plan));
  const same = analysis.chain.apps.find(({ dir }) => dir === app.dir);
  return same && { ...analysis, app: same, base, before };
}
