import type { Plan } from '../../core/plan/plan.ts';
import { refuse } from '../../core/plan/plan.ts';
import type { Task } from '../../core/plan/task.ts';
import type { UpgradeContext } from '../../core/plan/upgrade/upgrade-questions.ts';
import { Refusal } from '../../core/refusal.ts';
import { makePlan } from '../../core/tasks/make-plan.ts';
import type { Ask, Given } from './answers.ts';
import { collectAnswers } from './answers.ts';
import { configOf } from './config.ts';
import { pickApp } from './pick-app.ts';
import type { Log, Session } from './session.ts';
import { openSession } from './session.ts';

/** What the user said on the way in, through whichever door. */
export interface Request {
  readonly dir: string;
  readonly app?: string | undefined;
  readonly base?: string | undefined;
  readonly given: Given;
  /** Absent where nobody can or shall be asked: defaults are taken. */
  readonly ask?: Ask<UpgradeContext> | undefined;
  readonly tell: Log;
}

/** A plan and the root its paths are relative to. */
export interface Prepared {
  readonly root: string;
  readonly plan: Plan;
}

/**
 * Reads the repository, asks what is open and makes the plan; writes nothing. What other options or
 * answers could mend comes back as a refused plan; a folder that is no repository is thrown.
 */
export async function prepare(task: Task, request: Request): Promise<Prepared> {
  const session = await openSession(request.dir, request.tell);
  return { root: session.root, plan: await planFor(task, session, request) };
}

async function planFor(
  task: Task,
  { root, repo, chain, files, readBase }: Session,
  request: Request,
): Promise<Plan> {
  try {
    const app = pickApp(chain, root, request.app);
    const base = await readBase(app, request.base ?? configOf(repo).base);
    const seen = {
      repo,
      chain,
      app,
      ...('chain' in base && { base: base.chain, baseRepo: base.repo }),
    };
    const answers = await collectAnswers(
      task.questions,
      request.given,
      answers => ({ ...seen, answers }),
      request.ask,
    );
    return await makePlan(task, seen, answers, { now: files, base });
  } catch (error) {
    if (error instanceof Refusal) return refuse(error.message);
    throw error;
  }
}
