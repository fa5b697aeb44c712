import type { FileSource } from '../files.ts';
import { eraSteps } from '../plan/era/era.ts';
import { eraQuestions } from '../plan/era/questions.ts';
import { guardSteps } from '../plan/guard/guard.ts';
import { guardQuestions } from '../plan/guard/questions.ts';
import { migrationSteps } from '../plan/migration/migration.ts';
import { readOldType } from '../plan/migration/old-message/read.ts';
import { migrationQuestions } from '../plan/migration/questions.ts';
import { mountSteps } from '../plan/mount/mount.ts';
import { mountQuestions } from '../plan/mount/questions.ts';
import { manifestSteps, readManifestSources } from '../plan/operators/manifest.ts';
import { manifestQuestions } from '../plan/operators/manifest-questions.ts';
import { operatorSteps, readOperatorSources } from '../plan/operators/operators.ts';
import { operatorQuestions } from '../plan/operators/operators-questions.ts';
import { proposalSteps } from '../plan/operators/proposal.ts';
import { proposalQuestions } from '../plan/operators/proposal-questions.ts';
import { readProposalSources } from '../plan/operators/read-proposal.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlanInput } from '../plan/plan-input.ts';
import type { Answers } from '../plan/question.ts';
import { readMovedFiles, renameSteps } from '../plan/rename/rename.ts';
import type { OfferedTask, Task } from '../plan/task.ts';
import { upgradeSteps } from '../plan/upgrade/upgrade.ts';
import { upgradeQuestions } from '../plan/upgrade/upgrade-questions.ts';
import { planOf } from './make-plan.ts';

/** A new upgrade. */
export const newUpgrade: OfferedTask = {
  title: 'New Upgrade',
  argument: 'name',
  questions: upgradeQuestions,
  steps: upgradeSteps,
};

/** A module's next version and its migration. */
export const newMigration: OfferedTask = {
  title: 'New Migration',
  argument: 'module',
  questions: migrationQuestions,
  steps: migrationSteps,
  read: readOldType,
};

/** The binaries of an upgrade, with their checksums. */
export const newManifest: OfferedTask = {
  title: 'Prepare Manifest',
  argument: 'name',
  questions: manifestQuestions,
  steps: manifestSteps,
  read: readManifestSources,
};

/** What operators need of an upgrade, of a release that breaks nothing, or of a move. */
export const newOperatorFiles: OfferedTask = {
  title: 'Prepare Operator Files',
  argument: 'name',
  questions: operatorQuestions,
  steps: operatorSteps,
  read: readOperatorSources,
};

/** A proposal of an upgrade, or to cancel one. */
export const newProposal: OfferedTask = {
  title: 'Prepare Proposal',
  argument: 'name',
  questions: proposalQuestions,
  steps: proposalSteps,
  read: readProposalSources,
};

/** A module, mounted on an app. */
export const mountTask: OfferedTask = {
  title: 'Mount a Module',
  argument: 'module',
  questions: mountQuestions,
  steps: mountSteps,
};

/** The version guard. */
export const newGuard: OfferedTask = {
  title: 'Add Version Guard',
  questions: guardQuestions,
  steps: guardSteps,
};

/** An era, with the framework of eras where there is none yet. */
export const newEra: OfferedTask = {
  title: 'New Era',
  argument: 'name',
  questions: eraQuestions,
  steps: eraSteps,
};

/** Another name for a plan; its answers are `name` and `to`. Editors ask for them. */
const renamePlan: Task = { questions: [], steps: renameSteps };

/**
 * Plans a new upgrade. Answers are those of `upgradeQuestions`. Bad answers give a refused plan,
 * never an exception; what is offered was judged.
 */
export function planUpgrade(input: PlanInput, answers: Answers): Plan {
  return planOf(newUpgrade, input, answers);
}

/** Plans a module's migration, likewise. Answers are those of `migrationQuestions`. */
export function planMigration(input: PlanInput, answers: Answers): Plan {
  return planOf(newMigration, input, answers);
}

/** Plans the mounting of a module, likewise. Answers are those of `mountQuestions`. */
export function planMount(input: PlanInput, answers: Answers): Plan {
  return planOf(mountTask, input, answers);
}

/** Plans another name for a plan, likewise. Answers are `name`, as it is called, and `to`. */
export function planRename(input: PlanInput, answers: Answers): Plan {
  return planOf(renamePlan, input, answers);
}

/** The same with what has to be read first of the folders that move. */
export async function planRenameIn(
  input: PlanInput,
  answers: Answers,
  files: FileSource,
): Promise<Plan> {
  const read = await readMovedFiles(input, answers, files);
  return planRename({ ...input, ...read }, answers);
}
