import type { Plan } from '../core/plan/plan.ts';
import type { Prepared } from '../host/commands/prepare.ts';

/** The JSON of a plan. */
export interface PlanJson extends Omit<Plan, 'moves'> {
  readonly root: string;
}

/** A plan as commands that write print it; `refused` is left out where it is absent. */
export function planJson({ root, plan }: Prepared): PlanJson {
  const { creates, edits, notes, refused, proposal } = plan;
  return {
    root,
    creates,
    edits,
    notes,
    ...(refused && { refused }),
    ...(proposal && { proposal }),
  };
}

/** A value as standard output holds it. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
