import { mountTask, newEra, newGuard, newMigration, newUpgrade } from '../core/tasks/tasks.ts';
import type { CommandTarget } from './command-target.ts';
import { inspectChain } from './inspect/inspect-chain.ts';
import { showFirstFinding } from './lint/first-finding.ts';
import { lintWorkspace } from './lint/lint-command.ts';
import { rehearseUpgrade } from './rehearse/rehearse-command.ts';
import type { Tools } from './services.ts';
import { prepareOperators } from './upgrade/prepare-operators.ts';
import { writeByPlan } from './upgrade/write-by-plan.ts';
import { openExample } from './walkthrough/open-example.ts';

/** What a command does; with a target it does not ask what that says. */
type Command = (tools: Tools, target?: CommandTarget) => Promise<void>;

/** Every command of the manifest and what it runs. */
export const commandTable: Readonly<Record<string, Command>> = {
  'chainUpgrade.addGuard': (tools, target) => writeByPlan(tools, newGuard, target),
  'chainUpgrade.getStarted': ({ walkthrough }) => walkthrough.open(),
  'chainUpgrade.inspect': inspectChain,
  'chainUpgrade.lint': lintWorkspace,
  'chainUpgrade.mountModule': (tools, target) => writeByPlan(tools, mountTask, target),
  'chainUpgrade.newEra': (tools, target) => writeByPlan(tools, newEra, target),
  'chainUpgrade.newMigration': (tools, target) => writeByPlan(tools, newMigration, target),
  'chainUpgrade.newUpgrade': (tools, target) => writeByPlan(tools, newUpgrade, target),
  'chainUpgrade.openExample': async tools => {
    await openExample(tools);
  },
  'chainUpgrade.prepareOperators': prepareOperators,
  'chainUpgrade.rehearse': rehearseUpgrade,
  'chainUpgrade.showFirstFinding': showFirstFinding,
};

/** Earlier ids of commands, by which key bindings may still call them; not in the palette. */
export const commandAliases: Readonly<Record<string, string>> = {
  'chainUpgrade.bumpModule': 'chainUpgrade.newMigration',
  'chainUpgrade.showUnderstood': 'chainUpgrade.inspect',
};
