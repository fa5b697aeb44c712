import { sameApp } from '../chain/compare.ts';
import type { Draft } from './draft.ts';
import type { PlanInput } from './plan-input.ts';

/** The input as the draft has it. */
export function inputNow(input: PlanInput, draft: Draft): PlanInput {
  const analysis = draft.now;
  const app = sameApp(analysis.chain, input.app);
  if (!app) throw new Error(`the app in ${input.app.dir} is no longer found`);
  return { ...input, analysis, app };
}
