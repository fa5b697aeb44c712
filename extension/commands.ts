import { mountTask, newGuard, newMigration, newUpgrade } from '../core/tasks/tasks.ts';
import { inspectChain } from './inspect/inspect-chain.ts';
import { lintWorkspace } from './lint/lint-command.ts';
import { rehearseUpgrade } from './rehearse/rehearse-command.ts';
import type { Tools } from './services.ts';
import { prepareOperators } from './upgrade/prepare-operators.ts';
import { writeByPlan } from './upgrade/write-by-plan.ts';

/** Every command of the manifest and what it runs. */
export const commandTable: Readonly<Record<string, (tools: Tools) => Promise<void>>> = {
  'chainUpgrade.addGuard': tools => writeByPlan(tools, newGuard),
  'chainUpgrade.inspect': inspectChain,
  'chainUpgrade.lint': lintWorkspace,
  'chainUpgrade.mountModule': tools => writeByPlan(tools, mountTask),
  'chainUpgrade.newMigration': tools => writeByPlan(tools, newMigration),
  'chainUpgrade.newUpgrade': tools => writeByPlan(tools, newUpgrade),
  'chainUpgrade.prepareOperators': prepareOperators,
  'chainUpgrade.rehearse': rehearseUpgrade,
};

/** Earlier ids of commands, by which key bindings may still call them; not in the palette. */
export const commandAliases: Readonly<Record<string, string>> = {
  'chainUpgrade.bumpModule': 'chainUpgrade.newMigration',
  'chainUpgrade.showUnderstood': 'chainUpgrade.inspect',
};
