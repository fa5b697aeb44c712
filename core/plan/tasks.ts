import { planMigration } from './migration/migration.ts';
import { readOldType } from './migration/frozen/read.ts';
import { migrationQuestions } from './migration/questions.ts';
import type { OfferedTask } from './task.ts';
import { planUpgrade } from './upgrade.ts';
import { upgradeQuestions } from './upgrade-questions.ts';

/** A new upgrade. */
export const newUpgrade: OfferedTask = { title: 'New Upgrade', argument: 'name', questions: upgradeQuestions, plan: planUpgrade };

/** A module's next version and its migration. */
export const newMigration: OfferedTask = { title: 'Bump Module Version', argument: 'module', questions: migrationQuestions, plan: planMigration, read: readOldType };
