import { baselineNotes } from '../chain/baseline.ts';
import { brokenAt } from '../go/source/broken.ts';
import { locationOf } from '../go/source/location.ts';
import { judge } from '../judge/judge.ts';
import { knownErrorNotes } from '../judge/known-errors.ts';
import { lintVerdict } from '../judge/new-errors.ts';
import { Draft } from '../plan/draft.ts';
import type { Plan } from '../plan/plan.ts';
import { refuse, refusedPlan } from '../plan/plan.ts';
import type { PlanInput } from '../plan/plan-input.ts';
import type { Answers } from '../plan/question.ts';
import type { DeclaredChange, Sources, Task } from '../plan/task.ts';
import { Refusal } from '../refusal.ts';

/**
 * Makes a task's plan, with what it has to read for these answers. Never throws: what cannot be
 * done is a refused plan. The notes say with what it was compared.
 */
export async function makePlan(
  task: Task,
  input: PlanInput,
  answers: Answers,
  sources: Sources,
): Promise<Plan> {
  let read: Partial<PlanInput> | undefined;
  try {
    read = await task.read?.(input, answers, sources);
  } catch (error) {
    return refusedPlan(error);
  }
  const plan = planOf(task, { ...input, ...read }, answers);
  if (plan.refused) return plan;
  return { ...plan, notes: [...baselineNotes(sources.base), ...plan.notes] };
}

/** The same for a task that has nothing more to read. */
export function planOf(task: Task, input: PlanInput, answers: Answers): Plan {
  try {
    const draft = new Draft(input.analysis);
    const steps = task.steps(input, answers);
    const declared = steps.flatMap(step => step.apply(draft));
    refuseUnfit(draft);
    const fault = judge(draft, declared);
    if (fault !== undefined) {
      throw new Refusal(
        `this chain's code could not be extended with certainty: ${fault}; ` +
          'please make this change by hand and report this',
      );
    }
    const { refusal, leftToDo, known } = lintVerdict(
      draft.before,
      draft.now,
      input.base,
      expectedErrors(declared),
      declared.filter(change => change.kind === 'rename'),
    );
    if (refusal) return refuse(refusal.reason, refusal);
    const plan = draft.toPlan();
    const old = knownErrorNotes(known, draft.before.chain, declared);
    return { ...plan, notes: [...old, ...leftToDo, ...plan.notes] };
  } catch (error) {
    return refusedPlan(error);
  }
}

/** A file that is generated would lose the change; in one that does not parse, nothing is sure. */
function refuseUnfit(draft: Draft): void {
  const { edits, moves = [] } = draft.toPlan();
  const changed = moves.filter(({ before, after }) => before !== after).map(({ from }) => from);
  for (const file of [...edits.map(edit => edit.file), ...changed]) {
    const facts = file.endsWith('.go') ? draft.before.repo.facts(file) : undefined;
    if (!facts) continue;
    if (facts.generated) {
      throw new Refusal(`${file} is generated ("DO NOT EDIT"); change what generates it`, { file });
    }
    const start = brokenAt(facts);
    if (start === undefined) continue;
    const { line } = locationOf(facts, { start, end: start });
    throw new Refusal(`${file}:${line}: syntax error; fix it and run again`, { file, line });
  }
}

/** The rules that report what a declared change leaves to an upgrade that is still to be written. */
function expectedErrors(declared: readonly DeclaredChange[]): string[] {
  const isMount = declared.some(({ kind }) => kind === 'mount');
  const hasUpgrade = declared.some(({ kind }) => kind === 'upgrade');
  return isMount && !hasUpgrade ? ['store-not-added', 'removed-store-not-deleted'] : [];
}
