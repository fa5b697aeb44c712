import { mountTask, newEra, newGuard, newMigration, newUpgrade } from '../core/tasks/tasks.ts';
import type { CommandId } from './command-ids.ts';
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

/** What every command of the manifest runs. */
export const commandTable: Readonly<Record<CommandId, Command>> = {
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
