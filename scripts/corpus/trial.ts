import type { Analysis } from '../../core/chain/analysis.ts';
import { analyse } from '../../core/chain/analysis.ts';
import type { App } from '../../core/chain/chain.ts';
import type { Repo } from '../../core/go/repo/repo.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { inverse } from '../../core/plan/plan.ts';
import { planUpgrade } from '../../core/tasks/tasks.ts';
import { reasonOf } from '../../host/errors.ts';
import { gofmtFaults } from './gofmt.ts';
import type { Variant } from './variants.ts';
import { isInScope } from './variants.ts';

/** What became of one new upgrade. */
export interface Trial {
  readonly app: string;
  readonly registration: readonly string[];
  readonly variant: string;
  readonly inScope: boolean;
  readonly outcome: 'proved' | 'refused' | 'crashed';
  /** Why it was refused, or what it crashed with. */
  readonly reason?: string;
  /** The checks that failed. */
  readonly faults: readonly string[];
  readonly plan?: Plan;
  /** How long the plan took, in milliseconds. */
  readonly ms: number;
}

/** Where a new upgrade is tried. */
export interface Ground extends Analysis {
  readonly app: App;
}

/** Plans a new upgrade and checks what came of it. */
export function tryUpgrade(ground: Ground, { title, answers }: Variant): Trial {
  const { app } = ground;
  const inScope = isInScope(app);
  const base = { app: app.dir, registration: app.registration, variant: title, inScope };
  const start = performance.now();
  try {
    const plan = planUpgrade({ analysis: ground, app }, answers);
    const ms = performance.now() - start;
    const { refused } = plan;
    if (refused)
      return {
        ...base,
        outcome: 'refused',
        reason: refused.reason,
        faults: refusalFaults(plan, inScope),
        plan,
        ms,
      };
    return {
      ...base,
      outcome: 'proved',
      faults: planFaults(ground, plan, () => planAgain(ground, plan, { title, answers })),
      plan,
      ms,
    };
  } catch (error) {
    return {
      ...base,
      outcome: 'crashed',
      reason: reasonOf(error),
      faults: [],
      ms: performance.now() - start,
    };
  }
}

/**
 * What is wrong with a refusal: it has to give a reason, write nothing, and help where the style is
 * not supported at all.
 */
export function refusalFaults({ refused, creates, edits }: Plan, inScope: boolean): string[] {
  const faults: string[] = [];
  if (!refused?.reason.trim()) faults.push('refused without a reason');
  if (!inScope && !refused?.snippet?.trim()) faults.push('refused without a snippet to paste');
  if (creates.length + edits.length > 0) faults.push('refused, and yet something would be written');
  return faults;
}

/** What is wrong with a plan that is offered. `again` plans the same upgrade on the result. */
export function planFaults(
  { repo }: Pick<Ground, 'repo'>,
  plan: Plan,
  again: () => Plan,
): string[] {
  const faults = [
    ...plan.creates
      .filter(({ file }) => repo.texts.has(file))
      .map(({ file }) => `${file} exists already`),
  ];
  for (const { file, before } of plan.edits)
    if (repo.texts.get(file) !== before) faults.push(`${file} is not what the plan started from`);
  if (plan.creates.length + plan.edits.length === 0) faults.push('nothing would be written');
  if (!again().refused) faults.push('a second run would write it again');
  if (!takesBack(repo, plan)) faults.push('its inverse does not restore every byte');
  const written = [
    ...plan.creates.map(({ file, text }) => ({ file, after: text })),
    ...plan.edits.map(({ file, before, after }) => ({ file, before, after })),
  ];
  return [...faults, ...gofmtFaults(written.filter(({ file }) => file.endsWith('.go')))];
}

/** The repository once the plan is applied. */
export function applied(repo: Repo, plan: Plan): Repo {
  return repo.with([
    ...plan.creates.map(({ file, text }) => [file, text] as const),
    ...plan.edits.map(({ file, after }) => [file, after] as const),
  ]);
}

function planAgain({ repo, app }: Ground, plan: Plan, { answers }: Variant): Plan {
  const result = applied(repo, plan);
  const analysis = analyse(result);
  const same = analysis.chain.apps.find(({ dir }) => dir === app.dir);
  if (!same) throw new Error(`the app ${app.dir} is gone from the result`);
  return planUpgrade({ analysis, app: same }, answers);
}

/** Whether applying the plan and then its inverse leaves every text as it was. */
function takesBack(repo: Repo, plan: Plan): boolean {
  const { removes, edits } = inverse(plan);
  const result = applied(repo, plan);
  if (edits.some(({ file, before }) => result.texts.get(file) !== before)) return false;
  const back = result.with([
    ...removes.map(file => [file, undefined] as const),
    ...edits.map(({ file, after }) => [file, after] as const),
  ]);
  return (
    back.texts.size === repo.texts.size &&
    [...repo.texts].every(([file, text]) => back.texts.get(file) === text)
  );
}
