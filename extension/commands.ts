import { newMigration, newUpgrade } from '../core/tasks/tasks.ts';
import { showUnderstood } from './inspect/inspect-chain.ts';
import { lintWorkspace } from './lint/lint-command.ts';
import { rehearseUpgrade } from './rehearse/rehearse-command.ts';
import type { Tools } from './services.ts';
import { writeByPlan } from './upgrade/write-by-plan.ts';

/** Every command of the manifest and what it runs. */
export const commandTable: Readonly<Record<string, (tools: Tools) => Promise<void>>> = {
  'chainUpgrade.bumpModule': tools => writeByPlan(tools, newMigration),
  'chainUpgrade.lint': lintWorkspace,
  'chainUpgrade.newUpgrade': tools => writeByPlan(tools, newUpgrade),
  'chainUpgrade.rehearse': rehearseUpgrade,
  'chainUpgrade.showUnderstood': showUnderstood,
};
