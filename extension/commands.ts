import { newMigration, newUpgrade } from '../core/plan/tasks.ts';
import { lintWorkspace } from './lint/lint-command.ts';
import { rehearseUpgrade } from './rehearse/rehearse-command.ts';
import type { Tools } from './tools.ts';
import { showUnderstood } from './understood/show-understood.ts';
import { writeByPlan } from './upgrade/write-by-plan.ts';

/** Every command of the manifest and what it runs. */
export const commandTable: Readonly<Record<string, (tools: Tools) => Promise<void>>> = {
  'chainUpgrade.bumpModule': tools => writeByPlan(tools, newMigration),
  'chainUpgrade.lint': lintWorkspace,
  'chainUpgrade.newUpgrade': tools => writeByPlan(tools, newUpgrade),
  'chainUpgrade.rehearse': rehearseUpgrade,
  'chainUpgrade.showUnderstood': showUnderstood,
};
