import { lintWorkspace } from './lint/lint-command.ts';
import type { Tools } from './tools.ts';
import { showUnderstood } from './understood/show-understood.ts';
import { newUpgrade } from './upgrade/new-upgrade.ts';

/** Every command of the manifest and what it runs. */
export const commandTable: Readonly<Record<string, (tools: Tools) => Promise<void>>> = {
  'chainUpgrade.lint': lintWorkspace,
  'chainUpgrade.newUpgrade': newUpgrade,
  'chainUpgrade.showUnderstood': showUnderstood,
};
