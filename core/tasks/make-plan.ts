import { baseNotes } from '../plan/base.ts';
import type { Plan } from '../plan/plan.ts';
import { refuse } from '../plan/plan.ts';
import type { Answers } from '../plan/question.ts';
import type { Sources, Task } from '../plan/task.ts';
import type { UpgradeInput } from '../plan/upgrade/upgrade-input.ts';
import { Refusal } from '../refusal.ts';

/**
 * Makes a task's plan, with what it has to read for these answers; its notes say with what it was
 * compared.
 */
export async function makePlan(
  task: Task,
  input: UpgradeInput,
  answers: Answers,
  sources: Sources,
): Promise<Plan> {
  try {
    const plan = task.plan({ ...input, ...(await task.read?.(input, answers, sources)) }, answers);
    return plan.refused ? plan : { ...plan, notes: [...baseNotes(sources.base), ...plan.notes] };
  } catch (error) {
    if (error instanceof Refusal) return { ...refuse(''), refused: error.info };
    throw error;
  }
}
