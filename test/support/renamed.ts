import assert from 'node:assert/strict';
import type { Baseline } from '../../core/chain/baseline.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { planRename } from '../../core/tasks/tasks.ts';
import type { Opened } from './plans.ts';
import { applied, inputOf, openChain, planIn } from './plans.ts';

/** The chain of test/chains/list with the upgrade v5, and other files where asked. */
export async function withV5(more: Readonly<Record<string, string>> = {}): Promise<Opened> {
  return upgraded(await openChain('list', { texts: more }), 'v5');
}

/** The chain with one more upgrade. */
export function upgraded(opened: Opened, name: string): Opened {
  const plan = planIn(opened, { name, added: ['escrow'].filter(mounted(opened)) });
  assert.equal(plan.refused?.reason, undefined);
  return applied(opened, plan);
}

function mounted({ app }: Opened) {
  return (store: string) => app.stores.some(({ name }) => name === store);
}

/** The plan that renames an upgrade, compared with what networks run. */
export function rename(
  opened: Opened,
  name: string,
  to: string,
  bases: readonly Baseline[] = [],
): Plan {
  return planRename({ ...inputOf(opened), bases }, { name, to });
}

/** The same, which has to be offered, and the chain afterwards. */
export function offeredRename(
  opened: Opened,
  name: string,
  to: string,
): { plan: Plan; after: Opened } {
  const plan = rename(opened, name, to);
  assert.equal(plan.refused?.reason, undefined);
  return { plan, after: applied(opened, plan) };
}

/** Asserts that a plan is refused for a reason, and writes nothing. */
export function refused(plan: Plan, reason: RegExp): void {
  assert.match(plan.refused?.reason ?? 'it is offered', reason);
  assert.deepEqual([plan.creates, plan.edits, plan.moves], [[], [], undefined]);
}

/** The texts of a chain in the order of their paths. */
export function texts({ repo }: Opened): Record<string, string> {
  return Object.fromEntries([...repo.texts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
