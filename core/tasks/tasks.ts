import { planMigration } from '../plan/migration/migration.ts';
import { readOldType } from '../plan/migration/old-message/read.ts';
import { migrationQuestions } from '../plan/migration/questions.ts';
import type { OfferedTask } from '../plan/task.ts';
import { planUpgrade } from '../plan/upgrade/upgrade.ts';
import { upgradeQuestions } from '../plan/upgrade/upgrade-questions.ts';

/** A new upgrade. */
export const newUpgrade: OfferedTask = {
  title: 'New Upgrade',
  argument: 'name',
  questions: upgradeQuestions,
  plan: planUpgrade,
};

/** A module's next version and its migration. */
export const newMigration: OfferedTask = {
  title: 'Bump Module Version',
  argument: 'module',
  questions: migrationQuestions,
  plan: planMigration,
  read: readOldType,
};
