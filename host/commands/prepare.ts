import type { Plan } from '../../core/plan/plan.ts';
import { refusedPlan } from '../../core/plan/plan.ts';
import type { Task } from '../../core/plan/task.ts';
import type { UpgradeContext } from '../../core/plan/upgrade/upgrade-questions.ts';
import { Refusal } from '../../core/refusal.ts';
import { makePlan } from '../../core/tasks/make-plan.ts';
import { packageInfo } from '../package-info.ts';
import type { Ask, OptionValues } from './answers.ts';
import { collectAnswers } from './answers.ts';
import { configOf } from './config.ts';
import { pickApp } from './pick-app.ts';
import { planMachine } from './plan-machine.ts';
import type { Log, Session } from './session.ts';
import { openSession } from './session.ts';

/** What the user said on the way in, through whichever front end. */
export interface Request {
  readonly dir: string;
  /** The folder that files are named from; the current one. */
  readonly from?: string | undefined;
  readonly app?: string | undefined;
  readonly base?: string | undefined;
  readonly given: OptionValues;
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
 * answers could fix comes back as a refused plan; a folder that is no repository is thrown.
 */
export async function prepare(task: Task, request: Request): Promise<Prepared> {
  const session = await openSession(request.dir, request.tell);
  return { root: session.root, plan: await planFor(task, session, request) };
}

/** The same for a repository that was read already. */
export async function planFor(
  task: Task,
  session: Session,
  request: Omit<Request, 'dir' | 'tell'>,
): Promise<Plan> {
  const { root, repo, chain, files, readBase } = session;
  try {
    const app = pickApp(chain, root, request.app);
    const release = await readBase(app, request.base ?? configOf(repo).base);
    const base = 'chain' in release ? release : undefined;
    const then = base && {
      base: base.chain,
      baseRepo: base.repo,
      baseRef: base.ref,
      baseDoubt: base.doubt,
    };
    const seen = { repo, chain, app, ...then };
    const answers = await collectAnswers(
      task.questions,
      request.given,
      given => ({ ...seen, answers: given }),
      request.ask,
    );
    const input = { analysis: session, app, base };
    const machine = planMachine(root, request.from ?? '.', packageInfo().version);
    return await makePlan(task, input, answers, { now: files, base: release, machine });
  } catch (error) {
    // What the user did, such as Ctrl-C at a question, is for the front end to report.
    if (error instanceof Refusal) return refusedPlan(error);
    throw error;
  }
}
